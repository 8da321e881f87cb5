"""What a queue is asked for, and the page it answers (清单的提问与一页). No query lives here."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from cases.errors import Malformed
from cases.machines import CASE_TYPES
from cases.piece import Piece
from cases.rules.saved_views import DUE, EVERY_VIEW, NEWEST, SavedView
from cases.store.queues import read_cursor, write_cursor

MOST = 200
COUNTED = 1_000
"""Further than this a view is not counted: the figure reads 1000+."""

FEW = 2_000
"""Up to so many cases are looked at one by one; of more, a page is found sooner along the order of the list."""

ALL = "all"
NOBODY = "-"
"""The holder of what is in nobody's hands."""

ENDS = frozenset(state.code for one in CASE_TYPES for state in one.states if state.end)
"""States in which nothing waits any more."""

LIGHTS = ("red", "yellow", "green", "grey")
"""Lights a list is filtered by; of open cases only. Grey are those without a running clock."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BACKWARDS, _DUE = 1, 2
_ZONE = 4
"""The first of two bits that say in which part of a list by due moment the row stands."""
_FORM = struct.Struct(">bq16s")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a queue is asked for; None or "" leaves a filter out.

    ``view`` is the code of a saved view, ``sort`` "due" or "newest" (None: as the view has it), ``search`` words that
    must all be in the case's text, ``text`` a number or any part of the summary, ``department`` the lead or assigned
    organisation; ``holder`` may be ``NOBODY``. ``opened_on`` and ``closed_on`` are days of Beijing.
    ``cursor`` is the mark ``next`` or ``previous`` of a page of the same question.
    """

    case_type: str | None = None
    state: str | None = None
    holder: str | None = None
    community: str | None = None
    matter: str | None = None
    overdue: bool = False
    text: str | None = None
    parent: str | None = None
    limit: int = 50
    cursor: str | None = None
    view: str = ALL
    sort: str | None = None
    search: str | None = None
    department: str | None = None
    light: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None

    @property
    def saved(self) -> SavedView:
        """The saved view; Malformed for one there is not."""
        found = EVERY_VIEW.get(self.view)
        if found is None:
            raise Malformed("没有这个清单视图", {"view": "、".join(EVERY_VIEW)})
        return found

    def of_view(self, view: str, sort: str) -> Asked:
        """The same filters in another saved view, from its beginning."""
        return replace(self, view=view, sort=sort, cursor=None)

    @property
    def open_only(self) -> bool:
        """Whether only open cases can be meant: what waits, what has a light, what somebody holds."""
        view = self.saved
        also = view.verbs or view.mine or view.open or view.today or view.clock
        return bool(self.light or view.light or self.overdue or also or self.holder not in {None, "", NOBODY})

    @property
    def ended_only(self) -> bool:
        """Whether only cases that have ended can be meant: one that was opened again was closed on no day."""
        return self.closed_on is not None

    @property
    def narrowed(self) -> bool:
        """Whether anything but a view is asked for."""
        filters = (self.case_type, self.state, self.holder, self.community, self.matter, self.overdue, self.text)
        days = self.opened_on, self.closed_on
        return any((*filters, *days, self.parent, self.search, self.department, self.light))

    @property
    def order(self) -> str:
        """The order asked for, or the view's own, or for a list of one light, or of one state in which something waits,
        by due moment; Malformed for one there is not."""
        if self.sort not in {None, "", DUE, NEWEST}:
            raise Malformed("没有这种排序", {"sort": f"{DUE} 或 {NEWEST}"})
        waits = self.light or (self.state and self.state not in ENDS)
        return self.sort or (DUE if waits else self.saved.sort)


DATED, UNDATED, CLOSED = range(3)
"""The parts of a list by due moment: open cases that have one, nearest first; open ones that have none; closed ones."""


class Place(NamedTuple):
    """Where a row stands in a list by due moment: in which part, and the moment as the asker may know it."""

    zone: int = UNDATED
    due: datetime | None = None


NOWHERE = Place()
"""The place of a row in a list that is not by due moment."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place between two rows of a queue: the row it stands at, where that row stands in the order, and in which
    direction the page beyond lies."""

    case_id: str
    sort: str = NEWEST
    place: Place = NOWHERE
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a queue, and the marks of the pages beside it, where there are any."""

    pieces: list[Piece] = field(default_factory=list)
    next: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases a view holds: at least ``count``, and ``more`` than were counted."""

    count: int
    more: bool = False


def write_mark(mark: Mark) -> str:
    """A mark as it is handed out; opaque."""
    if mark.sort == NEWEST and not mark.backwards:
        return write_cursor(mark.case_id)
    flags = _BACKWARDS * mark.backwards | _DUE * (mark.sort == DUE) | _ZONE * mark.place.zone
    since = 0 if mark.place.due is None else (mark.place.due - _EPOCH) // timedelta(microseconds=1)
    packed = _FORM.pack(flags, since, bytes.fromhex(mark.case_id))
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_mark(cursor: str, sort: str) -> Mark:
    """The place a mark stands for; Malformed for anything this house did not write, or wrote for another order."""
    try:
        raw = base64.b64decode(cursor.encode("ascii") + b"==", altchars=b"-_", validate=True)
        mark = _unpacked(raw) if len(raw) == _FORM.size else Mark(read_cursor(cursor))
    except (binascii.Error, ValueError, OverflowError) as error:
        raise _wrong() from error
    if mark.sort != sort:
        raise _wrong()
    return mark


def _unpacked(raw: bytes) -> Mark:
    flags, since, case_id = _FORM.unpack(raw)
    zone = flags // _ZONE
    if zone > CLOSED:
        raise ValueError("no such place")
    due = _EPOCH + timedelta(microseconds=since) if zone == DATED else None
    sort = DUE if flags & _DUE else NEWEST
    return Mark(case_id.hex(), sort, Place(zone, due), bool(flags & _BACKWARDS))


def _wrong() -> Malformed:
    return Malformed("翻页标记不正确", {"cursor": "请使用上一页给出的标记"})
