"""The rows of one batch beside each other (同批比对): numbers given twice, one claim twice, periods that overlap.

What does not live here: the examination of a single suit, and batches submitted earlier.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from cases.packs.names import plain
from cases.rules.screening.screened import Result
from cases.rules.screening.sheet import Found
from cases.rules.screening.suit import Suit

Placed = tuple[int, Found]
_SAYABLE = re.compile(r"[^；。;]{1,40}")
_RANK = (Result.PASS, Result.REPAIR, Result.REJECT)


def compare(suits: Sequence[Suit], results: Sequence[Result]) -> Iterator[Placed]:
    """What the batch itself shows, as (index of the suit, finding); ``results`` are those of each suit by itself."""
    yield from _same_number(suits)
    dropped: set[int] = set()
    for group in _same_claim(suits):
        keeper = min(group, key=lambda at: (_RANK.index(results[at]), at))
        others = [at for at in group if at != keeper]
        dropped.update(others)
        for at in others:
            yield at, Found("duplicate", {"other": _name(suits[keeper])})
        doubtful = next((at for at in others if results[at] == Result.REJECT), None)
        if doubtful is not None and results[keeper] != Result.REJECT:
            yield keeper, Found("duplicate_doubtful", {"other": _name(suits[doubtful])})
    yield from _overlaps([(at, suit) for at, suit in enumerate(suits) if at not in dropped])


def _name(suit: Suit) -> str:
    """A suit as another one's reason names it: by its number if that can stand in a sentence, else by its row."""
    return suit.number if _SAYABLE.fullmatch(suit.number) else f"第{suit.row}行"


def _same_number(suits: Sequence[Suit]) -> Iterator[Placed]:
    first: dict[str, int] = {}
    for at, suit in enumerate(suits):
        number = plain(suit.number).casefold()
        earlier = first.setdefault(number, at) if number else at
        if earlier != at and (_claim(suit) is None or _claim(suits[earlier]) != _claim(suit)):
            yield at, Found("number_reused", {"other": f"第{suits[earlier].row}行"})


def _premises(suit: Suit) -> tuple[str, ...] | None:
    place = tuple(plain(cell).casefold() for cell in (suit.claimant, suit.community, suit.room))
    return place if all(place) else None


def _claim(suit: Suit) -> tuple[object, ...] | None:
    """What makes two rows the same claim; ``None`` when too much is missing to tell."""
    place = _premises(suit)
    if place is None or suit.period_from is None or suit.period_to is None:
        return None
    return (*place, plain(suit.defendant), suit.period_from, suit.period_to)


def _same_claim(suits: Sequence[Suit]) -> Iterator[list[int]]:
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, suit in enumerate(suits):
        claim = _claim(suit)
        if claim is not None:
            groups.setdefault(claim, []).append(at)
    return (group for group in groups.values() if len(group) > 1)


def _overlaps(suits: Sequence[tuple[int, Suit]]) -> Iterator[Placed]:
    """Every row whose period shares a day with that of an earlier row for the same flat.

    The periods kept of one flat never share a day, so only the two neighbours in time have to be looked at.
    """
    kept_by_place: dict[tuple[str, ...], list[tuple[date, date, Suit]]] = {}
    for at, suit in suits:
        place, start, end = _premises(suit), suit.period_from, suit.period_to
        if place is None or start is None or end is None or start > end:
            continue
        kept = kept_by_place.setdefault(place, [])
        here = bisect_right(kept, start, key=lambda one: one[0])
        earlier = next((one[2] for one in kept[max(here - 1, 0) : here + 1] if one[0] <= end and start <= one[1]), None)
        if earlier is None:
            kept.insert(here, (start, end, suit))
        else:
            yield at, Found("overlap", {"other": _name(earlier)})
