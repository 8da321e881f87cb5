"""The roles (岗位) of the case types: who stands where, and to which column of a case they are bound.

What does not live here: accounts and what they hold (identity), and the permission of a single step (its row).
"""

from __future__ import annotations

from dataclasses import replace

from cases.grammar import Actor, Role

REPORTER = Role("reporter", "报告人", "Reporter", binds="reporter")
OPERATOR = Role("operator", "工作站受理岗", "Workstation operator", binds="station")
STATION_HEAD = Role("station_head", "工作站站长", "Head of the workstation", binds="station")
DEPT_OFFICER = Role("dept_officer", "部门承办人", "Department officer", binds="assignee")
DEPT_HEAD = Role("dept_head", "部门负责人", "Head of the department", binds="assignee")
SUPERVISOR = Role("supervisor", "督办岗", "Supervisor")
ISSUERS = (
    Role("supervisor", "签发单位督办岗", "Supervisor of the issuer", binds="station"),
    STATION_HEAD,
)
"""Who acts for the organisation that issued an order."""

UNIT = (
    DEPT_OFFICER,
    DEPT_HEAD,
    Role("operator", "被督办工作站受理岗", "Operator of the supervised workstation", binds="assignee"),
    Role("station_head", "被督办工作站站长", "Head of the supervised workstation", binds="assignee"),
)
"""Who acts for the supervised unit, be it a department or a workstation."""

MEDIATOR = Role("mediator", "调解员", "Mediator", binds="station")
COMMITTEE_HEAD = Role("committee_head", "调解委员会主任", "Head of the committee", binds="station")
PARTY = Role("party", "当事人", "Party", binds="reporter")
SUIT_DESK = (OPERATOR, STATION_HEAD)
"""Who receives and screens suits, at a property association or whoever else carries the duty."""

COURT_CLERK = Role("court_clerk", "法院承办人", "Court clerk", binds="assignee")
ARCHIVIST = Role("archivist", "档案员", "Archivist", binds="station")

ROUTER = Role("router", "系统派遣", "Router", inside=True)
COURIER = Role("courier", "系统送达", "Courier", inside=True)
TIMEKEEPER = Role("timekeeper", "系统计时", "Timekeeper", inside=True)
REGISTRAR = Role("registrar", "系统登记", "Registrar", inside=True)
CARRIED = Role("carried", "随动", "Carried along", inside=True)

ROLES = {
    role.code: role
    for role in (
        REPORTER,
        OPERATOR,
        STATION_HEAD,
        DEPT_OFFICER,
        DEPT_HEAD,
        SUPERVISOR,
        MEDIATOR,
        COMMITTEE_HEAD,
        PARTY,
        COURT_CLERK,
        ARCHIVIST,
        ROUTER,
        COURIER,
        TIMEKEEPER,
        REGISTRAR,
        CARRIED,
    )
}

JUSTICE = "justice"
"""司法行政监督: the judicial bureau, which sees how cases go (oversight) and opens no file."""

DESK_ROLES = frozenset({"auditor", "admin", JUSTICE})
"""Roles an account may hold that no step of a case type asks for yet."""


def by_hand_of(actor: Actor, role: Role) -> Actor:
    """Somebody whose own deed beside a case is written into it by the system: the history names them."""
    return replace(actor, roles=actor.roles | {role.code})


def inside(role: Role) -> Actor:
    """The system acting in one of its own roles."""
    return Actor(id=f"system:{role.code}", name=role.label, org=None, roles=frozenset({role.code}))
