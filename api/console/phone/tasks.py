"""A department's task by link (凭链接办件) at ``/d/{link}``, without an account: open it, see it, take its steps.

The code of the link stands behind the ``#``, which no browser sends; it travels in the body of forms. Only a press of
the button opens the task: whoever merely fetches the address, as previews of messages do, has seen nothing. Steps are
what the engine offers. What does not live here: whether a link is good and what a step does (linkroom), what the page
shows (task_page).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.entrance import FilledOf, files_of, text_of
from api.console.fields import FILES, Field, every_field
from api.console.frame import lang_of
from api.console.labels import Labels
from api.console.phone.frame import show, token_of
from api.console.phone.reporting import MOST_PHOTOS
from api.console.phone.task_page import SIGNER, Key, Task, Try
from api.console.reading import read, typed_of
from api.console.sheet import PICTURES
from api.deps import HouseOf, VisitorOf, client, read_version, visitor
from api.house import House
from api.linkroom import LONGEST_CODE, LinkRoom, checked_name
from api.photos import Photo, keep_photos
from api.problems import AtTheEdge
from cases.desk.desk import Order
from cases.desk.task_links import LinkShut
from cases.desk.views import View
from cases.errors import Malformed, NotFound, Refusal, StillNeeded
from cases.store.idempotency import Once

router = APIRouter(dependencies=[Depends(visitor)])
NO_SCRIPTS = {"Content-Security-Policy": "default-src 'none'; sandbox"}


def key_of(link_id: str, filled: FormData) -> Key:
    """Link, code and name as they were sent."""
    return Key(link_id[:64], text_of(filled, "code")[:LONGEST_CODE], " ".join(text_of(filled, "_name")[:200].split()))


@router.get("/d/{link_id}")
def ask(link_id: str, request: Request) -> Response:
    """The page the link leads to: a button, and nothing about any task."""
    return show(request, "phone_door.html", link_id=link_id[:64], switch=f"/d/{link_id[:64]}")


@router.post("/d/{link_id}")
def look(link_id: str, request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """The task. Whoever pressed the button has seen it."""
    key = key_of(link_id, filled)
    try:
        return Task(request, house, _room(request, house).look(key.link_id, key.code), key).page()
    except (NotFound, LinkShut, AtTheEdge) as refusal:
        return _shut(request, house, key, refusal)


@router.post("/d/{link_id}/form")
def show_form(link_id: str, request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """The form of a step; when it is no longer offered, the task as it is now."""
    key = key_of(link_id, filled)
    try:
        task = Task(request, house, _room(request, house).held(key.link_id, key.code), key)
    except (NotFound, LinkShut, AtTheEdge) as refusal:
        return _shut(request, house, key, refusal)
    action = task.action(text_of(filled, "_verb"))
    return task.form(action) if action else task.page(tried=Try(status=409, said="现在不能办理这一步,下面是最新情况"))


@router.post("/d/{link_id}/step")
def take_step(link_id: str, request: Request, house: HouseOf, address: VisitorOf, filled: FilledOf) -> Response:
    """Take a step and show the task as it is then."""
    key, verb, room = key_of(link_id, filled), text_of(filled, "_verb"), LinkRoom(house, address)
    try:
        held = room.held(key.link_id, key.code)
        task = Task(request, house, held, key)
        tried = Taking(room, task, verb, filled, address).take()
    except (NotFound, LinkShut, AtTheEdge) as refusal:
        return _shut(request, house, key, refusal)
    if tried is None:
        return _after(request, house, key, verb)
    task = Task(request, house, held, key)
    action = task.action(verb)
    return task.form(action, tried) if action else task.page(tried=tried)


def _room(request: Request, house: House) -> LinkRoom:
    return LinkRoom(house, client(request, house))


def _after(request: Request, house: House, key: Key, verb: str) -> Response:
    """The task after a step; the last step of a task shuts its link."""
    try:
        return Task(request, house, _room(request, house).held(key.link_id, key.code), key).page(done=verb)
    except LinkShut as refusal:
        return _shut(request, house, key, refusal, done=verb)


@dataclass(frozen=True)
class Taking:
    """One step as it was sent: by whom, with what, from where."""

    room: LinkRoom
    task: Task
    verb: str
    filled: FormData
    address: str

    def take(self) -> Try | None:
        """Take the step; what is to be shown again, or None when it was taken."""
        typed = {name: said for name, said in typed_of(self.filled).items() if name != "code"}
        action = self.task.action(self.verb)
        if action is None:
            return Try(typed, 409, "这一步刚刚已有人办理,或者现在不能办理。下面是最新情况")
        try:
            self._take(action, typed)
        except Malformed as refusal:
            return Try(typed, 422, refusal.sentence, refusal.fields)
        except StillNeeded as refusal:
            return Try(typed, 409, "还缺条件", missing=refusal.missing)
        except AtTheEdge as refusal:
            return Try(typed, refusal.status_code, refusal.detail)
        except (NotFound, LinkShut):
            raise
        except Refusal as refusal:
            return Try(typed, 409, refusal.sentence)
        return None

    def _take(self, action: View, typed: dict[str, list[str]]) -> None:
        version = read_version(text_of(self.filled, "_version") or "*")
        name, body = checked_name(self.task.key.name), read(action["schema"], typed)
        if SIGNER in action["schema"]["properties"]:
            body[SIGNER] = name
        photos = self._photos(self.task.fields(action, Try(typed)), body)
        once = Once.of("", token_of(self.filled), f"POST /d/step/{self.verb}", [version, typed, name])
        self.room.step(self.task.held, name, Order("", self.verb, body, version), once, photos)

    def _photos(self, fields: tuple[Field, ...], body: dict[str, Any]) -> list[Photo]:
        """The photographs, drawn anew; what fields ask for is put into the form. Kept only if the rest is right."""
        sent = [(one, files_of(self.filled, f"_file.{one.name}")) for one in every_field(fields) if one.kind == FILES]
        asked = [(one, files[0]) for one, files in sent if files]
        beside = files_of(self.filled, "photos")
        if len(asked) + len(beside) > MOST_PHOTOS:
            sentence = f"一次最多 {MOST_PHOTOS} 张照片"
            raise Malformed(sentence, {"photos": sentence})
        self.room.judge(self.task.held, self.verb, body | {one.name: one.title for one, _ in asked})
        if not asked and not beside:
            return []
        self.task.house.throttles.reports.demand(self.address)
        kept = keep_photos(self.task.house.folder, [one.file for one in (*(file for _, file in asked), *beside)])
        for place, (one, _) in enumerate(asked):
            kept[place] = replace(kept[place], name=f"{one.title}.jpg")
            body[one.name] = kept[place].id
        return kept


@router.post("/d/{link_id}/file")
def show_file(link_id: str, request: Request, house: HouseOf, filled: FilledOf) -> Response:
    """A file of the task, whole."""
    key = key_of(link_id, filled)
    room = _room(request, house)
    try:
        found, path = room.file(room.held(key.link_id, key.code), text_of(filled, "file"))
    except (LinkShut, AtTheEdge) as refusal:
        return _shut(request, house, key, refusal)
    shown = "inline" if found.media_type in PICTURES else "attachment"
    return FileResponse(
        path, media_type=found.media_type, filename=found.name, content_disposition_type=shown, headers=NO_SCRIPTS
    )


def _shut(request: Request, house: House, key: Key, refusal: Refusal | AtTheEdge, done: str = "") -> Response:
    """A link that opens nothing: what became of it, and whom to ask."""
    if isinstance(refusal, LinkShut):
        told, labels = refusal.details, Labels(house.office, lang_of(request))
        done = labels.verb("assignment", done) if done else ""
        station = labels.pack.organisation(told["station"] or "")
        return show(request, "phone_shut.html", 410, told=told, station=station, done=done, switch="")
    if isinstance(refusal, NotFound):
        return show(request, "phone_door.html", 404, link_id=key.link_id, said=refusal.sentence, switch="")
    said = refusal.detail if isinstance(refusal, AtTheEdge) else refusal.sentence
    status = refusal.status_code if isinstance(refusal, AtTheEdge) else 409
    return show(request, "phone_door.html", status, link_id=key.link_id, said=said, switch="")
