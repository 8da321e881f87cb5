"""A party's own view of its suit (诉讼当事人查询), on the same page as a mediation's: how far it has come, the next due
moment, and one form for each step that side may take.

What does not live here: what a party may know and do (parlour), number and code (parties).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.choices import Choices
from api.console.entrance import text_of
from api.console.fields import Drawing, count_of, defaults_of, flat
from api.console.frame import lang_of
from api.console.labels import Labels
from api.console.phone.following import Key, offered
from api.console.phone.frame import show, token_of
from api.console.reading import read, typed_of
from api.deps import client, read_version
from api.house import House
from api.parlour import Parlour
from api.problems import AtTheEdge
from cases.desk.desk import Order
from cases.desk.views import View
from cases.errors import Malformed, NotFound, Refusal, StillNeeded
from cases.store.idempotency import Once

SIDES: Mapping[str, str] = {"applicant": "plaintiff", "respondent": "defendant"}
KEY = frozenset({"number", "code"})


@dataclass(frozen=True)
class Deed:
    """The step whose form stands open: its verb, what was typed, what is wrong or missing."""

    verb: str = ""
    typed: Mapping[str, list[str]] | None = None
    status: int = 200
    said: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def look(request: Request, house: House, key: Key, filled: FormData) -> Response:
    """The suit, with the form of a step where one was opened."""
    return told(request, house, key, Deed(text_of(filled, "_open")))


def take_step(request: Request, house: House, key: Key, filled: FormData) -> Response:
    """Take one of a party's steps and show the suit as it is then; NotFound unless number and code belong together."""
    verb, parlour = text_of(filled, "_verb"), Parlour.at(house, client(request, house), key.number)
    action = offered(parlour.look(key.number, key.code), verb)
    typed = {name: said for name, said in typed_of(filled).items() if name not in KEY}
    if more := text_of(filled, "_more"):
        return told(request, house, key, Deed(verb, {**typed, f"{more}.{count_of(more, typed)}._": [""]}))
    try:
        body = read(action["schema"], typed) if action else {}
        version = read_version(text_of(filled, "_version") or "*")
        once = Once.of("", token_of(filled), f"POST /party/step/{verb}", [version, typed])
        parlour.step(key.number, key.code, Order("", verb, body, version), once)
    except NotFound:
        raise
    except AtTheEdge as refusal:
        return told(request, house, key, Deed(verb, typed, refusal.status_code, refusal.detail))
    except StillNeeded as refusal:
        return told(request, house, key, Deed(verb, typed, 409, "还缺条件", missing=refusal.missing))
    except Refusal as refusal:
        wrong = refusal.fields if isinstance(refusal, Malformed) else {}
        return told(request, house, key, Deed(verb, typed, 422 if wrong else 409, refusal.sentence, wrong))
    return told(request, house, key, Deed(), done=verb)


def told(request: Request, house: House, key: Key, deed: Deed, done: str = "") -> Response:
    """The suit as this side sees it."""
    lang, parlour = lang_of(request), Parlour.at(house, client(request, house), key.number)
    view, labels = parlour.look(key.number, key.code, lang), Labels(house.office, lang)
    action = offered(view, deed.verb)
    return show(
        request, "phone_suit.html", deed.status, view=view, key=key, deed=deed, action=action, labels=labels,
        done=labels.verb(parlour.case_type, done) if done else "", switch="",
        fields=_fields(house, view, action, deed, labels) if action else (),
    )  # fmt: skip


def _fields(house: House, view: View, action: View, deed: Deed, labels: Labels) -> object:
    """The form of a step; a party acts for its own side, and now unless it says otherwise."""
    schema, side = action["schema"], SIDES[view["side"]]
    given = {"side": ((side, labels.say("原告" if side == "plaintiff" else "被告")),)}
    typed = deed.typed
    if typed is None:
        now = house.office.clock.now()
        usual = flat({"at": now, "on": now.date().isoformat(), "side": side})
        typed = defaults_of(schema) | {name: one for name, one in usual.items() if name in schema["properties"]}
    return Drawing.of(schema, typed, deed.wrong, Choices(labels, given=given)).fields(schema)
