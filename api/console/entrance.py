"""Who sits at the console (入座): the session's caller, the proof that a form is ours, and what a form was filled with.

A form is taken only from a page of this house: the browser says so, and the form carries a token made from the session.
What does not live here: sessions and passwords (identity) and what anybody may do (machines, visibility).
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from api.console.frame import lang_of
from api.deps import COOKIE, HANDED, HouseOf, same_origin
from api.house import House
from api.identity import Caller, unauthenticated
from api.problems import AtTheEdge
from cases.desk.views import Reader
from cases.errors import Malformed

PASSWORD = "/console/password"
"""Where one's own password is replaced."""

TOKEN, ONCE = "_token", "_once"
MOST_FIELDS, MOST_FILES = 2000, 20
_HEX = re.compile("(?:[0-9a-f]{2})+")
_KEY = re.compile(r"[\w-]{1,64}", re.ASCII)
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Seat:
    """Whoever sits at the console: the caller, as a reader of cases, the language, and what proves a form theirs."""

    house: House
    caller: Caller
    lang: str
    proof: bytes

    @property
    def token(self) -> str:
        """The token of a form, written in other signs each time: in a page that is compressed for the way, nothing that
        stays the same may be guessed at by its size."""
        mask = secrets.token_bytes(len(self.proof))
        return (mask + _mixed(mask, self.proof)).hex()

    @cached_property
    def reader(self) -> Reader:
        """The caller as somebody who looks at cases."""
        return self.house.reader(self.caller.actor)

    @property
    def name(self) -> str:
        """Who it is."""
        return self.caller.actor.name

    @property
    def roles(self) -> frozenset[str]:
        """In which roles."""
        return self.caller.actor.roles

    @property
    def stands(self) -> frozenset[str]:
        """What their organisation is: its kind and its duties."""
        found = self.house.office.pack.organisation(self.caller.actor.org or "")
        return frozenset({found.kind, *found.duties}) if found else frozenset()

    @property
    def org_name(self) -> str:
        """Where they work."""
        found = self.house.office.pack.organisation(self.caller.actor.org or "")
        return found.name if found else ""


def proof_for(session: str) -> bytes:
    """What proves that a form belongs to a session; nobody without the session can make it."""
    return hmac.digest(session.encode(), b"huiyin form", "sha256")


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def take_newcomers_seat(request: Request, house: HouseOf) -> Seat:
    """The seat of a session, whatever password it was opened with; 401 without one."""
    kept = request.cookies.get(COOKIE)
    if not kept:
        raise unauthenticated("请先登录")
    caller = house.identity.caller(kept)
    request.state.actor = caller.actor
    return Seat(house, caller, lang_of(request), proof_for(kept))


NewcomerOf = Annotated[Seat, Depends(take_newcomers_seat)]


async def take_seat(seat: NewcomerOf) -> Seat:
    """The seat of a session; who still has the password somebody else gave is led to where it is replaced."""
    if seat.caller.handed:
        raise AtTheEdge("not_allowed", HANDED, go=PASSWORD)
    return seat


SeatOf = Annotated[Seat, Depends(take_seat)]


async def read_sent(request: Request) -> AsyncIterator[FormData]:
    """What was sent with a form, as it came; 403 from anybody else's page."""
    same_origin(request)
    async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FILES) as sent:
        yield sent


SentOf = Annotated[FormData, Depends(read_sent)]


def _unkeepable(sent: FormData) -> bool:
    return any(isinstance(value, str) and _UNKEEPABLE.search(name + value) for name, value in sent.multi_items())


def _keepable(sent: FormData) -> FormData:
    if _unkeepable(sent):
        raise Malformed("含有不能保存的字符")
    return sent


def read_filled(sent: SentOf) -> FormData:
    """What was sent with a form of a page that asks for no session; 403 from anybody else's."""
    return _keepable(sent)


FilledOf = Annotated[FormData, Depends(read_filled)]


def is_ours(filled: FormData, seat: Seat) -> bool:
    """Whether a form carries the token of this session."""
    given = filled.get(TOKEN)
    if not isinstance(given, str) or not _HEX.fullmatch(given):
        return False
    raw, size = bytes.fromhex(given), len(seat.proof)
    return len(raw) == 2 * size and hmac.compare_digest(_mixed(raw[:size], raw[size:]), seat.proof)


def own_newcomers_form(seat: NewcomerOf, sent: SentOf) -> FormData:
    """A filled form that carries the token of this session; 403 for any other, whatever else is wrong with it."""
    if not is_ours(sent, seat):
        raise AtTheEdge("not_allowed", "这一页打开得太久了,请返回上一页,刷新后再提交")
    return _keepable(sent)


OwnNewcomersFormOf = Annotated[FormData, Depends(own_newcomers_form)]


def own_form(seat: SeatOf, filled: OwnNewcomersFormOf) -> FormData:  # noqa: ARG001 - the seat must be taken
    """The same, from whoever has a password of their own."""
    return filled


OwnFormOf = Annotated[FormData, Depends(own_form)]


def typed_form(seat: SeatOf, sent: SentOf) -> FormData:
    """A filled form that is shown again with what was typed when its token is too old: the page looks at the token
    (``is_ours``) before it does anything. Text that cannot be kept cannot be shown again: then it is looked at here."""
    return _keepable(sent) if is_ours(sent, seat) or not _unkeepable(sent) else own_newcomers_form(seat, sent)


TypedFormOf = Annotated[FormData, Depends(typed_form)]


def text_of(filled: FormData, name: str) -> str:
    """A text field of a form; "" when it is left out or is a file."""
    given = filled.get(name)
    return given.strip() if isinstance(given, str) else ""


def key_of(filled: FormData) -> str | None:
    """The key under which a form is taken once only; one that is none of ours is left out."""
    given = text_of(filled, ONCE)
    return given if _KEY.fullmatch(given) else None


def files_of(filled: FormData, name: str) -> list[UploadFile]:
    """The files of a field; an input left empty is none."""
    return [one for one in filled.getlist(name) if isinstance(one, UploadFile) and one.filename]
