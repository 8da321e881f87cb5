"""Who mediates (选定、披露、更换调解员): proposing, disclosing, appointing, and replacing on a party's objection.

An objection is not judged, it replaces (reference 4c). What does not live here: ranking (rules), rows (store), the
steps of the case (machines).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cases.desk.mediation.forms import AppointmentForm, DisclosureForm, Objection
from cases.desk.mediation.sittings import Row, Sitting
from cases.errors import Conflict, NotNow, StillNeeded
from cases.ports import BEIJING
from cases.rules.booking import Span, of_mediator
from cases.rules.mediators import Candidate, Dispute, Points, Proposal, conflict_of, exclusion_of, propose
from cases.store import appointments, meetings, registers
from cases.store.parties import digests_of
from cases.store.registers import split

CONFLICT = "这位调解员不能调解这起纠纷:"


def dispute_of(sitting: Sitting) -> Dispute:
    """The case as a proposal sees it."""
    piece, parties = sitting.piece, sitting.parties()
    orgs = {one[name] for one in parties if one["kind"] == "org" for name in ("org", "name") if one[name]}
    places: set[str] = set()
    code: str | None = piece.street or piece.station
    while code and code not in places:
        places.add(code)
        organisation = sitting.pack.organisation(code)
        code = organisation.parent if organisation else None
    return Dispute(
        matter=piece.matter or "",
        committee=piece.station or "",
        on=sitting.now.astimezone(BEIJING).date(),
        places=frozenset(places),
        languages=frozenset(one["language"] for one in parties if one["language"]),
        persons=digests_of(parties),
        orgs=frozenset(orgs),
    )


def proposal_for(sitting: Sitting, points: Points, *, wide: bool) -> Proposal:
    """Who could mediate, ranked, with every reason; ``wide`` also asks committees that help others."""
    sitting.at_home()
    homes = registers.committees(sitting.connection)
    own = sitting.piece.station or ""
    asked = [org for org, row in homes.items() if org == own or (wide and row["helps"])]
    return propose(dispute_of(sitting), candidates(sitting, registers.mediators(sitting.connection, asked)), points)


def candidates(sitting: Sitting, rows: Sequence[Row]) -> list[Candidate]:
    """Mediators of the register with all that speaks for and against them in this case."""
    connection, now = sitting.connection, sitting.now
    ids = [row["id"] for row in rows]
    homes, loads = registers.committees(connection), appointments.loads(connection, now)
    ties, away = registers.ties_of(connection, ids), registers.absences(connection, ids, Span(now, now))
    hands = _hands(sitting)
    replaced = {
        one["mediator_id"] for one in appointments.appointments_of(connection, sitting.piece.id) if one["ended_at"]
    }
    found: list[Candidate] = []
    for row in rows:
        load = loads.get(row["id"], appointments.Load())
        involved = "此前参与过这起纠纷的执法处理" if row["account_id"] in hands else ""
        found.append(
            Candidate(
                id=row["id"],
                name=row["name"],
                committee=row["committee"],
                expertise=split(row["expertise"]),
                languages=frozenset(split(row["languages"])),
                areas=frozenset(split(row["areas"])),
                cap=homes[row["committee"]]["open_cap"],
                active_from=row["active_from"],
                active_to=row["active_to"],
                full_time=row["full_time"],
                open_cases=load.open_cases,
                open_weight=load.open_weight,
                year_cases=load.year_cases,
                ties=ties.get(row["id"], {}).get("org", {}),
                persons=ties.get(row["id"], {}).get("person", {}),
                away_until=f"请假{away[row['id']][-1].said}" if row["id"] in away else "",
                involved="此前已在本案中更换" if row["id"] in replaced else involved,
            )
        )
    return found


def _hands(sitting: Sitting) -> frozenset[str]:
    """Who had a hand in the enforcement of the report this mediation came from."""
    parent = sitting.piece.parent_id
    return appointments.hands_in(sitting.connection, [parent]) - {""} if parent else frozenset()


def disclose(sitting: Sitting, form: DisclosureForm) -> str:
    """Write a mediator's disclosure down, also one that rules them out, and answer its id."""
    sitting.at_work()
    registers.mediator(sitting.connection, form.mediator_id)
    said = (form.tied, form.statement)
    return appointments.disclose(sitting.connection, sitting.piece.id, form.mediator_id, said, sitting.now)


