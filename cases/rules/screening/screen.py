"""Screening a batch (批次筛查): every suit by itself against the checklist, then the suits beside each other.

What does not live here: the checks (one module an item), their weight and words (the pack), the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from cases.errors import PackBroken
from cases.packs.schema import Pack
from cases.packs.screening import LIMITATION
from cases.ports import BEIJING
from cases.rules.screening import claim, history, papers, persons
from cases.rules.screening.batch import compare
from cases.rules.screening.remarks import Phrasebook
from cases.rules.screening.screened import Finding, Screened, gravest_first, worded
from cases.rules.screening.sheet import Found, Sheet
from cases.rules.screening.suit import Suit

EXAMINATIONS: tuple[Callable[[Sheet], Iterator[Found]], ...] = (
    history.form,
    papers.contract,
    papers.fee,
    papers.service,
    papers.demand,
    persons.address,
    claim.limitation,
    claim.amount,
    claim.period,
    persons.defendant,
    history.mediation,
    history.court,
)
OF_A_FIRM: dict[str, Callable[[Sheet], Iterator[Found]]] = {
    "contract": papers.contract,
    "fee": papers.fee,
    "service": papers.service,
    "demand": papers.demand,
    "period": claim.period,
}
"""What only a firm that claims its fees has to show, by item; a suit against a firm is not asked for it."""

_PROGRESS_EVERY = 50


def screen(
    suits: Sequence[Suit], pack: Pack, as_of: datetime, *, progress: Callable[[int], None] | None = None
) -> list[Screened]:
    """Screen the suits of one batch on the day of ``as_of`` (aware): one answer for each, in their order.

    The same suits, pack and day give the same answers. ``progress`` is told how many are done. Raises ``PackBroken``
    for a pack version from before the checklist, ``ValueError`` when ``as_of`` carries no offset.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of must be aware")
    limit = pack.limit(LIMITATION)
    if limit is None or not pack.screening:
        raise PackBroken("地区包没有筛查要点或诉讼时效,请发布新版地区包后再筛查。")
    book, today = Phrasebook(pack.signals), as_of.astimezone(BEIJING).date()
    alone: list[Screened] = []
    for done, suit in enumerate(suits, 1):
        found = examine(Sheet(suit, today, limit.amount, book))
        alone.append(Screened(suit, gravest_first(_worded(found, pack))))
        if progress and (done % _PROGRESS_EVERY == 0 or done == len(suits)):
            progress(done)
    return _beside_each_other(alone, pack)


def examine(sheet: Sheet) -> Iterator[Found]:
    """Every check one suit does not meet by itself; of a row that could not be read, only that."""
    if sheet.suit.faults:
        yield Found("row_unreadable", {"what": "，".join(sheet.suit.faults)})
        return
    for examination in EXAMINATIONS:
        if sheet.suit.by_firm or examination not in OF_A_FIRM.values():
            yield from examination(sheet)


def _worded(found: Iterator[Found], pack: Pack) -> list[Finding]:
    rows = ((pack.screening[one.code], one.facts) for one in found)
    return [worded(row, facts) for row, facts in rows if row.weight != "off"]


def _beside_each_other(alone: list[Screened], pack: Pack) -> list[Screened]:
    more: dict[int, list[Found]] = {}
    for at, found in compare([one.suit for one in alone], [one.result for one in alone]):
        more.setdefault(at, []).append(found)
    answers = list(alone)
    for at, founds in more.items():
        findings = [*alone[at].findings, *_worded(iter(founds), pack)]
        answers[at] = Screened(alone[at].suit, gravest_first(findings))
    return answers
