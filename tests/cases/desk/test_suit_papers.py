"""The documents of a suit: what the suit knows is filled in, the rest is asked for; each is made by who may make it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases.desk.opening import Opened
from cases.desk.papers import PaperRoom, Wanted
from cases.errors import NotAllowed
from cases.machines.suit_forms import SuitFiling
from cases.papers.press import Press
from cases.piece import Piece
from cases.store.attachments import Folder
from tests.builders import REPORTER
from tests.cases.counter import Counter
from tests.cases.machines.amicable import COURT
from tests.cases.machines.at_court import DEMAND, items
from tests.cases.machines.filings import CLERK, FIRM, JUDGE
from tests.cases.papers.reading import pdf_text
from tests.cases.papers.samples import facts_of

OWNER = {"kind": "owner", "name": "陈业主", "phone": "13800001111", "address": "锦澜花苑6幢302室"}
SUIT: dict[str, Any] = {
    "plaintiff": FIRM, "defendant": OWNER, "community": "锦澜花苑", "building": "6幢", "room": "302",
    "amount": "2400.00", "suit_no": "JT-001", "period_from": "2025-01-01", "period_to": "2025-12-31",
    "claims": ["支付物业费2400元"], "grounds": "被告拖欠物业费", "demand": DEMAND, "batch": "2026-11",
    "screening": {"result": "reject", "items": items(court="reject"), "reasons": ["房屋不在受诉法院辖区"]},
}  # fmt: skip


@pytest.fixture
def room(counter: Counter, tmp_path: Path) -> PaperRoom:
    return PaperRoom(counter.database, counter.desk.shelf, Folder(tmp_path / "files", 10**8), Press())


@pytest.fixture
def suit(counter: Counter) -> Piece:
    form = SuitFiling.model_validate(SUIT)
    with counter.database.writing() as connection:
        (made,) = counter.desk.open_many(connection, counter.office.pack_id, "litigation", [form], CLERK, counter.now)
    assert isinstance(made, Opened)
    piece = counter.piece(made.case_id)
    piece.assignee = COURT
    return piece


def known(counter: Counter, room: PaperRoom, suit: Piece, code: str) -> dict[str, Any]:
    with counter.database.reading() as connection:
        return room.known(connection, suit, code, CLERK, counter.now)


def test_a_suit_fills_in_what_it_knows(counter: Counter, room: PaperRoom, suit: Piece):
    sheet = known(counter, room, suit, "screening_sheet")
    assert (sheet["defendant"], sheet["community"]) == ("陈业主", "锦澜花苑6幢302")
    assert (sheet["result"], sheet["reasons"]) == ("不予提交", "房屋不在受诉法院辖区")
    assert [one["finding"] for one in sheet["checks"]].count("不通过") == 1
    assert sheet["period"] == "2025-01-01至2025-12-31"
    assert "法律援助" in sheet["advice"]
    claim = known(counter, room, suit, "statement_of_claim")
    assert claim["defendants"] == [{"kind": "自然人", **{name: OWNER[name] for name in ("name", "address", "phone")}}]
    assert (claim["claims"], claim["court"]) == (["支付物业费2400元"], "金坛区人民法院")
    assert known(counter, room, suit, "demand_letter")["firm"].startswith("苏澜物业")
    assert known(counter, room, suit, "batch_manifest")["batch"] == "2026-11"
    assert known(counter, room, suit, "statement_of_claim")["amount"] == "2400.00"


def test_a_suits_documents_are_made_by_its_desk_or_its_plaintiff(counter: Counter, room: PaperRoom, suit: Piece):
    missing = {
        "contract": "物业服务合同",
        "standard": "每月1.6元",
        "manner": "转账",
        "contact": "马会计",
        "due": "2026-12-20",
    }
    rows = [{"item": "物业费", "begins": "2025-01-01", "ends": "2025-12-31", "amount": "2400"}]
    with counter.database.reading() as connection:
        letter = room.known(connection, suit, "demand_letter", REPORTER, counter.now) | missing | {"arrears": rows}
    demand = room.make(suit, Wanted("demand_letter", letter), REPORTER, counter.now)
    assert "陈业主" in pdf_text(room.content(demand, "pdf"))
    facts = known(counter, room, suit, "screening_sheet")
    assert room.make(suit, Wanted("screening_sheet", facts), CLERK, counter.now).number == "坛物协筛〔2026〕第1号"
    manifest = Wanted("batch_manifest", facts_of("batch_manifest"))
    assert room.make(suit, manifest, CLERK, counter.now).number == "坛物协批〔2026〕第1号"
    with pytest.raises(NotAllowed):
        room.make(suit, manifest, JUDGE, counter.now)