def appoint(sitting: Sitting, form: AppointmentForm) -> Row:
    """Appoint a mediator. StillNeeded without a disclosure; NotNow for one who is tied, away, full or not in service;
    Conflict when there is one already, or when the new one is taken at a planned meeting of the case."""
    sitting.at_work()
    sitting = sitting.held()
    row = registers.mediator(sitting.connection, form.mediator_id)
    registers.lock_mediators(sitting.connection, [row["id"]])
    disclosed = [
        one
        for one in appointments.disclosures_of(sitting.connection, sitting.piece.id)
        if one["mediator_id"] == row["id"]
    ]
    if not disclosed:
        raise StillNeeded(("还需:调解员的披露声明",))
    if disclosed[-1]["tied"]:
        raise NotNow(f"{CONFLICT}已声明与当事人或纠纷有利害关系")
    (candidate,) = candidates(sitting, [row])
    why = exclusion_of(candidate, dispute_of(sitting))
    if why:
        raise NotNow(f"{CONFLICT}{why}")
    made = appointments.add_appointment(
        sitting.connection,
        {
            "case_id": sitting.piece.id,
            "mediator_id": row["id"],
            "disclosure_id": disclosed[-1]["id"],
            "chosen_by": form.chosen_by,
            "appointed_by": sitting.actor.id,
            "appointed_at": sitting.now,
        },
    )
    _take_over(sitting, row)
    return made


def _take_over(sitting: Sitting, row: Row) -> None:
    """A new mediator takes the planned meetings of the case over, if they are free and not away then."""
    connection, case_id = sitting.connection, sitting.piece.id
    for planned in meetings.meetings_of(connection, case_id):
        if planned["status"] != meetings.PLANNED:
            continue
        span = Span(planned["starts"], planned["ends"])
        if row["id"] in registers.absences(connection, [row["id"]], span):
            raise Conflict(f"{row['name']}{span.said}请假,请先改期或另选调解员")
        meetings.take(connection, planned["id"], {of_mediator(row["id"]): row["name"]}, span)
        meetings.invite_again(connection, planned["id"], row["id"], sitting.now)


def object_to(sitting: Sitting, form: Objection) -> Row:
    """A party wants another mediator: the present one is released at once. NotNow when there is none."""
    sitting.at_work()
    sitting.party(form.party_id)
    why = {"ended_because": "objection", "objected_by": form.party_id, "ended_note": form.reason}
    return _end(sitting, why)


def hand_on(sitting: Sitting, because: str, note: str = "") -> Row:
    """The mediator withdraws (``withdrawn``) or the case goes to another committee (``handed_on``)."""
    sitting.at_work()
    return _end(sitting, {"ended_because": because, "ended_note": note})


def _end(sitting: Sitting, why: dict[str, Any]) -> Row:
    current = appointments.current_appointment(sitting.connection, sitting.piece.id)
    if current is None or not appointments.end_appointment(sitting.connection, current["id"], why, sitting.now):
        raise NotNow("这起纠纷现在没有选定的调解员")
    meetings.release(sitting.connection, sitting.piece.id, current["mediator_id"], sitting.now)
    return {**current, **why, "ended_at": sitting.now}


def present_conflict(sitting: Sitting) -> str:
    """Why the present mediator must go, if a party entered since is tied to them; "" if nothing."""
    current = appointments.current_appointment(sitting.connection, sitting.piece.id)
    if current is None:
        return ""
    (candidate,) = candidates(sitting, [registers.mediator(sitting.connection, current["mediator_id"])])
    return conflict_of(candidate, dispute_of(sitting))
