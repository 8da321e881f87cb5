"""Help (帮助) at ``/help``: a page for each role from Markdown, and the glossary, which is made from the machines.

What does not live here: the pages themselves (``api/console/help``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fastapi import APIRouter, Depends, Request
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import Response

from api.console.frame import HERE, lang_of
from api.console.phone.frame import show
from api.deps import HouseOf, visitor
from cases.engine import Engine
from cases.errors import NotFound

router = APIRouter(dependencies=[Depends(visitor)])
PAGES = HERE / "help"
ROLES = (
    "resident", "party", "property", "operator", "station_head", "department", "mediator", "court", "archivist",
    "supervisor", "admin",
)  # fmt: skip
"""The pages in the order they are listed: those without an account first."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the house: its code, in Chinese and English."""

    code: str
    zh: str
    en: str


@cache
def written(role: str, lang: str) -> tuple[str, Markup]:
    """A page: its heading, and the whole of it as HTML; markup in the text is shown as text."""
    text = (PAGES / f"{role}.{lang}.md").read_text(encoding="utf-8")
    heading = text.partition("\n")[0].removeprefix("# ").strip()
    # Markdown with HTML disabled escapes whatever is no Markdown.
    return heading, Markup(MarkdownIt("commonmark", {"html": False}).render(text))


@router.get("/help")
def show_pages(request: Request) -> Response:
    """Every page by its heading."""
    lang = lang_of(request)
    return show(request, "phone_help.html", pages=[(role, written(role, lang)[0]) for role in ROLES])


@router.get("/help/words")
def show_words(request: Request, house: HouseOf) -> Response:
    """What states and steps are called, in both languages."""
    engines = house.office.desk.engines.values()
    return show(request, "phone_words.html", kinds=[(one.case_type, *words_of(one)) for one in engines])


@router.get("/help/{role}")
def show_page(role: str, request: Request) -> Response:
    """The page of a role."""
    if role not in ROLES:
        raise NotFound("没有这一页帮助")
    heading, told = written(role, lang_of(request))
    return show(request, "phone_helped.html", heading=heading, told=told)


def words_of(engine: Engine) -> tuple[list[Word], list[Word]]:
    """The states and the steps of a kind of case."""
    kind = engine.case_type
    states = [Word(one.code, one.label, one.label_en) for one in kind.states]
    return states, list(_verbs(engine))


def _verbs(engine: Engine) -> Iterator[Word]:
    for code, (zh, en) in engine.case_type.verbs.items():
        yield Word(code, zh, en)
