"""The commands about suits (诉状): screened, opened as cases, handed to a court, counted.

Imported inside, like every command, is the heavy side. What does not live here: what a command does (screening, suits).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

suits = typer.Typer(help="Batches of suits 诉状批次", no_args_is_help=True)


def import_suits(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="CSV of property-fee suits, one batch")],
    report: Annotated[Path | None, typer.Option(help="Where the answers go; left out: FILE.report.csv")] = None,
    as_of: Annotated[str | None, typer.Option(help="Day of the screening; left out: today")] = None,
    opening: Annotated[bool, typer.Option("--open", help="Open a case for each usable row, none twice")] = False,
    to: Annotated[str | None, typer.Option(help="With --open: ASSOCIATION:COURT, codes of the pack")] = None,
    batch: Annotated[
        str | None, typer.Option(help="With --open: number of the batch; left out: the file's name")
    ] = None,
    pay_within: Annotated[int | None, typer.Option(min=1, help="With --open: days the demand letters gave")] = None,
) -> None:
    """Screen a batch of suits row by row: pass, repair or reject, with reasons; needs no database, but for --open."""
    from api.cli.screening import screen_file
    from api.cli.suits import open_file
    from api.reckoning import moment_of

    moment = moment_of(as_of) if as_of else None
    if not opening:
        if to or batch or pay_within:
            raise typer.BadParameter("--to, --batch and --pay-within belong to --open")
        raise typer.Exit(screen_file(file, report, moment))
    if to is None or pay_within is None or as_of:
        raise typer.BadParameter("--open needs --to ASSOCIATION:COURT and --pay-within DAYS, and takes the present day")
    raise typer.Exit(open_file(file, report, to, batch or file.stem, pay_within))


@suits.command("submit")
def submit_suits(
    batch: Annotated[str, typer.Argument(help="Number of the batch")],
    login: Annotated[str, typer.Option("--as", help="Login of whoever hands it over, at the association")],
    phone: Annotated[str, typer.Option(help="Where the court may ask")],
) -> None:
    """Hand a batch to its court with a manifest; asked again, it goes on where it was."""
    from api.cli.suits import submit

    raise typer.Exit(submit(batch, login, phone))


@suits.command("list")
def list_batches() -> None:
    """The batches of suits and how far they are."""
    from api.cli.suits import show_batches

    show_batches()


def show_funnel(
    batch: Annotated[str | None, typer.Option(help="Number of one batch; left out: every suit")] = None,
    json_out: Annotated[bool, typer.Option("--json", help="As JSON")] = False,
) -> None:
    """How many suits were received, passed, submitted, settled, filed, mediated, judged, performed."""
    from api.cli.suits import show_funnel as show

    show(batch, json_out)
