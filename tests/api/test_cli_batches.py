"""``import suits --open``, ``suits submit``, ``funnel`` on an installation: every row accounted for, nothing twice."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.identity import Passwords
from cases.errors import Refusal
from cases.office import open_office, prepare
from cases.settings import Settings
from cases.store.accounts import NewAccount, add_account
from tests.cases.suits import FILE, a_row, csv_of
from tests.people import PASSWORD, QUICK

RUN = CliRunner()
OPEN = ("--open", "--to", "CZ-WX:CZ-FY", "--batch", "B1", "--pay-within", "7")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The batch beside an installation of an association."""
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HUIYIN_PACK", "chizhou")
    monkeypatch.setenv("HUIYIN_DURABLE", "false")
    return Path(shutil.copy(FILE, tmp_path / "batch.csv"))


def said(*words: str, code: int = 0) -> str:
    result = RUN.invoke(app, words)
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def counted(*words: str) -> dict[str, int]:
    """The stages of the funnel that anything has passed."""
    found = json.loads(said("funnel", "--json", *words))
    return {stage: one["suits"] for stage, one in found.items() if one["suits"]}


def test_a_file_is_opened_submitted_and_counted(file: Path):
    prepare(Settings())
    assert "登记 287,补正 0,此前已登记 0,未登记 2" in said("import", "suits", str(file), *OPEN)
    report = rows(file.with_suffix(".report.csv"))
    assert len(report) == 289
    assert {row["opened"] for row in report} == {"登记", "未登记"}
    assert all(row["case"] for row in report)
    assert "登记 0,补正 0,此前已登记 287,未登记 2" in said("import", "suits", str(file), *OPEN)
    assert [row["case"] for row in rows(file.with_suffix(".report.csv"))] == [row["case"] for row in report]
    owner = {"claimant_firm": "陈某某", "claimant_kind": "owner", "defendant_name": "池州晴和物业服务有限公司"}
    file.write_bytes(csv_of([a_row(1, **owner, period_from="", period_to="", notes="请求退还多收的物业费")]))
    assert "登记 1,补正 0" in said("import", "suits", str(file), *OPEN)
    office = open_office(Settings())
    with office.database.writing() as connection:
        hashed = Passwords(QUICK).hash(PASSWORD)
        account = NewAccount("wang", "汪协会", "CZ-WX", ("operator",), hashed)
        add_account(connection, account, office.clock.now())
    office.close()
    handed = said("suits", "submit", "B1", "--as", "wang", "--phone", "0566-2000000")
    assert "提交 190 件,未提交 0 件" in handed
    assert counted() == {"received": 288, "passed": 190, "submitted": 190}
    assert counted("--batch", "B1续1") == {"received": 62}, "what is to be repaired goes with the next batch"
    assert "B1" in said("suits", "list")
    assert "通过筛查" in said("funnel")


def test_what_belongs_to_opening_is_asked_for(file: Path):
    assert "belong to --open" in said("import", "suits", str(file), "--batch", "B1", code=2)
    assert "needs --to" in said("import", "suits", str(file), "--open", code=2)
    prepare(Settings())
    wrong = RUN.invoke(app, ["import", "suits", str(file), "--open", "--to", "CZ-FY:CZ-FY", "--pay-within", "7"])
    assert isinstance(wrong.exception, Refusal)
    assert "接收诉状" in wrong.exception.sentence
    unknown = RUN.invoke(app, ["funnel", "--batch", "没有"])
    assert isinstance(unknown.exception, Refusal)
