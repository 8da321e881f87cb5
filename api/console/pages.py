"""The pages put together (页面总表): every router of the console under ``/console``, and the static files beside it.

What does not live here: any page.
"""

from __future__ import annotations

from fastapi import FastAPI

from api.console import acting, bulk, entering, queue, registering, sheet, statics, stream
from api.console.refusing import ROOT, ErrorPages

ROUTERS = (entering, acting, registering, stream, bulk, sheet, queue)


def install(app: FastAPI) -> ErrorPages:
    """Give the app its pages; answers who says no on them."""
    for module in ROUTERS:
        app.include_router(module.router, prefix=ROOT, include_in_schema=False)
    app.include_router(statics.router, include_in_schema=False)
    app.state.pages = ErrorPages()
    return app.state.pages
