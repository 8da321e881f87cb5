"""Taking in a year's holiday notice (收录放假安排): read, looked at, published, deadlines counted again.

For the command line and the pages alike. What does not live here: counting and what must hold of a year (rules),
keeping one (store).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cases.desk.recounting import Foreseen, Recounted, foresee, recount_batch
from cases.errors import Malformed, Overtaken
from cases.office import Office
from cases.rules.calendar import Calendar
from cases.rules.notices import read_notice
from cases.rules.revisions import Revision, revise
from cases.rules.years import COLUMNS, Arrangement, arrangement_of, read_year
from cases.store.almanac import Signed
from cases.store.dues import count_provisional
from cases.store.records import By, Deed, note

BATCH, TRIES, PASSES = 200, 5, 2
"""Deadlines a transaction; how often an overtaken batch is tried; the second pass takes what somebody was at."""

LARGEST = 1_000_000
"""Bytes; a notice has about two thousand."""

Hear = Callable[[int, int], None]
"""Is told how many deadlines were counted, of how many."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a year is to be taken in: whether it may ``replace`` a known one, why, and how many days off it has beyond
    the law."""

    replace: bool = False
    reason: str = ""
    extra: int = 0

    def check(self) -> None:
        """Malformed where a reason is owed."""
        if (self.replace or self.extra) and not self.reason.strip():
            raise Malformed(
                "替换已收录的年份、或有法定以外的放假天数的,须写明理由", {"reason": "替换或另行放假须写明理由"}
            )


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking in would come to: the revision, and which open cases' limits it would move."""

    revision: Revision
    foreseen: Foreseen


def text_in(name: str, raw: bytes) -> str:
    """A text in either of the encodings office machines write."""
    if len(raw) > LARGEST:
        raise Malformed(f"{name}: 文件过大,放假安排不超过 {LARGEST // 1000} 千字节")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not raw.startswith((b"%PDF", b"PK")):
            return text
    raise Malformed(f"{name}: 不是纯文本,请另存为 UTF-8 编码的文本或 CSV 文件")


def arrangement_in(name: str, text: str, calendar: Calendar, extra: int) -> Arrangement:
    """The arrangement in a text: CSV, or the notice's own words."""
    is_table = name.lower().endswith(".csv") or text.lstrip().startswith(f"{COLUMNS[0]},{COLUMNS[1]}")
    year, listed = read_year(name, text) if is_table else read_notice(text)
    return arrangement_of(year, listed, calendar.statutory, extra)


def preview(office: Office, arrangement: Arrangement, wish: Wish) -> Preview:
    """What would change, days and deadlines; nothing is written."""
    revision = revise(office.calendar(), arrangement, replace=wish.replace)
    with office.database.reading() as connection:
        found = foresee(connection, revision.calendar, every=revision.replaces)
    return Preview(revision, found)


def publish(office: Office, arrangement: Arrangement, wish: Wish, by: By) -> Revision:
    """Publish what an arrangement changes, and write down who did."""
    wish.check()
    now = office.clock.now()
    signed = Signed(by.name, now, wish.reason.strip(), wish.replace)
    with office.database.writing() as connection:
        revision = office.desk.almanac.take_in(connection, arrangement, signed)
        for year in revision.years:
            said = {"notice": year.notice, "changes": len(revision.changes)}
            said |= {"replace": "是"} if revision.replaces else {}
            said |= {"extra": wish.extra} if wish.extra else {}
            deed = Deed("calendar.import", f"year:{year.year}", str(year.year), said, wish.reason.strip())
            note(connection, by, deed, now)
    return revision


def recount(office: Office, hear: Hear, *, every: bool = False) -> Recounted:
    """Count the running deadlines again, batch by batch; each change is a step of its case."""
    with office.database.reading() as connection:
        total = count_provisional(connection, every=every)
    found, done = Recounted(), 0
    hear(done, total)
    for turn in range(PASSES):
        found.after, found.refused = "", []
        while (some := _batch(office, found.after, every)).clocks:
            found.add(some)
            done += 0 if turn else some.clocks
            hear(min(done, total), total)
    return found


def _batch(office: Office, after: str, every: bool, tries: int = TRIES) -> Recounted:
    """One batch in one transaction; tried again when a case of it was stepped at the same moment."""
    try:
        with office.database.writing() as connection:
            return recount_batch(office.desk, connection, office.clock.now(), BATCH, after, every=every)
    except Overtaken:
        if tries == 1:
            raise
    return _batch(office, after, every, tries - 1)
