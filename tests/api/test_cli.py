"""The command line: quick to answer, sparing with imports, honest in its exit codes."""

from __future__ import annotations

import json
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app, drawing, starting
from api.cli.furnishing import ACCOUNTS_FILE
from cases.office import Office, open_office, prepare
from cases.settings import Settings
from tests.builders import FRIDAY, OPERATOR, a_clue
from tests.house.tree import ROOT

RUN = CliRunner()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own in the environment, not yet prepared."""
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))
    monkeypatch.setenv("HUIYIN_DURABLE", "false")
    return tmp_path


@pytest.fixture
def office(home: Path) -> Office:
    """The same, prepared, with one case."""
    prepare(Settings())
    office = open_office(Settings())
    with office.database.writing() as connection:
        office.desk.open_case(connection, office.pack_id, a_clue(), OPERATOR, FRIDAY)
    office.close()
    return office


def said(*words: str, code: int = 0, given: str | None = None) -> str:
    result = RUN.invoke(app, list(words), input=given)
    assert result.exit_code == code, result.output
    return result.output


def test_help_is_quick_and_imports_nothing_heavy():
    script = (
        "import sys; from api.cli import app; from typer.testing import CliRunner; "
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0; "
        "heavy = {'prefect', 'fastapi', 'sklearn', 'sqlalchemy', 'httpx', 'aiohttp', 'uvicorn'} & set(sys.modules); "
        "sys.exit(str(sorted(heavy)) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)


def test_every_command_is_in_the_help():
    text = said("--help")
    for name in ("up", "serve", "work", "migrate", "demo", "import", "check-pack", "pack", "draw", "doctor", "audit"):
        assert name in text
    for name in ("replay", "calendar", "accounts", "bench"):
        assert name in text
    assert "departments" not in text


def test_migrate_can_be_repeated(home: Path):
    for _ in range(2):
        assert "jintan" in said("migrate")
    assert (home / "huiyin.db").exists()


def test_check_pack():
    assert "检查通过" in said("check-pack", "jintan")
    assert "错误" in said("check-pack", "no-such-pack", code=1)


def test_publish_answers_a_number(home: Path):
    prepare(Settings())
    assert "版本号 1" in said("pack", "publish")


def test_calendar_counts_every_day():
    text = said("calendar", "add", "2026-11-20T09:00", "3wd")
    assert "期限届满:2026-11-25 23:59:59" in text
    answer = json.loads(said("calendar", "add", "2026-11-20T09:00", "3wd", "--json"))
    assert answer["due"] == "2026-11-25T23:59:59+08:00"
    assert [day for day, counted, _ in answer["days"] if counted] == ["2026-11-23", "2026-11-24", "2026-11-25"]


def test_audit_says_whether_histories_are_whole(office: Office):
    assert "全部相符" in said("audit", "verify")
    assert "检查点" in said("audit", "checkpoint")
    changed = open_office(Settings())
    with changed.database.writing() as connection:
        connection.exec_driver_sql("UPDATE case_file SET head_hash = 'bad'")
    changed.close()
    assert "不符" in said("audit", "verify", code=1)
    assert "未生成" in said("audit", "checkpoint", code=1)


def test_audit_that_cannot_read_says_so(home: Path):
    (home / "huiyin.db").write_bytes(b"no database at all, whatever its name may say" * 100)
    assert "无法核验" in said("audit", "verify", code=2)


def test_doctor_looks_at_everything(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUIYIN_DURABLE", "true")
    text = said("doctor")
    for word in ("SQLite", "数据库", "地区包", "工作日历", "Prefect", "时钟差", "投递租期"):
        assert word in text


def test_doctor_finds_a_lease_that_is_too_short(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUIYIN_DURABLE", "true")
    monkeypatch.setenv("HUIYIN_LEASE_SECONDS", "12")
    (wrong,) = [line for line in said("doctor", code=1).splitlines() if "✗" in line]
    assert "投递租期" in wrong


def test_import_takes_a_file_in_once(office: Office, tmp_path: Path):
    file = tmp_path / "clues.csv"
    shutil.copyfile(ROOT / "cases" / "packs" / "jintan" / "demo" / "clues.csv", file)
    assert "此前已收 0" in said("import", "clues", str(file))
    receipts = tmp_path / "clues.receipts.csv"
    assert stat.S_IMODE(receipts.stat().st_mode) == 0o600
    assert "收入 0" in said("import", "clues", str(file))


def open_an_account() -> str:
    words = ("accounts", "create", "new.operator", "新同事", "JT-JC-ZD", "operator")
    return said(*words, given="Huiyin-2026-mima\nHuiyin-2026-mima\n")


def test_accounts_ask_for_a_password_and_show_no_secret(office: Office):
    assert "已建立" in open_an_account()
    shown = said("accounts", "list")
    assert "new.operator" in shown
    assert "mima" not in shown
    assert "argon2" not in shown


def test_a_key_is_shown_once_with_all_scopes_unless_said(office: Office):
    assert "hy_" in said("accounts", "key", "JT-XF", "对接", "dept_head")
    with office.database.reading() as connection:
        scopes = connection.exec_driver_sql("SELECT scopes FROM api_key").scalar()
    assert scopes == "endpoint;read;write"


def test_a_refusal_is_one_sentence_and_exit_code_2(home: Path):
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "calendar", "add", "2026-11-20", "soon"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip().startswith("期限写法无法识别")
    assert "Traceback" not in done.stderr


def test_replay_says_how_many(office: Office):
    assert "重新投递 0 条" in said("replay")


def test_a_taken_port_is_said_with_the_setting_that_changes_it(home: Path):
    settings = Settings(port=1)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        complaint = starting.taken_port(settings.model_copy(update={"port": port}), False)
        assert complaint == f"端口 {port} 已被占用;请关闭占用它的程序,或用 HUIYIN_PORT 改为别的端口。"
        complaint = starting.taken_port(settings.model_copy(update={"port": free(), "prefect_port": port}), False)
        assert complaint is not None
        assert "HUIYIN_PREFECT_PORT" in complaint


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_when_a_start_is_a_demonstration(office: Office, home: Path, monkeypatch: pytest.MonkeyPatch):
    settings = Settings()
    assert starting.is_demo(settings, None)  # nobody can log in yet
    assert not starting.is_demo(settings, False)
    monkeypatch.setenv("HUIYIN_DEMO", "false")
    assert not starting.is_demo(Settings(), None)
    assert starting.is_demo(Settings(), True)
    monkeypatch.delenv("HUIYIN_DEMO")
    open_an_account()
    assert not starting.is_demo(Settings(), None)  # a real one
    (home / ACCOUNTS_FILE).touch()
    assert starting.is_demo(Settings(), None)  # begun as a demonstration


def test_the_drawings_come_from_the_tables(tmp_path: Path):
    file = tmp_path / "README.md"
    file.write_text("# x\n\n<!-- draw:clue -->\nold\n<!-- /draw:clue -->\n", encoding="utf-8")
    drawing.draw_into(file)
    text = file.read_text(encoding="utf-8")
    assert "old" not in text
    assert "    reported --> accepted : 受理" in text
    assert '    state "已提交" as reported' in text


@pytest.mark.parametrize("name", drawing.FILES)
def test_what_is_drawn_in_the_readmes_is_up_to_date(name: Path, tmp_path: Path):
    before = (ROOT / name).read_text(encoding="utf-8")
    file = tmp_path / "README.md"
    file.write_text(before, encoding="utf-8")
    drawing.draw_into(file)
    assert file.read_text(encoding="utf-8") == before, "run `huiyin draw`"


def test_work_refuses_a_lease_shorter_than_a_try(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUIYIN_LEASE_SECONDS", "12")
    assert "HUIYIN_LEASE_SECONDS" in said("work", code=1)
