"""The command line (命令行): the composition root, the only place where both sides of the house meet.

The heavy side is imported inside the commands, so that ``--help`` stays fast. What does not live here: what a command
does (its module).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.bench.command import bench
from api.cli.court import import_suits, show_funnel, suits

app = typer.Typer(
    name="huiyin",
    help="Huiyin 回音: no report ends in silence. 件件有回音",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
imports = typer.Typer(help="Take in files of reports", no_args_is_help=True)
packs = typer.Typer(help="Jurisdiction packs 地区包", no_args_is_help=True)
audit = typer.Typer(help="The hash-chained history 办理记录", no_args_is_help=True)
calendar = typer.Typer(help="Deadlines and the working calendar 时限与工作日历", no_args_is_help=True)
accounts = typer.Typer(help="Accounts and API keys 账号与密钥", no_args_is_help=True)
for name, part in {
    "import": imports,
    "pack": packs,
    "audit": audit,
    "suits": suits,
    "calendar": calendar,
    "accounts": accounts,
}.items():
    app.add_typer(part, name=name)
    part.callback()(lambda: None)
imports.command("suits")(import_suits)
app.command("funnel")(show_funnel)


@app.command()
def up(
    demo: Annotated[
        bool | None, typer.Option(help="A demonstration or not; left out: a new installation is one")
    ] = None,
) -> None:
    """Start everything on this machine and stay until Ctrl-C; the next start goes on with the same data."""
    from api.cli.starting import up as start

    raise typer.Exit(start(demo))


@app.command()
def serve() -> None:
    """Run the API alone."""
    from api.cli.starting import serve as run

    run()


@app.command()
def work() -> None:
    """Run the flows, with an embedded Prefect server where none is named."""
    from api.cli.working import run

    raise typer.Exit(run())


@app.command()
def demo(
    clues: Annotated[Path | None, typer.Option(help="CSV of reports; left out: the pack's own")] = None,
    as_of: Annotated[str | None, typer.Option(help="Moment of the demonstration, e.g. 2026-11-21T09:00")] = None,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write every row's outcome as JSON")] = None,
    keep: Annotated[bool, typer.Option(help="Keep database and logs")] = False,
) -> None:
    """Run the main job once; exit 0 only if every accepted report reached an end with its answer delivered."""
    from rich.console import Console

    from api.demo.conductor import run_demo
    from api.reckoning import moment_of

    raise typer.Exit(run_demo(clues, moment_of(as_of) if as_of else None, json_path, keep, Console()))


@app.command()
def migrate() -> None:
    """Bring schema and published pack up to date."""
    from api.cli.keeping import bring_up_to_date

    bring_up_to_date()


@imports.command("clues")
def import_clues(file: Annotated[Path, typer.Argument(help="CSV of reports")]) -> None:
    """Import reports; bad rows go to a reject file, the same file twice creates nothing twice."""
    from api.cli.keeping import take_in

    raise typer.Exit(take_in("clues", file))


@imports.command("mediators")
def import_mediators(
    folder: Annotated[Path, typer.Argument(help="Folder with committees.csv, mediators.csv, rooms.csv")],
) -> None:
    """Import a register of mediation; the same folder twice changes nothing."""
    from api.cli.keeping import take_register

    take_register(folder)


@app.command("check-pack")
def check_pack(
    name: Annotated[str, typer.Argument(help="Name or folder of a pack")],
    against: Annotated[
        str | None, typer.Option(help="Back-test: NAME, NAME@VERSION as published, or a folder; replays its cases")
    ] = None,
    since: Annotated[int | None, typer.Option(min=1, help="Also cases closed in the last so many days")] = None,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write everything that would change")] = None,
) -> None:
    """Check a pack: file, line, field, what is wrong, what would be right; and what it would change."""
    from api.cli.packing import check_pack as check
    from api.cli.packing import try_pack

    if against is None and (since or json_path):
        raise typer.BadParameter("--since and --json belong to --against")
    raise typer.Exit(check(name) if against is None else try_pack(name, against, since, json_path))


@packs.command("publish")
def publish(name: Annotated[str | None, typer.Argument(help="Name or folder of a pack")] = None) -> None:
    """Publish an immutable version of a checked pack, unless it leaves an open case without a lawful next step."""
    from api.cli.packing import publish as issue

    raise typer.Exit(issue(name))


@packs.command("rebase")
def rebase(
    name: Annotated[str, typer.Argument(help="Name of the pack")],
    login: Annotated[str, typer.Option("--as", help="Login of the station head who decides it")],
    reason: Annotated[str, typer.Option(help="Why, as it stands in every case's history")],
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[CASE]...", help="Numbers of cases")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every open case of the head's station")] = False,
) -> None:
    """Move open cases to the newest version of their pack; elapsed and stood time are kept."""
    from api.cli.rebasing import rebase as move

    if bool(numbers) == every:
        raise typer.BadParameter("name cases, or say --all")
    raise typer.Exit(move(name, login, reason, numbers or []))


@app.command()
def replay(org: Annotated[str | None, typer.Argument(help="Only to this organisation")] = None) -> None:
    """Send parked notices again."""
    from api.cli.keeping import send_again

    send_again(org)


@app.command()
def doctor() -> None:
    """Say how this installation is; exit 1 when something is wrong."""
    from api.cli.looking import doctor as look

    raise typer.Exit(look())


@app.command()
def reindex() -> None:
    """Build the index that cases are searched by again; the office may go on working."""
    from api.cli.keeping import reindex as build

    build()


@app.command()
def draw() -> None:
    """Draw the state diagrams and the glossary into cases/README.md and README.md."""
    from api.cli.drawing import draw_all

    raise typer.Exit(draw_all())


@audit.command("verify")
def verify(workers: Annotated[int, typer.Option(min=1, max=16)] = 2) -> None:
    """Verify every chain: 0 all hold, 1 one does not, 2 could not be done."""
    from api.cli.looking import verify as look

    raise typer.Exit(look(workers))


@audit.command("checkpoint")
def checkpoint(
    acknowledged: Annotated[bool, typer.Option(help="A loss is known (a restored backup)")] = False,
) -> None:
    """Write a checkpoint over the heads of all chains."""
    from api.cli.looking import take_checkpoint

    raise typer.Exit(take_checkpoint(acknowledged))


@calendar.command("add")
def add(
    start: Annotated[str, typer.Argument(help="2026-02-13 or 2026-10-02T10:00")],
    rule: Annotated[str, typer.Argument(help="3wd, 30d (rolls over), 30d!, 24h, 2m, 1y, 4work_h")],
    json_out: Annotated[bool, typer.Option("--json", help="As JSON")] = False,
) -> None:
    """When a limit ends, with every day that counted or did not."""
    from api.cli.almanac import count

    count(start, rule, json_out)


@calendar.command("import")
def import_year(
    file: Annotated[Path, typer.Argument(help="CSV date,kind,name,notice, or the notice's own text")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace a known year")] = False,
    reason: Annotated[str, typer.Option(help="Why it is replaced, or has more days off than the law gives")] = "",
    extra_days: Annotated[int, typer.Option(help="Days off given beyond the law in this year")] = 0,
    by: Annotated[str, typer.Option(help="Who takes it in; left out: the user of this machine")] = "",
) -> None:
    """Take in the State Council's holiday notice of a year, whole or not at all."""
    from api.cli.almanac import Wish, take_in

    raise typer.Exit(take_in(file, Wish(replace, reason, extra_days, by)))


