"""Following a report (查询进展) at ``/f``: number and code, then the case in plain words and what its reporter may do.

The code travels in the body of a form, never in an address. What may be done is what the engine offers at the public
window. What does not live here: the window itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.entrance import FilledOf, files_of, text_of
from api.console.frame import lang_of
from api.console.phone.frame import show, token_of
from api.console.phone.reporting import MOST_PHOTOS, TOLD, told_of
from api.deps import HouseOf, VisitorOf, client, read_version, visitor
from api.house import House
from api.photos import Photo, keep_photos
from api.problems import AtTheEdge
from api.window import Window
from cases.desk.desk import Order
from cases.desk.views import View
from cases.errors import Malformed, NotFound, Refusal
from cases.store.idempotency import Once

router = APIRouter(dependencies=[Depends(visitor)])
LONGEST_NUMBER, LONGEST_CODE = 80, 64
WITH_PHOTOS = frozenset({"not_solved", "supplement", "object", "reopen"})
"""Steps that may bring photographs; where the form has no field for them they become files of the case."""

DEEDS: Mapping[str, str] = {
    "confirm": "问题解决了", "not_solved": "还没有解决", "supplement": "补充材料", "object": "我不同意这个决定",
    "reopen": "问题又出现了", "leave": "我不想再调解了",
}  # fmt: skip
"""What a step is called where people without an account take it."""


@dataclass(frozen=True)
class Key:
    """What somebody came in with."""

    number: str
    code: str


@dataclass(frozen=True)
class Try:
    """A step that was not taken: its verb, what was typed, why not."""

    verb: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    status: int = 200
    said: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


def key_of(filled: FormData) -> Key:
    """Number and code as they were sent."""
    return Key(text_of(filled, "number")[:LONGEST_NUMBER], text_of(filled, "code")[:LONGEST_CODE])


def typed_of(filled: FormData) -> dict[str, str]:
    """What was typed into the form of a step; who came in with which key is not part of it."""
    names = (name for name in filled if not name.startswith("_") and name not in {"number", "code"})
    return {name: said for name in names if (said := text_of(filled, name))}


@router.get("/f")
def ask(request: Request, number: Annotated[str, Query(max_length=LONGEST_NUMBER)] = "") -> Response:
    """The form that asks for number and code."""
    return show(request, "phone_follow.html", number=number)


@router.post("/f")
def look(request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """The report, or the form again."""
    return told(request, house, key_of(filled), Try())


@router.post("/f/step")
def take_step(request: Request, house: HouseOf, address: VisitorOf, filled: FilledOf) -> Response:
    """Take one of the reporter's steps and show the report as it is then."""
    key, verb, window = key_of(filled), text_of(filled, "_verb"), Window(house, address)
    typed = typed_of(filled)
    try:
        action = offered(window.look(key.number, key.code), verb)
        body = body_of(typed, action["schema"]["properties"] if action else {})
        if action:
            window.judge_step(verb, body)
        photos = _photos(house, address, filled, verb) if action else []
        version = read_version(text_of(filled, "_version") or "*")
        once = Once.of("", token_of(filled), f"POST /f/step/{verb}", [version, typed])
        if action and "photos" in action["schema"]["properties"]:
            body["photos"] = [one.id for one in photos]
        window.step(key.number, key.code, Order("", verb, body, version), once, photos)
    except NotFound:
        return told(request, house, key, Try())
    except AtTheEdge as refusal:
        return told(request, house, key, Try(verb, typed, refusal.status_code, refusal.detail))
    except Refusal as refusal:
        wrong = refusal.fields if isinstance(refusal, Malformed) else {}
        return told(request, house, key, Try(verb, typed, 422 if wrong else 409, refusal.sentence, wrong))
    return told(request, house, key, Try(), done=DEEDS.get(verb, ""))


def offered(view: View, verb: str) -> View | None:
    """The action the engine offers under this verb, if it does."""
    return next((one for one in view["actions"] if one["verb"] == verb), None)


def body_of(typed: Mapping[str, str], properties: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as far as the form of the step asks for it."""
    body: dict[str, Any] = {name: typed[name] for name, one in properties.items() if name in typed and "type" in one}
    if "dissuasion" in properties:
        body |= told_of({name: typed[name] for name in TOLD.values() if name in typed})
    return body


def _photos(house: House, address: str, filled: FormData, verb: str) -> list[Photo]:
    sent = files_of(filled, "photos") if verb in WITH_PHOTOS else []
    if len(sent) > MOST_PHOTOS:
        sentence = f"一次最多 {MOST_PHOTOS} 张照片"
        raise Malformed(sentence, {"photos": sentence})
    if sent:
        house.throttles.reports.demand(address)
    return keep_photos(house.folder, [one.file for one in sent])


def told(request: Request, house: House, key: Key, tried: Try, done: str = "") -> Response:
    """The report as its reporter sees it; who does not know the code gets the form again, with one sentence for all."""
    try:
        view = Window(house, client(request, house)).look(key.number, key.code, lang_of(request))
    except NotFound as refusal:
        return show(request, "phone_follow.html", 404, number=key.number, said=refusal.sentence, switch="/f")
    except AtTheEdge as refusal:
        return show(
            request, "phone_follow.html", refusal.status_code, number=key.number, said=refusal.detail, switch="/f"
        )
    return show(
        request, "phone_case.html", tried.status, view=view, key=key, tried=tried, done=done, deeds=DEEDS,
        with_photos=WITH_PHOTOS, most=MOST_PHOTOS, switch="",
    )  # fmt: skip
