"""A mediation whose entries are put right: a party corrected, one taken back, what each said, what stands after it.

What does not live here: expectations.
"""

from __future__ import annotations

import json
from typing import Any

from cases.desk.mediation.consenting import ask, open_link
from cases.desk.mediation.forms import (
    ConsentAsked,
    ConsentRecorded,
    PartyCorrection,
    PartyWithdrawal,
)
from cases.desk.mediation.hearing import Hearing
from cases.grammar import Actor
from tests.builders import an_actor
from tests.cases.chamber import COMMITTEE, MEDIATOR_ACTOR, Table

NUMBER, OTHER_NUMBER = "11010519491231002X", "110105194912310038"
HEAD = an_actor("陶主任", COMMITTEE, "committee_head")


def correct(chamber: Table, case_id: str, n: int, actor: Actor = MEDIATOR_ACTOR, version: int | None = None,
            **changed: Any) -> Any:  # fmt: skip
    form = PartyCorrection.model_validate({"reason": "登记时写错", **changed})
    with chamber.sitting(case_id, actor) as sitting:
        return Hearing(chamber.office.desk).correct(sitting, chamber.parties(case_id)[n], form, version)


def withdraw(chamber: Table, case_id: str, n: int, actor: Actor = MEDIATOR_ACTOR, version: int | None = None,
             reason: str = "同一人登记了两次") -> Any:  # fmt: skip
    with chamber.sitting(case_id, actor) as sitting:
        form = PartyWithdrawal(reason=reason)
        return Hearing(chamber.office.desk).withdraw(sitting, chamber.parties(case_id)[n], form, version)


def row(chamber: Table, case_id: str, n: int) -> dict[str, Any]:
    return sorted(chamber.counter.rows("party", case_id=case_id), key=lambda one: one["ordinal"])[n]


def said(chamber: Table, case_id: str, n: int, what: str = "mediation", means: str = "on_site", answer: str = "yes"):
    with chamber.sitting(case_id) as sitting:
        form = {"party_id": chamber.parties(case_id)[n], "what": what, "answer": answer, "means": means}
        Hearing(chamber.office.desk).record(sitting, ConsentRecorded.model_validate(form))


def linked(chamber: Table, case_id: str, n: int, what: str = "mediation") -> Any:
    with chamber.sitting(case_id) as sitting:
        return ask(sitting, ConsentAsked(party_id=chamber.parties(case_id)[n], what=what))


def opened(chamber: Table, link: Any) -> Any:
    with chamber.database.reading() as connection:
        return open_link(connection, link.consent_id, link.token, chamber.now)


def in_force(chamber: Table, case_id: str) -> set[tuple[str, str]]:
    """Who is held to have answered what."""
    return {
        (one["party_id"], one["what"])
        for one in chamber.counter.rows("consent", case_id=case_id)
        if one["answer"] and one["void_at"] is None
    }


def consenting(chamber: Table) -> str:
    """A mediation whose two parties are being asked, a third entered by mistake."""
    case_id = chamber.open(state="consenting")
    chamber.party(case_id, name="陈大文")
    chamber.party(case_id, side="respondent", name="林小芳", phone="13900002222")
    chamber.party(case_id, side="third", name="王误登", phone="13700003333", identity_number=NUMBER)
    return case_id


def history(chamber: Table, case_id: str) -> list[dict[str, Any]]:
    bodies = chamber.counter.rows("entry_payload", case_id=case_id)
    return [json.loads(one["body"]) for one in sorted(bodies, key=lambda one: one["seq"])]
