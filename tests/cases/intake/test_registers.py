"""调解登记簿文件: all of it or a refusal that names every fault; the same folder twice changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cases.desk.mediation.enrolling import enrol
from cases.errors import Malformed, PackBroken
from cases.intake.registers import MEDIATORS, read_register
from cases.office import Office
from cases.packs.loader import load_pack
from cases.packs.reading import BUNDLED
from cases.store.accounts import NewAccount, add_account
from tests.builders import FRIDAY
from tests.cases.counter import Counter

PACKS = {name: load_pack(name) for name in ("jintan", "wuhan")}
COMMITTEES_OF = {"jintan": (11, 23), "wuhan": (16, 49)}


@pytest.mark.parametrize("name", PACKS)
def test_the_samples_can_be_used_and_are_marked(name: str):
    register = read_register(BUNDLED / name / "demo", PACKS[name])
    assert (len(register.committees), len(register.mediators)) == COMMITTEES_OF[name]
    assert all(row["sample"] for row in (*register.committees, *register.mediators, *register.rooms))
    assert {row["committee"] for row in register.mediators} == {row["org"] for row in register.committees}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample register in a folder that may be spoilt."""
    return Path(shutil.copytree(BUNDLED / "jintan" / "demo", tmp_path / "register"))


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("committees.csv", "JT-JC-TJ,street,20", "JT-JC-ZD,street,20", "committees.csv 第2行 org"),
        ("committees.csv", "street,20", "village,20", "tier:「village」应为grid、community"),
        ("committees.csv", "street,20", "street,0", "open_cap"),
        ("committees.csv", "street,20,JT-TJ,yes", "street,20,JT-XX,yes", "上一级「JT-XX」"),
        ("committees.csv", "JT-YT-TJ,street", "JT-JC-TJ,street", "「JT-JC-TJ」写了不止一行"),
        ("mediators.csv", "2024-03-01", "2024-02-30", "active_from:「2024-02-30」应为日期"),
        ("mediators.csv", "2024-03-01,", "2024-03-01,2023-01-01", "不早于 active_from"),
        ("mediators.csv", ",*,", ",everything,", "expertise"),
        ("mediators.csv", "JT-JC,2024", "JT-NO,2024", "areas"),
        ("mediators.csv", "yes,yes", "ja,yes", "yes 或 no"),
        ("rooms.csv", "committee,第一", "cellar,第一", "shared_court"),
    ],
)
def test_a_fault_is_named_with_its_place(folder: Path, file: str, old: str, new: str, said: str):
    spoil(folder, file, old, new)
    with pytest.raises(Malformed, match=r"调解登记簿有 \d+ 处错误") as refused:
        read_register(folder, PACKS["jintan"])
    assert said in refused.value.sentence


def test_every_fault_is_named_at_once(folder: Path):
    spoil(folder, MEDIATORS, "2024-03-01", "x")
    spoil(folder, MEDIATORS, "2024-09-01", "y")
    with pytest.raises(Malformed) as refused:
        read_register(folder, PACKS["jintan"])
    assert len(refused.value.details["findings"]) == 2


def test_a_file_that_is_no_register_is_refused(folder: Path):
    (folder / "rooms.csv").unlink()
    with pytest.raises(PackBroken, match=r"rooms\.csv: 文件不存在"):
        read_register(folder, PACKS["jintan"])


def test_the_register_is_written_down_once(office: Office):
    register = read_register(BUNDLED / "jintan" / "demo", office.pack)
    counter = Counter(office)
    with office.database.writing() as connection, pytest.raises(Malformed, match="没有这些账号"):
        enrol(connection, register)
    with office.database.writing() as connection:
        for row in register.mediators:
            if row["login"]:
                add_account(
                    connection, NewAccount(row["login"], row["name"], row["committee"], ("mediator",), "-"), FRIDAY
                )
        first = enrol(connection, register)
        second = enrol(connection, register)
    assert (first.new, first.known) == (44, 0)
    assert (second.new, second.known) == (0, 44)
    rows = counter.rows("mediator")
    assert len(rows) == 23
    assert sum(row["account_id"] is not None for row in rows) == 11