@calendar.command("recount")
def recount(
    every: Annotated[
        bool, typer.Option("--every", help="Every running deadline, after a known year was replaced")
    ] = False,
) -> None:
    """Count provisional deadlines again; an import does it by itself."""
    from api.cli.almanac import recount_again

    raise typer.Exit(recount_again(every))


@calendar.command("list")
def list_years() -> None:
    """The known years and every revision taken in."""
    from api.cli.almanac import show

    show()


@accounts.command("create")
def create(
    login: str,
    name: str,
    org: str,
    roles: Annotated[str, typer.Argument(help="By commas")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
) -> None:
    """Open an account; the password is asked for twice."""
    from api.cli.people import create as open_account

    open_account(login, name, org, roles, password)


@accounts.command("list")
def show() -> None:
    """List the accounts."""
    from api.cli.people import show as list_accounts

    list_accounts()


@accounts.command("key")
def key(
    org: str,
    name: str,
    roles: Annotated[str, typer.Argument(help="By commas")],
    scopes: Annotated[str, typer.Option(help="By commas; empty: all")] = "",
) -> None:
    """Issue an API key; it is shown once."""
    from api.cli.people import issue

    issue(org, name, roles, scopes)


app.command()(bench)


@app.command(hidden=True)
def departments(config: Annotated[Path, typer.Option(help="Roster of demo departments")]) -> None:
    """Run the demo departments of a roster."""
    from api.receiver.department import main as open_them

    open_them(["--config", str(config)])


def main() -> None:
    """Run a command; a refusal is one sentence and exit code 2."""
    from cases.errors import Refusal

    try:
        app()
    except Refusal as refusal:
        fields = "".join(f"\n  {name}: {why}" for name, why in getattr(refusal, "fields", {}).items())
        sys.stderr.write(f"{refusal.sentence}{fields}\n")
        sys.exit(2)
