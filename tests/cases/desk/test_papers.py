"""The paper room: numbers without gaps whatever happens, files that are what was registered, versions and voiding."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import Connection

from cases.desk.papers import PaperRoom, Wanted
from cases.errors import Broken, Conflict, Malformed, NotAllowed, NotFound, NotNow
from cases.grammar import Actor
from cases.ids import new_id
from cases.papers.facts import PaperIncomplete
from cases.papers.press import Press
from cases.papers.sheet import Filled, Imprint
from cases.piece import Piece
from cases.ports import BEIJING
from cases.store.attachments import Folder
from cases.store.papers import Kept, papers_of
from cases.store.pieces import row_of
from cases.store.sheaf import Sheaf, Writer
from tests.builders import FRIDAY, OPERATOR, a_piece, an_actor
from tests.cases.counter import Counter
from tests.cases.papers.reading import docx_text, pdf_text
from tests.cases.papers.samples import facts_of

COMMITTEE = "JT-JC-TJ"
MEDIATOR = an_actor("王调解", COMMITTEE, "mediator")
PRESS = Press()


@pytest.fixture
def room(counter: Counter, tmp_path: Path) -> PaperRoom:
    return PaperRoom(counter.database, counter.desk.shelf, Folder(tmp_path / "files", 10**8), PRESS)


def a_case(counter: Counter, case_type: str = "mediation", **changed: Any) -> Piece:
    """A case of a type, as it stands in the database."""
    fields: dict[str, Any] = {"id": new_id(), "number": f"N-{new_id()}", "case_type": case_type, "station": COMMITTEE}
    piece = a_piece(**(fields | {"pack_id": counter.office.pack_id} | changed))
    sheaf = Sheaf()
    sheaf.insert("case_file", **row_of(piece))
    with counter.database.writing() as connection:
        Writer(counter.database.kind).write(connection, sheaf)
    return piece


def agreed(room: PaperRoom, piece: Piece, now: datetime = FRIDAY, actor: Actor = MEDIATOR, **changed: Any) -> Kept:
    return room.make(piece, Wanted("agreement", facts_of("agreement", **changed)), actor, now)


def numbers(counter: Counter) -> list[str]:
    return [row["number"] for row in sorted(counter.rows("paper"), key=lambda row: (row["serial"] or 0, row["id"]))]


def test_a_document_is_numbered_printed_and_kept(counter: Counter, room: PaperRoom):
    piece = a_case(counter)
    kept = agreed(room, piece)
    assert (kept.number, kept.ordinal, kept.version) == ("（2026）坛金城物调字第1号", 1, 1)
    pdf, docx = room.content(kept, "pdf"), room.content(kept, "docx")
    assert hashlib.sha256(pdf).hexdigest() == kept.pdf_sha256
    assert hashlib.sha256(docx).hexdigest() == kept.docx_sha256
    assert (len(pdf), len(docx)) == (kept.pdf_size, kept.docx_size)
    mark = kept.content_digest[:16]
    for text in (pdf_text(pdf), docx_text(docx)):
        assert kept.number in text
        assert f"校验码{mark}" in text
        assert "2026年11月20日" in text, "made on the day that was handed in"
    with counter.database.reading() as connection:
        assert papers_of(connection, [piece.id]) == [kept]


def test_numbers_run_per_organ_kind_and_year(counter: Counter, room: PaperRoom):
    found = [agreed(room, a_case(counter)).number for _ in range(2)]
    other = an_actor("赵调解", "JT-DC-TJ", "mediator")
    found.append(agreed(room, a_case(counter, station=other.org), actor=other).number)
    oral = Wanted("oral_agreement", facts_of("oral_agreement"))
    found.append(room.make(a_case(counter), oral, MEDIATOR, FRIDAY).number)
    found.append(agreed(room, a_case(counter), datetime(2027, 1, 1, 0, 30, tzinfo=BEIJING)).number)
    found.append(agreed(room, a_case(counter), datetime(2026, 12, 31, 23, 30, tzinfo=BEIJING)).number)
    assert found == [
        "（2026）坛金城物调字第1号",
        "（2026）坛金城物调字第2号",
        "（2026）坛东城物调字第1号",
        "（2026）坛金城物调口字第1号",
        "（2027）坛金城物调字第1号",
        "（2026）坛金城物调字第3号",
    ]


def test_a_partys_own_paper_has_no_number(counter: Counter, room: PaperRoom):
    wanted = Wanted("confirmation_application", facts_of("confirmation_application"))
    kept = room.make(a_case(counter), wanted, MEDIATOR, FRIDAY)
    assert (kept.number, kept.series, kept.serial) == ("", None, None)
    assert counter.rows("serial") == []


def test_nothing_is_written_when_something_is_missing(counter: Counter, room: PaperRoom):
    with pytest.raises(PaperIncomplete):
        agreed(room, a_case(counter), content=None)
    assert (counter.rows("paper"), counter.rows("serial"), room.folder.root.exists()) == ([], [], False)


class Jammed(Press):
    """A press that jams: whatever it prints, it fails."""

    def both(self, filled: Filled, imprint: Imprint) -> Any:
        raise OSError("out of paper")


def test_a_failing_press_uses_up_no_number(counter: Counter, room: PaperRoom):
    piece = a_case(counter)
    jammed = PaperRoom(room.database, room.shelf, room.folder, Jammed())
    with pytest.raises(OSError, match="out of paper"):
        agreed(jammed, piece)
    with pytest.raises(Malformed, match="😀"):
        agreed(room, piece, facts="😀")
    assert counter.rows("paper") == []
    assert agreed(room, piece).serial == 1


def test_a_transaction_that_fails_uses_up_no_number(counter: Counter, room: PaperRoom):
    piece = a_case(counter)

    def fail(_connection: Connection, _kept: Kept) -> None:
        raise Conflict("同一请求")

    wanted = Wanted("agreement", facts_of("agreement"))
    with pytest.raises(Conflict):
        room.make(piece, wanted, MEDIATOR, FRIDAY, also=fail)

    def make_and_stumble() -> None:
        with counter.database.writing() as connection:
            fail(connection, room.make_within(connection, piece, wanted, MEDIATOR, FRIDAY))

    with pytest.raises(Conflict):
        make_and_stumble()
    assert (counter.rows("paper"), counter.rows("serial")) == ([], [])
    with counter.database.writing() as connection:
        assert room.make_within(connection, piece, wanted, MEDIATOR, FRIDAY).serial == 1
    assert agreed(room, a_case(counter)).serial == 2


class Crowd(Press):
    """A press that waits until everybody has drawn the same number once."""

    def __init__(self, many: int) -> None:
        super().__init__()
        self.barrier = Barrier(many, timeout=60)
        self.drawn: list[str] = []

    def both(self, filled: Filled, imprint: Imprint) -> Any:
        self.drawn.append(imprint.number)
        try:
            self.barrier.wait()
        except BrokenBarrierError:
            pass
        else:
            self.barrier.abort()
        return PRESS.both(filled, imprint)


def test_at_the_same_moment_nobody_gets_a_number_twice_and_none_is_left_out(counter: Counter, room: PaperRoom):
    many = 4
    pieces = [a_case(counter) for _ in range(many)]
    crowd = Crowd(many)
    crowded = PaperRoom(room.database, room.shelf, room.folder, crowd)
    with ThreadPoolExecutor(many) as threads:
        kept = list(threads.map(lambda piece: agreed(crowded, piece), pieces))
    assert crowd.drawn[:many] == ["（2026）坛金城物调字第1号"] * many, "everybody drew the same one first"
    assert sorted(one.serial or 0 for one in kept) == list(range(1, many + 1))
    assert numbers(counter) == [f"（2026）坛金城物调字第{n}号" for n in range(1, many + 1)]
    for one in kept:
        assert one.number in pdf_text(room.content(one, "pdf")), "what is printed is what was registered"


def test_two_versions_at_the_same_moment_are_two_versions(counter: Counter, room: PaperRoom):
    piece = a_case(counter)
    crowded = PaperRoom(room.database, room.shelf, room.folder, Crowd(2))
    with ThreadPoolExecutor(2) as threads:
        kept = list(threads.map(lambda copies: agreed(crowded, piece, copies=copies), (3, 4)))
    assert sorted((one.serial, one.version) for one in kept) == [(1, 1), (1, 2)]


def test_making_again_is_a_new_version_and_leaves_the_old_one_alone(counter: Counter, room: PaperRoom):
    piece = a_case(counter)
    first = agreed(room, piece)
    before = room.content(first, "pdf")
    second = agreed(room, piece, FRIDAY + timedelta(hours=1), copies=4)
    assert (second.number, second.ordinal, second.version) == (first.number, 1, 2)
    assert second.content_digest != first.content_digest
    assert room.content(first, "pdf") == before
    assert agreed(room, a_case(counter)).serial == 2, "a version uses up no number"


def test_of_some_documents_a_case_has_many(counter: Counter, room: PaperRoom):
    piece = a_case(counter)
    wanted = Wanted("mediation_record", facts_of("mediation_record"))
    one, two = (room.make(piece, wanted, MEDIATOR, FRIDAY) for _ in range(2))
    assert [(kept.ordinal, kept.version) for kept in (one, two)] == [(1, 1), (2, 1)]
    again = room.make(piece, replace(wanted, revises=one.id), MEDIATOR, FRIDAY)
    assert (again.ordinal, again.version) == (1, 2)
    with pytest.raises(NotFound):
        room.make(a_case(counter), replace(wanted, revises=one.id), MEDIATOR, FRIDAY)


def void(counter: Counter, room: PaperRoom, kept: Kept, actor: Actor = MEDIATOR) -> None:
    with counter.database.writing() as connection:
        paper = room.shelf.pack(connection, kept.pack_id).papers[kept.code]
        room.void(connection, kept, paper, actor, "当事人姓名有误", FRIDAY)


def test_a_voided_number_stays_used_up_with_its_reason(counter: Counter, room: PaperRoom):
    piece = a_case(counter)
    first = agreed(room, piece)
    agreed(room, piece, copies=4)
    void(counter, room, first)
    rows = counter.rows("paper")
    assert {(row["version"], row["void_reason"], row["voided_by"]) for row in rows} == {
        (1, "当事人姓名有误", MEDIATOR.id),
        (2, "当事人姓名有误", MEDIATOR.id),
    }
    with pytest.raises(Conflict, match="已经作废"):
        void(counter, room, first)
    with pytest.raises(Conflict, match="已经作废"):
        room.make(piece, Wanted("agreement", facts_of("agreement"), revises=first.id), MEDIATOR, FRIDAY)
    again = agreed(room, piece)
    assert (again.serial, again.ordinal, again.version) == (2, 2, 1)
    assert room.content(first, "pdf").startswith(b"%PDF-"), "a voided document can still be read"


def test_only_who_made_it_may_void_it(counter: Counter, room: PaperRoom):
    kept = agreed(room, a_case(counter))
    with pytest.raises(NotAllowed):
        void(counter, room, kept, an_actor("赵调解", "JT-DC-TJ", "mediator"))
    with pytest.raises(NotAllowed):
        void(counter, room, kept, an_actor("某", COMMITTEE, "auditor"))


@pytest.mark.parametrize("deed", [lambda path: path.write_bytes(b"%PDF-forged"), lambda path: path.unlink()])
def test_a_file_that_is_not_what_was_registered_is_not_handed_out(
    counter: Counter, room: PaperRoom, deed: Callable[[Path], Any]
):
    kept = agreed(room, a_case(counter))
    deed(room.folder.path(kept.pdf_sha256))
    with pytest.raises(Broken, match="校验值不符"):
        room.content(kept, "pdf")
    assert room.content(kept, "docx")


def test_who_may_make_what_for_which_case(counter: Counter, room: PaperRoom):
    piece = a_case(counter)
    with pytest.raises(NotAllowed, match="人民调解协议书"):
        agreed(room, piece, actor=an_actor("王受理", COMMITTEE, "operator"))
    with pytest.raises(NotFound, match="没有这种文书"):
        room.make(piece, Wanted("demand_letter", {}), MEDIATOR, FRIDAY)
    with pytest.raises(NotFound, match="没有这种文书"):
        room.make(piece, Wanted("nothing", {}), MEDIATOR, FRIDAY)
    for stranger in (None, "JT-DC-TJ"):
        with pytest.raises(NotAllowed, match="人民调解协议书"):
            agreed(room, piece, actor=Actor("account:x", "外人", stranger, frozenset({"mediator"})))
    notice = Wanted("feedback_notice", facts_of("feedback_notice"))
    with pytest.raises(NotNow, match="还没有出具"):
        room.make(a_case(counter, "clue", station=None), notice, an_actor("无单位", None, "operator"), FRIDAY)
    firm = an_actor("马物业", "JT-WY01", "mediator")
    with pytest.raises(Conflict, match="没有登记机关代字"):
        agreed(room, a_case(counter, station=firm.org), actor=firm)


def test_a_draft_has_no_number_and_leaves_nothing_behind(counter: Counter, room: PaperRoom):
    piece = a_case(counter)
    with counter.database.reading() as connection:
        text = pdf_text(room.draft(connection, piece, Wanted("agreement", {"copies": 3}), MEDIATOR, FRIDAY))
    assert "【待填：当事人】" in text
    assert "本协议一式3份" in text
    assert (counter.rows("paper"), counter.rows("serial")) == ([], [])


def test_what_the_case_knows_is_filled_in_and_what_is_given_goes_before_it(counter: Counter, room: PaperRoom):
    parties = [{"name": "张伟", "address": "某处", "phone": "1", "mood": "好"}, {"name": "李娜"}]
    piece = a_case(counter, summary="漏水", facts={"parties": parties, "mediator": "王调解", "terms": "乱"})
    with counter.database.reading() as connection:
        known = room.known(connection, piece, "agreement", MEDIATOR, FRIDAY)
    assert known["committee"] == "金城镇人民调解委员会"
    assert known["mediators"] == "王调解"
    assert [set(one) for one in known["parties"]] == [{"name", "address", "phone"}, {"name"}]
    assert "terms" not in known, "what does not fit is left out"
    kept = agreed(room, piece, mediators="赵调解", committee=None)
    text = pdf_text(room.content(kept, "pdf"))
    assert "赵调解" in text
    assert "金城镇人民调解委员会（印章）" in text
    with counter.database.reading() as connection:
        known = room.known(connection, piece, "confirmation_application", MEDIATOR, FRIDAY)
    assert known["agreement_number"] == kept.number


def test_a_sealed_matter_says_only_what_the_law_allows(counter: Counter, room: PaperRoom):
    words = counter.pack.words("sealed")
    piece = a_case(counter, "clue", station="JT-JC-ZD", matter="GA01", sealed=True, facts={"answer": "拘留十日"})
    wanted = Wanted("feedback_notice", facts_of("feedback_notice", result="罚款五百元"))
    text = pdf_text(room.content(room.make(piece, wanted, OPERATOR, FRIDAY), "pdf"))
    assert words in text
    assert "罚款" not in text
    assert "拘留" not in text
