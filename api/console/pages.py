"""The pages put together (页面总表): every router of the console under ``/console``, beside it the public's pages and
the static files.

What does not live here: any page.
"""

from __future__ import annotations

from fastapi import FastAPI

from api.console import acting, bulk, documents, entering, pictures, queue, registering, sheet, statics, stream
from api.console.phone import board, consenting, following, helping, language, parties, reporting
from api.console.phone.refusing import PublicPages
from api.console.refusing import ROOT, ErrorPages

ROUTERS = (entering, acting, documents, pictures, registering, stream, bulk, sheet, queue)
PUBLIC = (reporting, following, consenting, parties, board, helping, language)


def install(app: FastAPI) -> PublicPages:
    """Give the app its pages; answers who says no on them."""
    for module in ROUTERS:
        app.include_router(module.router, prefix=ROOT, include_in_schema=False)
    for module in PUBLIC:
        app.include_router(module.router, include_in_schema=False)
    app.include_router(statics.router, include_in_schema=False)
    app.state.pages = PublicPages(ErrorPages())
    return app.state.pages
