"""A state diagram as shapes (状态图图形): boxes, labels and the ways of arrows, ready for a template.

Drawn once for a case type and a language; how many cases stand where is written into it by the template. What does not
live here: the arrangement (layers) and the counts (diagrams).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import ceil

from api.console.admin.layers import Arrow, Laid, Size, Spot, lay
from cases.grammar import STAY, CaseType
from cases.machines import CASE_TYPES

MARGIN = 16.0
WIDE, NARROW = 14.0, 7.6
"""Width of a Chinese sign and of a letter in the box of a state."""

SMALL = 12 / 14
"""How much smaller labels of arrows are."""

LINE, LABEL_LINE = 19.0, 16.0
LONGEST_STATE, LONGEST_LABEL = 17, 18
"""So many half-width signs stand in one line."""

MANY = 5
"""A step that leads to one state from so many others is written at that state, without an arrow from each."""

HANGING = frozenset(",、;。:),")
"""Signs no line begins with."""

BOX = 52.0
_ASCII = 128


@dataclass(frozen=True)
class Box:
    """A state: its corner and size, its name in lines, whether a case begins or may rest in it, and steps that lead
    from it to itself."""

    code: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    start: bool
    end: bool
    stays: str

    @property
    def middle(self) -> float:
        """Where its texts stand."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Label:
    """The words at an arrow; ``whole`` says more than the lines do, where they are short for it."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    whole: str
    back: bool


@dataclass(frozen=True)
class Line:
    """An arrow: the path it takes, and whether it leads back."""

    path: str
    back: bool


@dataclass(frozen=True)
class Figure:
    """The whole drawing."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Passage:
    """What leads from one state to another, in words; where it is many at once, they are ``sources``."""

    source: str
    target: str
    words: tuple[str, ...]
    sources: tuple[str, ...] = ()


def passages(case_type: CaseType, lang: str) -> list[Passage]:
    """Every pair of states that a step leads between, with its steps; those of one state to itself as well."""
    words: dict[tuple[str, str], dict[str, None]] = {}
    for step in case_type.steps:
        if step.to == STAY:
            continue
        for source in step.sources:
            words.setdefault((source, step.to), {})[case_type.verbs[step.does][lang == "en"]] = None
    return [Passage(source, target, tuple(said)) for (source, target), said in words.items()]


def bundled(found: Sequence[Passage]) -> list[Passage]:
    """The same, where a step that leads to one state from many others is told once, at that state."""
    groups: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for one in found:
        groups.setdefault((one.target, one.words), []).append(one)
    made: list[Passage] = []
    for (target, words), some in groups.items():
        if len(some) < MANY:
            made += some
        else:
            made.append(Passage("", target, words, tuple(one.source for one in some)))
    return made


@cache
def figure_of(code: str, lang: str) -> Figure:
    """The drawing of a case type."""
    case_type = next(one for one in CASE_TYPES if one.code == code)
    names = {one.code: one.label_en if lang == "en" else one.label for one in case_type.states}
    found = passages(case_type, lang)
    stays = {one.source: (" · " if lang == "en" else "、").join(one.words) for one in found if one.source == one.target}
    ways = bundled([one for one in found if one.source != one.target])
    titles = {state: wrapped(name, LONGEST_STATE) for state, name in names.items()}
    texts = [_words(one, lang) for one in ways]
    arrows = [Arrow(one.source, one.target, _size(text), one.sources) for one, text in zip(ways, texts, strict=True)]
    laid = lay({state: _box(lines, stays.get(state, "")) for state, lines in titles.items()}, arrows)
    ends = {one.code for one in case_type.states if one.end}
    boxes = tuple(
        Box(state, *_corner(spot), titles[state], state in case_type.opening.states, state in ends,
            stays.get(state, ""))
        for state, spot in laid.states.items()
    )  # fmt: skip
    backs = [bool(one.source) and laid.states[one.source].level > laid.states[one.target].level for one in ways]
    labels = tuple(
        Label(*_corner(spot), text, _whole(one, names, lang), back)
        for spot, text, one, back in zip(laid.labels, texts, ways, backs, strict=True)
    )
    width, height = laid.size
    return Figure(width + 2 * MARGIN, height + 2 * MARGIN, boxes, tuple(_lines(laid, backs)), labels)


