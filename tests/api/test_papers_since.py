"""A party put right after documents were made: those that bear it say so, and stay as they are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import update

from cases.store.sheaf import table
from tests.api.chambers import Chambers
from tests.api.test_righting import FIRST, MISTAKE, NAME, OTHER, THIRD, entered, right
from tests.people import BAI

NOTICE = "rights_notice"
HOUSED = {**FIRST, "address": "建新路8号3幢"}
WHOLE = {"reason": "写错了", "address": "建新路9号"}


def notice(chambers: Chambers, case_id: str, party: str) -> dict[str, Any]:
    """The notice of rights that is handed to one party by name."""
    return chambers.made(BAI, f"/cases/{case_id}/papers/{NOTICE}", {"facts": {"party": party}})


def application(chambers: Chambers, case_id: str) -> dict[str, Any]:
    """The application, which names both sides as they were entered."""
    path = f"/cases/{case_id}/papers/mediation_application"
    known = chambers.get(BAI, path).json()["facts"]
    facts = {**known, "dispute": "楼上漏水", "requests": ["停止侵害"], "manner": "书面"}
    return chambers.made(BAI, path, {"facts": facts})


def listed(chambers: Chambers, case_id: str) -> dict[str, Any]:
    """What is said of a change beside each document, by its id."""
    items = chambers.get(BAI, f"/cases/{case_id}/papers").json()["items"]
    return {one["id"]: one["party_change"] for one in items}


def digests(chambers: Chambers) -> list[tuple[Any, ...]]:
    kept = ("id", "facts_digest", "content_digest", "pdf_sha256", "docx_sha256", "made_at", "bears")
    return sorted(tuple(one[name] for name in kept) for one in chambers.table.counter.rows("paper"))


def test_documents_that_name_a_party_say_that_it_was_corrected_since(chambers: Chambers):
    case_id, (one, _) = entered(chambers, HOUSED, OTHER)
    both, his, hers = (
        application(chambers, case_id), notice(chambers, case_id, "陈大文"), notice(chambers, case_id, "林小芳")
    )  # fmt: skip
    assert (both["party_change"], his["party_change"]) == (None, None)
    before = digests(chambers)
    pdf = chambers.get(BAI, f"/papers/{his['id']}.pdf").content
    chambers.clock.ahead(days=3)
    assert right(chambers, case_id, one, NAME).status_code == 200
    after = notice(chambers, case_id, "程大文")
    found = listed(chambers, case_id)
    said = {
        "verb": "correct_party", "at": "2026-11-23T01:00:00+00:00",
        "label": "当事人信息已于2026年11月23日更正,本文书按更正前出具",
        "label_en": "A party's details were corrected on 23 November 2026; this document was issued before that",
    }  # fmt: skip
    assert found == {both["id"]: said, his["id"]: said, hers["id"]: None, after["id"]: None}
    assert [one for one in digests(chambers) if one[0] != after["id"]] == before, "the documents stay as they were"
    assert chambers.get(BAI, f"/papers/{his['id']}.pdf").content == pdf
    assert "程大文" not in json.dumps(found, ensure_ascii=False)
    voided = chambers.post(BAI, f"/papers/{his['id']}/void", {"reason": "姓名写错"}).json()
    assert voided["party_change"] == said


def test_a_correction_in_the_same_instant_is_known_by_the_order_of_the_history(chambers: Chambers):
    case_id, (one, _) = entered(chambers, FIRST, OTHER)
    his = notice(chambers, case_id, "陈大文")
    right(chambers, case_id, one, NAME)
    after = notice(chambers, case_id, "程大文")
    found = listed(chambers, case_id)
    assert (found[his["id"]]["verb"], found[after["id"]]) == ("correct_party", None)


def test_only_what_stands_on_a_document_counts(chambers: Chambers):
    case_id, (one, _) = entered(chambers, HOUSED, OTHER)
    both, his = application(chambers, case_id), notice(chambers, case_id, "陈大文")
    right(chambers, case_id, one, WHOLE)
    found = listed(chambers, case_id)
    assert (found[both["id"]]["verb"], found[his["id"]]) == ("correct_party", None), "the notice bears no address"
    right(chambers, case_id, one, {"reason": "方言写错", "language": "吴语"})
    assert listed(chambers, case_id) == found


def test_documents_that_name_somebody_withdrawn_say_so(chambers: Chambers):
    case_id, parties = entered(chambers, FIRST, OTHER, THIRD)
    theirs, his = notice(chambers, case_id, "王误登"), notice(chambers, case_id, "陈大文")
    chambers.clock.ahead(days=3)
    assert right(chambers, case_id, parties[2], MISTAKE, "withdrawal").status_code == 200
    found = listed(chambers, case_id)
    assert found[his["id"]] is None
    assert found[theirs["id"]] == {
        "verb": "withdraw_party", "at": "2026-11-23T01:00:00+00:00",
        "label": "有当事人的登记已于2026年11月23日撤回,本文书按撤回前出具",
        "label_en": "A party's entry was withdrawn on 23 November 2026; this document was issued before that",
    }  # fmt: skip


@pytest.mark.parametrize(("body", "said"), [(NAME, True), (WHOLE, False)])
def test_a_document_from_before_names_were_noted_is_held_to_name_everybody(
    chambers: Chambers, body: dict[str, str], said: bool
):
    case_id, (one, _) = entered(chambers, FIRST, OTHER)
    old = notice(chambers, case_id, "林小芳")
    with chambers.office.database.writing() as connection:
        connection.execute(update(table("paper")).values(bears=None, case_version=None))
    chambers.clock.ahead(minutes=1)
    right(chambers, case_id, one, body)
    assert bool(listed(chambers, case_id)[old["id"]]) is said
