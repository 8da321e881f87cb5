"""Before the curtain: the script of the pack, the cast, the settings, and a line of the diary for every row."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from api.demo.cast import cast_courts, cast_departments, departments_of, engage
from api.demo.conductor import AS_OF, write_diary
from api.demo.household import environment, own_settings
from api.demo.script import SCREENING, read_script
from api.identity import Passwords
from api.receiver.telephone import free_ports
from cases.desk.importing import Already, Imported, Refused, Taken
from cases.errors import PackBroken
from cases.intake import read_clues
from cases.intake.report import REJECTED, Reading, Remark
from cases.office import Office
from cases.packs.reading import BUNDLED
from cases.settings import Settings
from tests.api.demo.stage import SCRIPT
from tests.builders import PROPERTY
from tests.cases.desk.test_importing import a_report
from tests.people import QUICK


def test_the_script_words_every_matter_for_every_department(office: Office):
    """A department may be asked for any matter it leads or assists; it always finds words."""
    for department in departments_of(office.pack):
        for matter in office.pack.matters.values():
            wanted = ((matter.group, department.kind), ("*", department.kind), (matter.group, "*"), ("*", "*"))
            rows = [w for w in SCRIPT.wording if (w.group, w.kind) in wanted]
            assert any(w.outcome == "return" and w.article for w in rows)
            assert any(w.outcome != "return" for w in rows)
    for row in SCRIPT.wording:
        assert row.outcome in {"corrected", "ordered", "interviewed", "no_violation", "return"}
        assert row.article or row.outcome not in {"ordered", "return"}


def test_the_script_has_the_people_of_every_station_with_communities(office: Office):
    for community in office.pack.communities.values():
        station = office.pack.station_for(community.street)
        assert station is not None
        assert SCRIPT.player(station.code, "operator")
        assert SCRIPT.player(station.code, "station_head")


def test_somebody_is_deaf_somebody_fails_and_nobody_hangs_for_ever():
    behaviours = SCRIPT.behaviour.values()
    assert any(one.deaf for one in behaviours)
    assert any(one.fails for one in behaviours)
    assert any(one.hangs for one in behaviours)
    assert all(5 < one.hang_seconds <= 20 for one in behaviours)


@pytest.mark.parametrize("spoiled", ["decision", "pattern"])
def test_a_script_with_a_fault_says_so(tmp_path: Path, spoiled: str):
    pack = tmp_path / "pack"
    (pack / "demo").mkdir(parents=True)
    for file in (BUNDLED / "jintan" / "demo").glob("*.csv"):
        (pack / "demo" / file.name).write_bytes(file.read_bytes())
    (pack / "pack.toml").write_text('name = "pack"\n', encoding="utf-8")
    assert read_script(str(pack)).players == SCRIPT.players
    row = {"decision": "x,shrug,,,r", "pattern": "(,decline,,,r"}[spoiled]
    (pack / "demo" / SCREENING).write_text(f"pattern,decision,channel,phone,reason\n{row}\n", encoding="utf-8")
    with pytest.raises(PackBroken):
        read_script(str(pack))
    (pack / "demo" / SCREENING).unlink()
    with pytest.raises(PackBroken, match=SCREENING):
        read_script(str(pack))


def test_departments_are_told_what_they_need(office: Office, tmp_path: Path):
    cast = engage(office, SCRIPT, {PROPERTY}, Passwords(QUICK))
    organisations = departments_of(office.pack)
    kinds = {one.kind for one in organisations}
    assert {
        "police",
        "fire",
        "urban",
        "housing",
        "market",
        "environment",
        "street",
        "mediation",
        "gas",
        "health",
    } <= kinds
    assert not kinds & {"station", "property", "grid", "district"}
    ports = list(range(20000, 20000 + len(organisations)))
    departments = cast_departments(office.pack, SCRIPT, cast, tmp_path / "d", ports)
    assert len({one.port for one in departments}) == len(departments)
    assert PROPERTY in cast.keys
    for one in departments:
        assert len(set(one.officers)) == 2, one.org
        assert one.org not in one.peers
        assert one.org not in one.proposes.values()
        assert one.api_key == cast.keys[one.org]
    urban = next(one for one in departments if one.kind == "urban")
    assert urban.proposes["CG01|JT-C01"] == "JT-GH"


def test_the_court_of_the_demonstration_answers_without_a_conductor(office: Office, tmp_path: Path):
    (court,) = cast_courts(office.pack, SCRIPT, {"JT-FY": "hy_a_b"}, tmp_path, 20000)
    assert (court.org, court.kind, court.prompt, court.api_key) == ("JT-FY", "court", True, "hy_a_b")
    assert court.court == SCRIPT.court
    assert cast_courts(office.pack, replace(SCRIPT, court=None), {}, tmp_path, 20000) == []


def test_a_demonstration_never_touches_the_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUIYIN_DATABASE", "postgresql://production/huiyin")
    settings = own_settings(tmp_path, Settings())
    assert settings.database_url == f"sqlite:///{tmp_path / 'huiyin.db'}"
    assert settings.demo
    assert settings.port != settings.prefect_port
    assert settings.lease_seconds >= settings.answer_seconds + 10


def test_every_process_runs_the_same_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    settings = own_settings(tmp_path, Settings(pack="jintan"))
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings
    assert os.environ["HUIYIN_DEMO"] == "true"


def test_free_ports_are_free_and_differ():
    ports = free_ports(20)
    assert len(set(ports)) == 20
    assert all(port > 1023 for port in ports)


def test_every_row_of_the_file_has_its_line(office: Office):
    report = a_report("好的")
    reading = Reading(
        [report, a_report("收过", row=3), a_report("坏的", row=4)],
        [Remark(5, "X", "found_at", "日期在将来", REJECTED), Remark(5, "X", "room", "第二条", REJECTED)],
        [],
        4,
    )
    imported = Imported([Taken("好的", "R1", "CODE", "case1")], [Already("收过", "c")], [Refused("坏的", "没有小区")])
    diary = write_diary(office, reading, imported)
    assert len(diary.lines) == reading.rows
    assert {(line.external_id, line.outcome, line.reason) for line in diary.lines} == {
        ("好的", None, ""),
        ("收过", "rejected", "这个来件编号已经收过"),
        ("坏的", "rejected", "没有小区"),
        ("X", "rejected", "日期在将来"),
    }
    line = diary.by_case["case1"]
    assert (line.receipt, line.code, line.org) == ("R1", "CODE", PROPERTY)
    assert diary.undecided == [line]


def test_every_row_of_the_file_of_the_pack_is_read(office: Office):
    reading = read_clues(SCRIPT.clues, office.pack, AS_OF)
    diary = write_diary(office, replace(reading, reports=[]), Imported())
    assert reading.rows == len(reading.reports) + diary.count("rejected")
    assert reading.rows == 300
