"""检索: what is found, by whom, in which order, and that the index follows the case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.desk.views import Reader
from cases.grammar import Actor
from cases.office import Office
from cases.piece import Piece
from cases.store.indexing import reindex
from cases.store.queue import looking
from cases.store.queue.asked import Asked
from cases.store.queue.paging import counts, page
from cases.store.sheaf import table
from tests.builders import (
    FIRE,
    FRIDAY,
    HEAD,
    OPERATOR,
    OTHER_STATION,
    STATION,
    STRANGER,
    STREET,
    an_actor,
    of_department,
)
from tests.cases.chamber import COMMITTEE, Table
from tests.cases.counter import Counter
from tests.cases.store.queue_rows import in_order, many_cases, seen_by

MEDIATOR = an_actor("柏", COMMITTEE, "mediator")
SUPERVISOR = an_actor("督", "JT", "supervisor")
OF_STREET = an_actor("街", STREET, "supervisor")
CANARY = "对方承认漏水"


def found(office: Office, actor: Actor, search: str) -> set[str]:
    with office.database.reading() as connection:
        got = page(connection, actor, "", Asked(search=search, limit=200), FRIDAY)
    return {piece.id for piece in got.pieces}


def test_every_two_signs_of_a_case_find_it(counter: Counter):
    text = "三楼窗户拉线给电动车充电A1座"
    case_id = counter.open(description=text, building="6幢", room="302").case_id
    counter.open(description="楼道堆放纸箱", building="", room="")
    asked = {text[i : i + 2] for i in range(len(text) - 1)} | {
        "6幢",
        "30",
        "02",
        "a1座",
        "Ａ1",
        "锦澜",
        "充电 拉线",
        "电",
    }
    with counter.database.reading() as connection:
        for search in asked:
            got = page(connection, OPERATOR, "", Asked(search=search), FRIDAY)
            assert case_id in {piece.id for piece in got.pieces}, search
    assert found(counter.office, OPERATOR, "窗户 纸箱") == set(), "all words must be there"
    number = counter.piece(case_id).number
    for part in (number, number.lower(), number.rsplit("-", 1)[1], "-".join(number.split("-")[-2:])):
        assert case_id in found(counter.office, OPERATOR, part)


def test_the_reporter_is_not_found_by_name_or_telephone(counter: Counter):
    counter.open()
    for secret in ("欧阳举报", "欧阳", "13812345678", "5678"):
        assert found(counter.office, OPERATOR, secret) == set()
    assert not [row for row in counter.rows("case_words") if "欧阳" in row["words"] or "举报" in row["words"]]


def test_nobody_finds_what_they_may_not_see(office: Office):
    made = Table(office)
    report = made.counter.dispatched(lead=FIRE, description="楼道漏水", matter="XF01")
    talk = made.open(parent=report, summary=CANARY)
    (task,) = made.counter.tasks(report)
    number = made.counter.piece(talk).number
    expected = [
        (OPERATOR, {report, task.id}), (SUPERVISOR, {report, task.id}), (of_department(FIRE), {task.id}),
        (STRANGER, set()), (MEDIATOR, {talk}), (an_actor("外", OTHER_STATION, "mediator"), set()),
        (an_actor("管", STATION, "admin"), set()),
    ]  # fmt: skip
    for actor, cases in expected:
        assert found(office, actor, "漏水") == cases, actor.name
    assert found(office, OPERATOR, "承认") == set(), "the station knows of the mediation, not what is said in it"
    assert found(office, SUPERVISOR, "承认") == set()
    assert found(office, MEDIATOR, "承认") == {talk}
    for actor in (OPERATOR, SUPERVISOR, MEDIATOR):
        assert talk in found(office, actor, number)


HOSTILE = (
    '"', "'", '" OR 1=1 --', '漏水" OR "', "NEAR(a b)", "* ", "^漏水", "-漏水", "漏水*", "a:b", "words:漏水", "(((",
    "\\", "' | 'a", "漏水'::tsquery", "&|!<->", "%", "_", "\u202e漏水", "\ue003os", "漏\x00水", "😀😀", "é́", "A" * 200,
    "好" * 200, "AND", "NOT OR",
)  # fmt: skip


def test_hostile_questions_are_harmless(counter: Counter):
    case_id = counter.open(description="卫生间漏水").case_id
    for search in HOSTILE:
        assert found(counter.office, OPERATOR, search) <= {case_id}, search
        assert found(counter.office, STRANGER, search) == set(), search
        with counter.database.reading() as connection:
            tallies = counts(connection, STRANGER, "", FRIDAY, Asked(search=search))
        assert {tally.count for tally in tallies.values()} == {0}


@pytest.mark.parametrize("hits", ["few", "few, taken for many", "many", "many and far between"])
def test_a_common_word_leads_to_the_same_pages_as_a_rare_one(
    office: Office, monkeypatch: pytest.MonkeyPatch, hits: str
):
    pieces = many_cases(office, FRIDAY, 150)
    if not hits.startswith("few"):
        monkeypatch.setattr(looking, "FEW", 3)
        monkeypatch.setattr(looking, "AT_MOST", 3)
    if hits == "few, taken for many":
        monkeypatch.setattr(looking, "COMMON", 0)
    monkeypatch.setattr(looking, "SORTED_OUT", 2)
    monkeypatch.setattr(looking, "FIRST_STRETCH", 5)
    monkeypatch.setattr(looking, "STRETCH", 7)
    monkeypatch.setattr(looking, "AT_ONCE", 3)
    if hits in {"few, taken for many", "many and far between"}:
        monkeypatch.setattr(looking, "FURTHEST", 12)
    for reader in (
        Reader(OPERATOR, "station"),
        Reader(MEDIATOR, "mediation"),
        Reader(SUPERVISOR, "district"),
        Reader(OF_STREET, "street"),
    ):
        said = [one for one in seen_by(reader, pieces, FRIDAY) if "扰民" in _told(one.piece, reader)]
        assert said
        for sort in ("due", "newest"):
            asked, met = Asked(search="扰民", sort=sort, limit=4), list[str]()
            with office.database.reading() as connection:
                while True:
                    got = page(connection, reader.actor, reader.kind, asked, FRIDAY)
                    met += [piece.id for piece in got.pieces]
                    if got.next is None:
                        break
                    asked = replace(asked, cursor=got.next)
            assert met == in_order(said, sort)
        with office.database.reading() as connection:
            tally = counts(connection, reader.actor, reader.kind, FRIDAY, Asked(search="扰民"), ("all",))["all"]
        assert tally.count == len(said) if not tally.more else tally.count <= len(said)


def _told(piece: Piece, reader: Reader) -> str:
    outside = piece.case_type in {"mediation", "confirmation"} and reader.actor is not MEDIATOR
    return "" if outside else piece.summary


def test_the_index_follows_the_case(counter: Counter):
    case_id = counter.open(matter=None, description="车位纠纷").case_id
    assert found(counter.office, OPERATOR, "充电") == set()
    matter = counter.office.pack.matters["XF01"]
    counter.step(case_id, "classify", OPERATOR, matter="XF01")
    assert found(counter.office, OPERATOR, matter.name) == {case_id}
    before = counter.rows("case_words")
    counter.step(case_id, "accept", OPERATOR)
    assert counter.rows("case_words") == before, "a step that changes no text leaves the index alone"
    assert found(counter.office, OPERATOR, "车位") == {case_id}


def test_what_is_erased_is_found_no_more(counter: Counter):
    case_id = counter.open(description="张某家中漏水").case_id
    counter.step(case_id, "decline", OPERATOR, reason="不属受理范围", channel="12345")
    assert found(counter.office, OPERATOR, "漏水") == {case_id}
    archivist = an_actor("档", STATION, "archivist")
    counter.step(case_id, "erase", archivist, ground="依当事人申请", content=True)
    assert found(counter.office, OPERATOR, "漏水") == set()


def test_an_index_is_built_again_without_losing_or_doubling_anything(counter: Counter):
    case_ids = {counter.open(description="卫生间漏水").case_id for _ in range(3)}
    words = table("case_words")
    with counter.database.writing() as connection:
        connection.execute(words.delete().where(words.c.case_id == min(case_ids)))
        connection.execute(words.update().where(words.c.case_id == max(case_ids)).values(words="旧的"))
    assert len(found(counter.office, HEAD, "漏水")) == 1
    done = reindex(counter.database, counter.office.shelf, batch=2)
    assert (done.cases, done.written) == (3, 2)
    assert found(counter.office, HEAD, "漏水") == case_ids
    assert found(counter.office, HEAD, "旧的") == set()
    assert reindex(counter.database, counter.office.shelf, batch=2).written == 0
