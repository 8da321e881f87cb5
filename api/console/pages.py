"""The pages put together (页面总表): every router of the console under ``/console``, beside it the public's pages and
the static files.

What does not live here: any page.
"""

from __future__ import annotations

import re

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from api.console import (
    acting,
    bulk,
    documents,
    entering,
    links,
    overview,
    passwords,
    pictures,
    post,
    queue,
    registering,
    sheet,
    slips,
    statics,
    stream,
    today,
)
from api.console.admin import diagrams, front, keys, ladders, noted, offices, packs, years
from api.console.admin import people as accounts
from api.console.admin.frame import ROOT as ADMIN_ROOT
from api.console.mediation import (
    agreeing,
    asking,
    choosing,
    intake,
    meeting,
    people,
    planning,
    promises,
    righting,
    signing,
    week,
)
from api.console.phone import board, consenting, following, helping, language, parties, reporting, tasks
from api.console.phone.refusing import PublicPages
from api.console.refusing import ROOT, ErrorPages
from api.console.suits import batch as suit_batch
from api.console.suits import board as suit_board
from api.console.suits import family, oversight

PACKED = re.compile(r"/(?:console(?!/stream)|static|r|f|d|party|board|help|consent)(?:/|$)")
"""Pages that are compressed on their way: words and no pictures. Streams go line by line, and the API as it is."""


PRESSED = 4
"""How hard pages are pressed: half the work of the usual 6, for three bytes more in a hundred."""


class Packing(GZipMiddleware):
    """Compresses pages, and nothing else."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; its answer comes back small where it is a page."""
        page = scope["type"] == "http" and PACKED.match(scope["path"])
        await (super().__call__ if page else self.app)(scope, receive, send)


ROUTERS = (queue, sheet, entering, passwords, acting, documents, pictures, registering, stream, bulk)
"""Asked for most often first: a route is looked for in this order."""

DEPARTMENTS = (links, slips, post)
MEDIATION = (agreeing, asking, choosing, intake, planning, meeting, people, promises, righting, signing, week)
ADMIN = (front, accounts, keys, noted, offices, packs, years, ladders, diagrams)
FIGURES = (today, overview)
PUBLIC = (reporting, following, consenting, parties, tasks, board, helping, language)
SUITS = (suit_board, family, suit_batch, oversight)


def install(app: FastAPI) -> PublicPages:
    """Give the app its pages; answers who says no on them."""
    for module in (*ROUTERS, *MEDIATION, *SUITS, *FIGURES, *DEPARTMENTS):
        app.include_router(module.router, prefix=ROOT, include_in_schema=False)
    for module in ADMIN:
        app.include_router(module.router, prefix=ADMIN_ROOT, include_in_schema=False)
    for module in PUBLIC:
        app.include_router(module.router, include_in_schema=False)
    app.include_router(statics.router, include_in_schema=False)
    app.add_middleware(Packing, minimum_size=1000, compresslevel=PRESSED)
    app.state.pages = PublicPages(ErrorPages())
    return app.state.pages
