"""The pack on the command line: tried on recorded cases, refused where it strands one, published, cases moved to it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.cli import app
from cases.errors import NotAllowed, NotFound, Refusal
from cases.office import Office, open_office, prepare
from cases.settings import Settings
from cases.store.sheaf import table
from tests import people
from tests.api.test_cli import RUN, said
from tests.builders import FRIDAY, OPERATOR, STATION, a_clue
from tests.house.tree import ROOT

COMMUNITY_LINE = "JT-C01,"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An installation of its own with the cast and two reports, one of them closed."""
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))
    monkeypatch.setenv("HUIYIN_DURABLE", "false")
    prepare(Settings())
    office = open_office(Settings())
    with office.database.writing() as connection:
        people.move_in(connection, FRIDAY)
        for room in ("1", "2"):
            office.desk.open_case(connection, office.pack_id, a_clue(room=room), OPERATOR, FRIDAY)
    yield office
    office.close()


def a_pack(folder: Path, *, amount: int = 1, without: str = "") -> Path:
    """A pack of the same name in a folder: another version, another limit for acceptance, a community left out."""
    shutil.copytree(ROOT / "cases" / "packs" / "jintan", folder, ignore=shutil.ignore_patterns("demo"))
    manifest = folder / "pack.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("2026.11.1", "2026.12.1"), encoding="utf-8")
    base = (ROOT / "cases" / "packs" / "base" / "limits.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    row = next(line for line in base if line.startswith("ST-ACCEPT,"))
    (folder / "limits.csv").write_text(base[0] + row.replace(",1,wd,", f",{amount},wd,"), encoding="utf-8")
    if without:
        places = folder / "communities.csv"
        kept = [line for line in places.read_text(encoding="utf-8").splitlines() if not line.startswith(without)]
        places.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def test_a_pack_is_tried_on_the_recorded_cases(office: Office, tmp_path: Path):
    new, file = a_pack(tmp_path / "new", amount=3), tmp_path / "found.json"
    text = said("check-pack", str(new), "--against", "jintan", "--json", str(file))
    assert "检查通过" in text
    assert "回放 2 件案件、2 个时限" in text
    assert "时限变化 2:acceptance 2" in text
    assert "2026-11-23 23:59:59" in text
    assert "2026-11-25 23:59:59" in text
    assert "所有在办案件都有合法的下一步" in text
    found = json.loads(file.read_text(encoding="utf-8"))
    assert [one["kind"] for one in found["changes"]] == ["deadline", "deadline"]
    assert found["summary"]["deadlines"] == {"acceptance": 2}
    assert found["summary"]["pack"] == {"name": "jintan", "version": "2026.12.1"}
    assert list(tmp_path.glob("*.part")) == []


def test_a_version_and_a_folder_may_stand_for_the_old_one(office: Office, tmp_path: Path):
    new = a_pack(tmp_path / "new", amount=3)
    assert "时限变化 2" in said("check-pack", str(new), "--against", f"jintan@{office.pack.version}")
    assert "时限变化 0" in said("check-pack", str(new), "--against", str(a_pack(tmp_path / "same", amount=3)))
    assert "时限变化 2" in said("check-pack", str(new), "--against", str(ROOT / "cases" / "packs" / "jintan"))
    assert isinstance(RUN.invoke(app, ["check-pack", str(new), "--against", "nowhere"]).exception, NotFound)
    assert "--against" in said("check-pack", "jintan", "--json", str(tmp_path / "x"), code=2)


def test_a_pack_that_strands_a_case_is_neither_passed_nor_published(office: Office, tmp_path: Path):
    new = a_pack(tmp_path / "new", without=COMMUNITY_LINE)
    text = said("check-pack", str(new), "--against", "jintan", code=1)
    assert "2 件在办案件将没有合法的下一步" in text
    assert text.count("新版地区包没有小区JT-C01") == 2
    assert "没有合法的下一步" in said("pack", "publish", str(new), code=1)
    with office.database.reading() as connection:
        assert len(office.shelf.versions(connection, "jintan")) == 1


def test_a_start_with_a_pack_that_strands_a_case_goes_on_under_the_old_one(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    """An update brings its pack along, and nobody sits before an embedded office when it starts."""
    settings = Settings(pack=str(a_pack(tmp_path / "jintan", without=COMMUNITY_LINE)))
    prepare(settings)
    with office.database.reading() as connection:
        assert [one.version for one in office.shelf.versions(connection, "jintan")] == ["2026.11.1"]
    assert "2 件在办案件将没有合法的下一步" in caplog.text
    fine = Settings(pack=str(a_pack(tmp_path / "fine" / "jintan", amount=3)))
    prepare(fine)
    with office.database.reading() as connection:
        assert len(office.shelf.versions(connection, "jintan")) == 2


def test_what_is_published_already_is_not_asked_again(office: Office):
    assert "版本号 1" in said("pack", "publish", "jintan")


def test_open_cases_move_to_the_newest_version_by_the_heads_step(office: Office, tmp_path: Path):
    assert "版本号 2" in said("pack", "publish", str(a_pack(tmp_path / "new", amount=3)))
    with office.database.reading() as connection:
        first, second = (row.number for row in connection.execute(table("case_file").select().order_by("number")))
    words = ("pack", "rebase", "jintan", "--reason", "新版地区包施行")
    assert "转用新版 1 件,未转用 0 件" in said(*words, first, "--as", "li")
    assert "转用新版 1 件,未转用 0 件" in said(*words, "--all", "--as", "li")
    assert "转用新版 0 件" in said(*words, "--all", "--as", "li"), "nothing is left to move"
    with office.database.reading() as connection:
        rows = connection.execute(table("deadline").select()).all()
        entries = [row for row in connection.execute(table("entry").select()) if row.verb == "rebase"]
    assert {row.due_at - FRIDAY for row in rows} == {timedelta(days=5, hours=14, minutes=59, seconds=59)}
    assert {(entry.actor_org, entry.role) for entry in entries} == {(STATION, "station_head")}
    assert len(entries) == 2
    assert second not in said(*words, "--all", "--as", "li")


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        (("--as", "wang", "--all"), NotAllowed),
        (("--as", "nobody", "--all"), NotFound),
        (("--as", "li", "X-1"), NotFound),
    ],
)
def test_who_may_not_move_cases_is_refused(
    office: Office, tmp_path: Path, more: tuple[str, ...], refusal: type[Refusal]
):
    said("pack", "publish", str(a_pack(tmp_path / "new", amount=3)))
    result = RUN.invoke(app, ["pack", "rebase", "jintan", "--reason", "新版地区包施行", *more])
    assert isinstance(result.exception, refusal)
    with office.database.reading() as connection:
        assert {row.pack_id for row in connection.execute(table("case_file").select())} == {1}


def test_cases_are_named_or_all_are_meant(office: Office):
    said("pack", "rebase", "jintan", "--as", "li", "--reason", "新版", code=2)
