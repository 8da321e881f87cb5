"""``huiyin bench``: which measurements, of what size, written where. Nothing is measured, or even imported, before.

What does not live here: the measurements and how they are printed (registry).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CASES = 50_000


def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="step batch route sweep import suggest deadline count recount console filters pages "
            "streams beside glance; none: all"
        ),
    ] = None,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write the figures as JSON")] = None,
    cases: Annotated[
        int, typer.Option(min=1_000, help="console, filters, pages, streams, beside, glance: over how many")
    ] = CASES,
    only: Annotated[str, typer.Option(help="The same: sqlite or postgresql; left out: both")] = "",
) -> None:
    """Measure, as ratios against a base of the same run."""
    from api.bench.registry import run

    run(names or [], json_path, cases=cases, only=only)
