"""``count`` and ``deadline``: the fast counter against one that counts day by day, and how long one deadline takes.

What does not live here: the slow counter (``day_by_day``) and the rules that are measured.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from api.bench.day_by_day import BEIJING, DayByDay
from api.bench.figure import Figure, figure, seconds
from cases.office import CALENDARS
from cases.rules.calendar import Calendar, Window, windows_of
from cases.rules.counting import Pause, Span, due, parse_rule
from cases.rules.years import read_calendar

PAIRS = 1_000_000
SEED = 20261121
FIRST = datetime(2024, 12, 1, tzinfo=BEIJING)
SPREAD = 900 * 86_400
"""Seconds over which the starts are spread: from before the first known year until after the last."""

HOURS = (windows_of("09:00-17:30"), windows_of("09:00-12:00,13:30-17:30"))
MOST = {"wd": 60, "d": 120, "m": 12, "y": 3, "h": 120, "min": 3000, "work_h": 60}
CHUNK = 5_000
SHOWN = 10

LIMITS = ("7wd", "30d", "30d!", "2m", "24h", "4work_h")
RUNS, EACH = 15, 400


@dataclass(frozen=True, slots=True)
class Pair:
    """A start and a limit, with what is not counted, under one of the office hours."""

    start: datetime
    span: Span
    pauses: tuple[tuple[datetime, datetime], ...]
    hours: int


@dataclass(slots=True)
class Compared:
    """What a comparison came to; ``fast`` and ``slow`` are seconds spent by either counter."""

    pairs: int = 0
    fast: float = 0.0
    slow: float = 0.0
    differing: list[str] = field(default_factory=list)


def pairs(many: int, seed: int = SEED) -> Iterator[Pair]:
    """Random pairs, the same for the same seed; a third of them with one to three pauses, which may overlap."""
    random = Random(seed)
    units = list(MOST)
    for _ in range(many):
        unit = random.choice(units)
        start = FIRST + timedelta(seconds=random.randrange(SPREAD))
        span = Span(random.randint(1, MOST[unit]), unit, unit not in "dmy" or random.random() < 0.5)
        spells = [_spell(random, start) for _ in range(random.randint(1, 3) if random.random() < 1 / 3 else 0)]
        yield Pair(start, span, tuple(spells), random.randrange(len(HOURS)))


def _spell(random: Random, start: datetime) -> tuple[datetime, datetime]:
    begins = start + timedelta(seconds=random.randint(-5 * 86_400, 60 * 86_400))
    return begins, begins + timedelta(seconds=random.choice((0, 3_600, 86_400, 20 * 86_400)) + random.randrange(86_400))


def compare(many: int, seed: int = SEED, advance: Callable[[int], object] = lambda _: None) -> Compared:
    """Count ``many`` pairs both ways."""
    base = read_calendar(CALENDARS)
    fast = [base.with_hours(windows) for windows in HOURS]
    slow = [DayByDay(CALENDARS, _shifts(windows), _holidays(base)) for windows in HOURS]
    found = Compared()
    todo = pairs(many, seed)
    while chunk := list(itertools.islice(todo, CHUNK)):
        _compare(chunk, fast, slow, found)
        advance(len(chunk))
    return found


def _compare(chunk: list[Pair], fast: list[Calendar], slow: list[DayByDay], found: Compared) -> None:
    asked = [(one, [Pause(*spell) for spell in one.pauses]) for one in chunk]
    begun = perf_counter()
    ours = [due(one.start, one.span, fast[one.hours], pauses=pauses).at for one, pauses in asked]
    turned = perf_counter()
    theirs = [slow[p.hours].end(p.start, (p.span.amount, p.span.unit, p.span.rolls), p.pauses) for p in chunk]
    found.slow += perf_counter() - turned
    found.fast += turned - begun
    found.pairs += len(chunk)
    for one, mine, other in zip(chunk, ours, theirs, strict=True):
        if mine != other:
            found.differing.append(
                f"{one.start} {one.span} {one.pauses} {HOURS[one.hours]}: {mine}, day by day {other}"
            )


def _shifts(windows: tuple[Window, ...]) -> list[tuple[int, int]]:
    return [(w.opens.hour * 3600 + w.opens.minute * 60, w.closes.hour * 3600 + w.closes.minute * 60) for w in windows]


def _holidays(calendar: Calendar) -> frozenset[date]:
    years = range(FIRST.year, FIRST.year + 10)
    return frozenset(day for year in years for day in calendar.statutory.days(year))


def run_count() -> list[Figure]:
    """Pairs a second, ours and day by day, over a million random pairs; and how many differ, which must be none."""
    columns = (TextColumn("count"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=PAIRS)
        found = compare(PAIRS, advance=lambda n: progress.advance(bar, n))
    for line in found.differing[:SHOWN]:
        console.print(line, markup=False)
    return [
        figure("count", "-", found.pairs / found.fast, found.pairs / found.slow, "faster than day by day", "pairs/s"),
        figure("count differences", "-", len(found.differing), found.pairs, "0", "pairs"),
    ]


def run_deadline() -> list[Figure]:
    """Microseconds for one deadline from a warm calendar; base is the same day by day."""
    calendar = read_calendar(CALENDARS, HOURS[1])
    slow = DayByDay(CALENDARS, _shifts(HOURS[1]), _holidays(calendar))
    start = datetime(2026, 9, 18, 16, 0, tzinfo=BEIJING)
    spells = (
        (start + timedelta(days=1), start + timedelta(days=6)),
        (start + timedelta(days=9), start + timedelta(days=12)),
    )
    found: list[Figure] = []
    for text, pauses in itertools.product(LIMITS, ((), spells)):
        span, kept = parse_rule(text), [Pause(*spell) for spell in pauses]
        limit = (span.amount, span.unit, span.rolls)
        ours = _micros(lambda span=span, kept=kept: due(start, span, calendar, pauses=kept))
        base = _micros(lambda limit=limit, pauses=pauses: slow.end(start, limit, pauses))
        name = f"deadline {text}{' with two pauses' if pauses else ''}"
        found.append(figure(name, "-", ours, base, "<= 20", "microseconds"))
    return found


def _micros(deed: Callable[[], object]) -> float:
    def some() -> None:
        for _ in range(EACH):
            deed()

    some()
    # the best of many runs: whatever else the machine does only makes a run longer
    return min(seconds(some) for _ in range(RUNS)) / EACH * 1e6
