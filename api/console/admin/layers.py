"""A drawing in layers (分层排布): states on levels, arrows through the gaps, every label with room of its own.

Levels by the longest way along the arrows that lead on; order on a level by the mean place of what it is joined to;
places along a level as near to that as the neighbours let them. Pure arithmetic on sizes. What does not live here:
what is drawn (figure) and what it is drawn of (diagrams).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP = 18.0
THIN = 14.0
"""Room an arrow takes on a level it only passes."""

SWEEPS, SETTLING = 24, 60
STRAIGHT = 100.0
"""How much more it counts that a long arrow is straight than that a state stands in the middle of its arrows."""

Size = tuple[float, float]
"""Width and height."""


@dataclass(eq=False)
class Spot:
    """What takes room on a level: a state, a label, or an arrow on its way. ``x`` is its middle, ``y`` its top."""

    level: int
    size: Size
    kind: str
    x: float = 0.0
    y: float = 0.0
    above: list[Spot] = field(default_factory=list)
    below: list[Spot] = field(default_factory=list)

    def pull(self, other: Spot) -> float:
        """How strongly another spot pulls this one towards it."""
        return 1.0 if "state" in {self.kind, other.kind} else STRAIGHT


@dataclass(frozen=True)
class Arrow:
    """An arrow to be laid: from state to state, with the size of its label; without a ``source`` it comes from a label
    alone, and stands for the ``sources``."""

    source: str
    target: str
    label: Size
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Laid:
    """Where everything stands: states by code, the way of each arrow from its label's or source's side, the labels, the
    size of the whole."""

    states: Mapping[str, Spot]
    ways: Sequence[Sequence[Spot]]
    labels: Sequence[Spot]
    size: Size


def lay(sizes: Mapping[str, Size], arrows: Sequence[Arrow]) -> Laid:
    """Lay states, in the order they are given, and the arrows between them."""
    levels = _levels(list(sizes), arrows)
    states = {code: Spot(2 * levels[code] + 1, size, "state") for code, size in sizes.items()}
    ways, labels = [], []
    for arrow in arrows:
        way, label = _way(arrow, states)
        ways.append(way)
        labels.append(label)
    rows: dict[int, list[Spot]] = {}
    for spot in [*states.values(), *dict.fromkeys(one for way in ways for one in way if one.kind != "state")]:
        rows.setdefault(spot.level, []).append(spot)
    for way in ways:
        for one, other in pairwise(way):
            upper, lower = (one, other) if one.level < other.level else (other, one)
            upper.below.append(lower)
            lower.above.append(upper)
    ordered = _ordered([rows[level] for level in sorted(rows)])
    _settle(ordered)
    return Laid(states, ways, labels, _stack(ordered))


def _levels(order: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, int]:
    """How far down each state stands: below all that lead on to it; an arrow to an earlier state leads back."""
    place = {code: n for n, code in enumerate(order)}
    onward: dict[str, list[str]] = {code: [] for code in order}
    for arrow in arrows:
        for source in arrow.sources or (arrow.source,):
            first, second = sorted((source, arrow.target), key=place.__getitem__)
            onward[first].append(second)
    levels = dict.fromkeys(order, 0)
    for code in order:
        for later in onward[code]:
            levels[later] = max(levels[later], levels[code] + 1)
    return levels


def _way(arrow: Arrow, states: Mapping[str, Spot]) -> tuple[list[Spot], Spot]:
    """The spots an arrow passes from its source to its target, its label next to where it leaves."""
    target = states[arrow.target]
    if not arrow.source:
        label = Spot(target.level - 1, arrow.label, "label")
        return [label, target], label
    source = states[arrow.source]
    step = 1 if source.level < target.level else -1
    label = Spot(source.level + step, arrow.label, "label")
    between = range(source.level + 2 * step, target.level, step)
    return [source, label, *(Spot(level, (THIN, 0.0), "way") for level in between), target], label


def _ordered(rows: list[list[Spot]]) -> list[list[Spot]]:
    """The order on each level with the fewest crossings found."""
    best, fewest = [list(row) for row in rows], _crossings(rows)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for at in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            fixed = {id(one): n for n, one in enumerate(rows[at - 1 if down else at + 1])}
            keys = {id(one): _mean(one.above if down else one.below, fixed, n) for n, one in enumerate(rows[at])}
            rows[at].sort(key=lambda one: keys[id(one)])
        many = _crossings(rows)
        if many < fewest:
            best, fewest = [list(row) for row in rows], many
    return best


def _mean(joined: Sequence[Spot], fixed: Mapping[int, int], otherwise: int) -> float:
    places = [fixed[id(one)] for one in joined if id(one) in fixed]
    return sum(places) / len(places) if places else float(otherwise)


def _crossings(rows: Sequence[Sequence[Spot]]) -> int:
    """How many arrows cross between neighbouring levels."""
    many = 0
    for upper, lower in pairwise(rows):
        place = {id(one): n for n, one in enumerate(lower)}
        ends = [place[id(other)] for one in upper for other in sorted(one.below, key=lambda o: place.get(id(o), 0))
                if id(other) in place]  # fmt: skip
        many += sum(before > after for n, before in enumerate(ends) for after in ends[n + 1 :])
    return many


def _settle(rows: Sequence[Sequence[Spot]]) -> None:
    """Places along the levels: each row in turn as near as can be to what it is joined to."""
    for row in rows:
        at = 0.0
        for one in row:
            one.x = at + one.size[0] / 2
            at += one.size[0] + GAP
    for sweep in range(SETTLING):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wishes = [_wish(one) for one in row]
            for one, x in zip(row, _apart(row, wishes), strict=True):
                one.x = x
    left = min(one.x - one.size[0] / 2 for row in rows for one in row)
    for row in rows:
        for one in row:
            one.x -= left


def _wish(spot: Spot) -> tuple[float, float]:
    """Where a spot would stand by what it is joined to, and how much that counts."""
    pulls = [(spot.pull(other), other.x) for other in (*spot.above, *spot.below)]
    weight = sum(pull for pull, _ in pulls)
    return (sum(pull * x for pull, x in pulls) / weight, weight) if weight else (spot.x, 0.1)


def _apart(row: Sequence[Spot], wishes: Sequence[tuple[float, float]]) -> list[float]:
    """The places nearest to the wishes that keep the order and the gaps (pooling of neighbours that would overlap)."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + (one.size[0] + other.size[0]) / 2 + GAP)
    pools: list[tuple[float, float, int]] = []
    for (x, weight), offset in zip(wishes, offsets, strict=True):
        pool = (x - offset, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            heavy = before[1] + pool[1]
            pool = ((before[0] * before[1] + pool[0] * pool[1]) / heavy, heavy, before[2] + pool[2])
        pools.append(pool)
    shifts = [x for x, _, many in pools for _ in range(many)]
    return [shift + offset for shift, offset in zip(shifts, offsets, strict=True)]


def _stack(rows: Sequence[Sequence[Spot]]) -> Size:
    """Heights: one level below the other; answers the size of the whole."""
    top = 0.0
    for row in rows:
        height = max(one.size[1] for one in row)
        for one in row:
            one.y = top + (height - one.size[1]) / 2
        top += height + GAP
    return max(one.x + one.size[0] / 2 for row in rows for one in row), top - GAP
