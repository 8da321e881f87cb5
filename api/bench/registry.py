"""The benches by name (基准测试), run one after the other, printed as ratios and written as JSON.

What does not live here: the measurements.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console
from rich.table import Table

from api.bench import beside, counting, filters, glance, importing, lanes, pages, recounting, steps, suggest
from api.bench import console as queue
from api.bench.command import CASES
from api.bench.figure import Figure
from api.bench.many import full_offices
from cases.errors import NotFound
from cases.office import Office

BENCHES: dict[str, Callable[[], list[Figure]]] = {
    "step": steps.run_step,
    "batch": steps.run_batch,
    "route": lanes.run_route,
    "sweep": lanes.run_sweep,
    "import": importing.run,
    "suggest": suggest.run,
    "deadline": counting.run_deadline,
    "count": counting.run_count,
    "recount": recounting.run,
}
FULL: dict[str, Callable[[str, Office], list[Figure]]] = {
    "console": queue.measured,
    "filters": filters.measured,
    "pages": pages.measured,
    "streams": beside.streams,
    "glance": glance.measured,
    "beside": beside.beside,
}
"""Benches in an office full of as many cases as are asked for, on the database that is asked for: filled once for all
of them, and the one that changes most comes last."""

WIDE = 160
"""Columns of the table where no terminal says how many it has."""

PROGRESSING = frozenset({"count", "recount"})
"""Benches that show their own progress."""


def run(
    names: Sequence[str], json_path: Path | None, console: Console | None = None, *, cases: int = CASES, only: str = ""
) -> list[Figure]:
    """Run the named benches (all, when none is named); NotFound for a name nobody knows. ``cases`` and ``only`` are
    the size and the database of those in ``FULL``."""
    console = console or Console(width=None if sys.stdout.isatty() else WIDE)
    unknown = [name for name in names if name not in {*BENCHES, *FULL}]
    if unknown:
        raise NotFound(f"没有这些基准测试:{'、'.join(unknown)};可选:{'、'.join([*BENCHES, *FULL])}")
    wanted = names or [*BENCHES, *FULL]
    found: list[Figure] = []
    for name in (one for one in BENCHES if one in wanted):
        with nullcontext() if name in PROGRESSING else console.status(f"{name} …"):
            found += BENCHES[name]()
    full = [name for name in FULL if name in wanted]
    for kind, office in full_offices(cases, only) if full else ():
        for name in full:
            Console(stderr=True).print(f"{kind}: {name} …")
            found += FULL[name](kind, office)
    console.print(_table(found))
    if json_path is not None:
        json_path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return found


def _table(found: list[Figure]) -> Table:
    table = Table(title="huiyin bench")
    for heading in ("name", "database", "ours", "base", "ratio", "goal", "unit"):
        table.add_column(heading, justify="right" if heading in {"ours", "base", "ratio"} else "left")
    for one in found:
        cells = [one["name"], one["database"], f"{one['ours']:,.3f}", f"{one['base']:,.3f}", f"{one['ratio']:.2f}"]
        table.add_row(*cells, str(one["goal"]), one["unit"])
    return table
