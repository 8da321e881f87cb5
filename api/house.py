"""What the API of one process holds (前台): the office, the identities, the views, the counters. Built once, shared.

What does not live here: routes, and any decision.
"""

from __future__ import annotations

import ipaddress
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Request
from sqlalchemy import Connection

from api.brimming import Brimming
from api.errands import Errands
from api.identity import Identity
from api.throttle import Throttles
from cases import packs
from cases.clocks import SystemClock
from cases.desk.holding import Holdings
from cases.desk.papers import PaperRoom
from cases.desk.tales import Tales
from cases.desk.timetable import Timetable
from cases.desk.views import Reader, Views, with_reports
from cases.errors import NotAllowed, NotFound, Refusal
from cases.grammar import Actor
from cases.office import Office
from cases.papers.press import Press
from cases.piece import Piece
from cases.ports import Clock, Knock
from cases.rules.area import placed
from cases.rules.visibility import may_see
from cases.store.accounts import note_refused
from cases.store.attachments import FILES, Folder

if TYPE_CHECKING:
    from cases.suggest import Suggester

WORDS = Path(packs.__file__).parent / "base"
LARGEST_PAPER = 100_000_000
"""Bytes of the largest document kept, whatever is taken as an attachment."""


@dataclass(frozen=True)
class House:
    """Everything the routes need. ``clock`` is the real one; cases run on the office's. ``knock`` tries a receiving
    address; only whoever puts the house together with the flows can give it one."""

    office: Office
    identity: Identity
    throttles: Throttles
    clock: Clock
    knock: Knock | None = None

    @classmethod
    def of(cls, office: Office, clock: Clock | None = None, throttles: Throttles | None = None) -> House:
        """The house of an office."""
        real = clock or SystemClock()
        identity = Identity(office.database, office.settings, real)
        return cls(office, identity, throttles or Throttles(), real)

    @cached_property
    def views(self) -> Views:
        """Shows cases."""
        return Views(self.office.desk)

    @cached_property
    def tales(self) -> Tales:
        """Tells histories."""
        return Tales(self.office.desk)

    @cached_property
    def timetable(self) -> Timetable:
        """Tells by when what is due, and why."""
        return Timetable(self.office.desk)

    @cached_property
    def holdings(self) -> Holdings:
        """Adds up who held what for how long."""
        return Holdings(self.office.desk)

    @cached_property
    def brimming(self) -> Brimming:
        """Knows which views need no counting for a moment."""
        return Brimming()

    @cached_property
    def errands(self) -> Errands:
        """Does what takes a while."""
        return Errands(self.office.database, self.clock)

    @cached_property
    def folder(self) -> Folder:
        """Keeps files."""
        return Folder(self.office.settings.home / FILES, self.office.settings.upload_bytes)

    @cached_property
    def papers(self) -> PaperRoom:
        """Makes and keeps official documents."""
        settings = self.office.settings
        folder = Folder(settings.home / FILES, LARGEST_PAPER)
        return PaperRoom(self.office.database, self.office.shelf, folder, Press(settings.fonts))

    @cached_property
    def proxies(self) -> tuple[str, ...]:
        """Networks of reverse proxies that may name the client; ValueError for one that is none."""
        named = [part.strip() for part in self.office.settings.proxies.split(",") if part.strip()]
        return tuple(str(ipaddress.ip_network(part)) for part in named)

    @cached_property
    def _learning(self) -> threading.Lock:
        return threading.Lock()

    def suggester(self) -> Suggester:
        """Suggests matters; built at the first question, because it takes a second and heavy libraries."""
        with self._learning:
            return self._suggester

    @cached_property
    def _suggester(self) -> Suggester:
        from cases.suggest import Suggester, read_examples, read_keywords  # noqa: PLC0415 - heavy, and seldom asked

        examples = read_examples(WORDS / "matter_texts.csv")
        return Suggester(examples, self.office.pack.matters.values(), read_keywords(WORDS / "keywords.csv"))

    def ping(self) -> str:
        """Ask the database anything and answer its kind; OperationalError when it does not answer."""
        with self.office.database.reading() as connection:
            connection.exec_driver_sql("SELECT 1")
        return self.office.database.kind

    def reader(self, actor: Actor) -> Reader:
        """The actor as somebody who looks at cases."""
        organisation = self.office.pack.organisation(actor.org or "")
        return Reader(self.placed(actor), organisation.kind if organisation else "")

    def placed(self, actor: Actor) -> Actor:
        """The actor with the area they supervise or audit."""
        return placed(actor, self.office.pack)

    def may_know(self, connection: Connection, piece: Piece | None, reader: Reader) -> bool:
        """Whether the reader may know of a case."""
        if piece is None:
            return False
        with_reports(connection, self.office.desk.pieces, [piece])
        return may_see(reader.actor, piece)

    def note_refused(self, request: Request, refusal: Refusal) -> None:
        """Write down for the auditor what somebody known was refused: what they may not do, and cases they may not see.

        Cases that do not exist are written down just the same, so that the time of an answer tells nothing.
        """
        actor: Actor | None = getattr(request.state, "actor", None)
        what = isinstance(refusal, NotAllowed) or (isinstance(refusal, NotFound) and "case" in refusal.details)
        if actor is None or not what or not self.throttles.refusals.take(actor.id):
            return
        route = f"{request.method} {request.scope.get('path', '')}"
        with self.office.database.writing() as connection:
            note_refused(connection, actor.id, refusal.kind, route, self.office.clock.now())
