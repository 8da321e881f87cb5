"""Moving open cases to the newest version of their pack (转用新版地区包), many at once, by a station head's own step.

What does not live here: whether a case may move and what that does to its clocks (cases).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection

from cases.desk.desk import Order, Taken
from cases.errors import NotAllowed, NotFound, Overtaken, Refusal
from cases.grammar import Actor
from cases.machines.roles import STATION_HEAD
from cases.office import Office, open_office
from cases.settings import Settings
from cases.store.accounts import person_named
from cases.store.replaying import Chosen, batches

VERB = "rebase"
AT_ONCE = 100
TRIES = 3
SHOWN = 20


class _Case(NamedTuple):
    id: str
    number: str


def rebase(name: str, login: str, reason: str, numbers: Sequence[str]) -> int:
    """Move the named cases of the head's station, or all of them that lie under an older version and may move; 1 when
    one was refused."""
    office = open_office(Settings())
    try:
        with office.database.reading() as connection:
            head = _head(connection, login)
            cases = list(_cases(connection, office, name, head, frozenset(numbers)))
        unknown = frozenset(numbers) - {case.number for case in cases}
        if unknown:
            raise NotFound(f"本站没有这些在办的、仍用旧版的案件:{'、'.join(sorted(unknown)[:SHOWN])}")
        refused: list[str] = []
        with Progress(console=Console(stderr=True), transient=True) as progress:
            bar = progress.add_task("转用新版地区包", total=len(cases))
            for start in range(0, len(cases), AT_ONCE):
                some = cases[start : start + AT_ONCE]
                answers = zip(some, _moved(office, some, head, reason), strict=True)
                refused += [f"{case.number}:{said.sentence}" for case, said in answers if isinstance(said, Refusal)]
                progress.update(bar, completed=start + len(some))
    finally:
        office.close()
    sys.stdout.write(f"转用新版 {len(cases) - len(refused)} 件,未转用 {len(refused)} 件\n")
    sys.stdout.writelines(f"  {line}\n" for line in refused[:SHOWN])
    return 1 if refused else 0


def _head(connection: Connection, login: str) -> Actor:
    person = person_named(connection, login)
    if person is None or not person.active:
        raise NotFound("没有这个账号")
    if STATION_HEAD.code not in person.roles:
        raise NotAllowed("只有工作站站长可以决定转用新版地区包")
    return Actor(person.id, person.name, person.org, person.roles)


def _cases(connection: Connection, office: Office, name: str, head: Actor, numbers: frozenset[str]) -> Iterator[_Case]:
    """The station's open cases under an older version of the pack, in whose state the step may be taken."""
    newest, _ = office.shelf.newest(connection, name)
    older = tuple(one.id for one in office.shelf.versions(connection, name) if one.id != newest)
    for pieces in batches(connection, Chosen(older, station=head.org)):
        for piece in pieces:
            steps = office.desk.engines[piece.case_type].by_verb.get(VERB, {})
            if piece.number in numbers or (not numbers and piece.state in steps):
                yield _Case(piece.id, piece.number)


def _moved(office: Office, cases: Sequence[_Case], head: Actor, reason: str) -> list[Taken | Refusal]:
    """One batch; tried again when somebody was faster."""
    orders = [Order(case.id, VERB, {"reason": reason}) for case in cases]
    for left in reversed(range(TRIES)):
        try:
            with office.database.stepping() as connection:
                return office.desk.take_steps(connection, orders, head, office.clock.now())
        except Overtaken:
            if not left:
                raise
    raise AssertionError("unreachable")
