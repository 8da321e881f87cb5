"""The cast (演员表): accounts for the stations, keys for departments and reporting organisations, and the roster.

Everybody comes in the way a stranger would: people with login and password, organisations with an API key, endpoints
registered over the API by their owners. What does not live here: what anybody does.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.demo.operator import Staff
from api.demo.script import Player, Script
from api.demo.supervisor import Supervisor
from api.identity import Identity, KeyWish, Passwords
from api.receiver.client import Client
from api.receiver.roster import COURT, Department, Roster, hook_address
from cases.clocks import SystemClock
from cases.errors import NoCompetence, PackBroken
from cases.office import Office
from cases.packs.schema import Matter, Organisation, Pack
from cases.rules.competence import competent
from cases.store.accounts import SCOPES, NewAccount

LOOPBACK = ("127.0.0.0/8",)
OFFICER, HEAD, REPORTER, SUPERVISOR = "dept_officer", "dept_head", "reporter", "supervisor"
NOT_DEPARTMENTS = frozenset({"station", "district", "property", "owners_committee", "grid", "hotline", "inspection"})
SECOND_OFFICER = "值班人员"
CLERK = "court_clerk"
_UNSET = "whsec_" + base64.b64encode(bytes(32)).decode()


@dataclass(frozen=True)
class Cast:
    """Who plays: the stations, and the API keys by organisation. ``password`` opens every account of this run."""

    stations: tuple[str, ...]
    password: str
    keys: Mapping[str, str]


def departments_of(pack: Pack) -> list[Organisation]:
    """The organisations that may lead or assist anywhere in the pack's communities."""
    streets = {community.street for community in pack.communities.values()}
    duties = {duty for matter in pack.matters.values() for duty in (matter.lead, *matter.assist)}
    duties |= {duty for row in pack.competences for duty in (row.duty_lead, *(row.assist or ()))}
    found = {o.code: o for duty in sorted(duties) for street in sorted(streets) for o in pack.carriers(duty, street)}
    return [o for o in found.values() if o.kind not in NOT_DEPARTMENTS]


def engage(office: Office, script: Script, reporting: Iterable[str], passwords: Passwords | None = None) -> Cast:
    """Open the accounts of the stations and the keys of departments and of the reporting organisations."""
    pack = office.pack
    streets = sorted({community.street for community in pack.communities.values()})
    stations = tuple(s.code for street in streets if (s := pack.station_for(street)) is not None)
    identity = Identity(office.database, office.settings, SystemClock(), passwords)
    password = secrets.token_urlsafe(18) + "aA1."
    keys: dict[str, str] = {}
    with office.database.writing() as connection:
        for station in stations:
            for role in ("operator", "station_head"):
                player = script.player(station, role)
                if player is None:
                    raise PackBroken(f"演示账号缺少 {station} 的 {role}")
                account = NewAccount(player.login, player.name, player.org, player.roles, "")
                identity.open_account(connection, account, password)
        for player in supervisors_of(script):
            account = NewAccount(player.login, player.name, player.org, player.roles, "")
            identity.open_account(connection, account, password)
        for organisation in departments_of(pack):
            wish = KeyWish(organisation.code, organisation.name, frozenset({OFFICER, HEAD}), SCOPES)
            keys[organisation.code] = identity.issue_key(connection, wish)
        for code in sorted(set(reporting) - set(keys)):
            wish = KeyWish(code, pack.organisations[code].name, frozenset({REPORTER}), SCOPES - {"endpoint"})
            keys[code] = identity.issue_key(connection, wish)
    return Cast(stations, password, keys)


def staff_of(cast: Cast, script: Script, address: str) -> list[Staff]:
    """The people of each station, logged in."""
    found: list[Staff] = []
    for station in cast.stations:
        clients: list[Client] = []
        for role in ("operator", "station_head"):
            player = script.player(station, role)
            if player is not None:
                clients.append(Client(address))
                clients[-1].login(player.login, cast.password)
        found.append(Staff(station, *clients))
    return found