def _words(one: Passage, lang: str) -> tuple[str, ...]:
    lines = tuple(line for word in one.words for line in wrapped(word, LONGEST_LABEL))
    if not one.sources:
        return lines
    many = len(one.sources)
    return (f"from {many} states:" if lang == "en" else f"自 {many} 个状态:", *lines)


def _whole(one: Passage, names: dict[str, str], lang: str) -> str:
    """What an arrow says, in a sentence."""
    mark = ", " if lang == "en" else "、"
    begins = mark.join(names[code] for code in one.sources or (one.source,))
    return f"{begins} → {names[one.target]}: {mark.join(one.words)}"


def wrapped(text: str, most: int) -> tuple[str, ...]:
    """A text in lines of so many half-width signs at most: English between words, Chinese in lines of like length."""
    whole = _signs(text)
    room = most if text.isascii() else ceil(whole / ceil(whole / most))
    lines = [""]
    for part in [f"{word} " for word in text.split(" ")] if text.isascii() else list(text):
        if lines[-1] and part not in HANGING and _signs(lines[-1] + part.strip()) > max(room, 2):
            lines.append("")
        lines[-1] += part
    return tuple(line.strip() for line in lines)


def _signs(text: str) -> int:
    return sum(1 if ord(sign) < _ASCII else 2 for sign in text)


def _width(text: str) -> float:
    return sum(NARROW if ord(sign) < _ASCII else WIDE for sign in text)


def _box(lines: Sequence[str], stays: str) -> Size:
    wide = max(*(_width(line) for line in lines), SMALL * _width(f"↻ {stays}") if stays else 0, 76.0)
    return wide + 24, BOX + LINE * (len(lines) - 1) + (LABEL_LINE if stays else 0)


def _size(lines: Sequence[str]) -> Size:
    return SMALL * max(_width(line) for line in lines) + 10, LABEL_LINE * len(lines) + 8


def _corner(spot: Spot) -> tuple[float, float, float, float]:
    width, height = spot.size
    return round(spot.x - width / 2 + MARGIN, 1), round(spot.y + MARGIN, 1), round(width, 1), round(height, 1)


def _lines(laid: Laid, backs: Sequence[bool]) -> list[Line]:
    """The arrows; where several leave or reach a state on the same side they do so side by side."""
    sides: dict[tuple[int, bool], list[tuple[float, int, int]]] = {}
    for n, way in enumerate(laid.ways):
        for spot, near, end in ((way[0], way[1], 0), (way[-1], way[-2], 1)):
            if spot.kind == "state":
                sides.setdefault((id(spot), near.level > spot.level), []).append((near.x, n, end))
    ports: dict[tuple[int, int], float] = {}
    for (_, _), joined in sides.items():
        for place, (_, n, end) in enumerate(sorted(joined)):
            ports[n, end] = (place + 1) / (len(joined) + 1) - 0.5
    return [Line(_path(n, way, ports), back) for n, (way, back) in enumerate(zip(laid.ways, backs, strict=True))]


def _path(n: int, way: Sequence[Spot], ports: dict[tuple[int, int], float]) -> str:
    points: list[tuple[float, float]] = []
    down = way[-1].level > way[0].level
    for at, spot in enumerate(way):
        top, bottom = spot.y, spot.y + spot.size[1]
        if at in {0, len(way) - 1} and spot.kind == "state":
            x = spot.x + ports[n, int(at > 0)] * spot.size[0] * 0.8
            points.append((x, bottom if (at == 0) == down else top))
        elif at == 0:
            points.append((spot.x, bottom))
        else:
            points += [(spot.x, top), (spot.x, bottom)] if down else [(spot.x, bottom), (spot.x, top)]
    points = [(round(x + MARGIN, 1), round(y + MARGIN, 1)) for x, y in points]
    parts = [f"M{points[0][0]} {points[0][1]}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        half = round((y + to_y) / 2, 1)
        parts.append(f"V{to_y}" if x == to_x else f"C{x} {half} {to_x} {half} {to_x} {to_y}")
    return "".join(parts)