def supervisors_of(script: Script) -> list[Player]:
    """One for each office that issues supervision orders."""
    return list({p.org: p for p in reversed(script.players) if SUPERVISOR in p.roles}.values())


def issuers_of(cast: Cast, script: Script, address: str) -> dict[str, Supervisor]:
    """The supervisors, logged in, by their office."""
    found: dict[str, Supervisor] = {}
    for player in supervisors_of(script):
        client = Client(address)
        client.login(player.login, cast.password)
        found[player.org] = Supervisor(player.org, client)
    return found


def cast_departments(pack: Pack, script: Script, cast: Cast, folder: Path, ports: list[int]) -> list[Department]:
    """What each department is told, without the secret, which it learns when it registers its endpoint."""
    folder.mkdir(parents=True, exist_ok=True)
    organisations = departments_of(pack)
    peers = tuple(o.code for o in organisations if o.kind not in {"street", "mediation"})
    return [
        Department(
            org=organisation.code,
            name=organisation.name,
            kind=organisation.kind,
            port=port,
            api_key=cast.keys[organisation.code],
            secret=_UNSET,
            inbox=folder / f"{organisation.code}.db",
            officers=_officers(script, organisation.code),
            behaviour=script.behaviour_of(organisation.kind),
            wording=script.wording,
            proposes=_proposals(pack, organisation.code),
            peers=tuple(code for code in peers if code != organisation.code),
        )
        for organisation, port in zip(organisations, ports, strict=True)
    ]


def courts_of(pack: Pack) -> list[Organisation]:
    """The courts of the pack, which suits are submitted to."""
    return [one for one in pack.organisations.values() if one.kind == COURT]


def cast_courts(pack: Pack, script: Script, keys: Mapping[str, str], folder: Path, port: int) -> list[Department]:
    """What each court is told, if the script has answers for one: it goes on by itself, without a conductor."""
    if script.court is None:
        return []
    return [
        Department(
            org=one.code,
            name=one.name,
            kind=COURT,
            port=port,
            api_key=keys[one.code],
            secret=_UNSET,
            inbox=folder / f"{one.code}.db",
            court=script.court,
            prompt=True,
        )
        for one in courts_of(pack)
    ]


def register(address: str, departments: Iterable[Department]) -> Roster:
    """Each department registers where it listens, over the API with its own key, and learns its secret."""
    told: list[Department] = []
    for department in departments:
        with Client(address, department.api_key) as client:
            body = {"url": hook_address(department), "networks": list(LOOPBACK)}
            answer = client.ask("PUT", "/endpoints/mine", body)
        told.append(department.model_copy(update={"secret": answer["secret"]}))
    return Roster(api=address, departments=tuple(told))


def _officers(script: Script, org: str) -> tuple[str, ...]:
    """Two names: an inspection takes no fewer than two officers (行政处罚法 42)."""
    names = [p.name for p in script.players if p.org == org]
    return tuple(names[:2]) if len(names) > 1 else (*names, SECOND_OFFICER, f"{SECOND_OFFICER}二")[:2]


def _proposals(pack: Pack, org: str) -> dict[str, str]:
    """Who else the catalogue would let lead, for the matters and communities this organisation leads by designation."""
    found: dict[str, str] = {}
    for matter in pack.matters.values():
        if matter.route != "confirm":
            continue
        for community in pack.communities.values():
            other = _next_lead(pack, matter, community.street, org)
            if other:
                found[f"{matter.code}|{community.code}"] = other
    return found


def _next_lead(pack: Pack, matter: Matter, street: str, org: str) -> str | None:
    try:
        if competent(pack, matter.code, street, pack.law_as_of).lead != org:
            return None
        return competent(pack, matter.code, street, pack.law_as_of, frozenset({org})).lead
    except NoCompetence:
        return None
