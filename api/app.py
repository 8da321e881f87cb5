"""The web app (应用): the routes put together behind the gatehouse. ``uvicorn --factory api.app:create_app`` serves it.

What does not live here: routes, and how processes are started (the command line).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from starlette.routing import Match
from starlette.types import Scope

from api import problems
from api.collecting import leave, settle
from api.console.pages import install
from api.describing import add_webhooks, describe
from api.gatehouse import Gatehouse
from api.house import House
from api.manual import POLICY, page
from api.routes import (
    accounts,
    batches,
    calendar,
    cases,
    catalogue,
    consents,
    deliveries,
    files,
    health,
    inbox,
    links,
    login,
    mediation,
    mediators,
    meetings,
    oversight,
    papers,
    petitions,
    public,
    steps,
    suits,
)
from cases.office import Office, open_office
from cases.settings import Settings

BASE = "/api/v1"
ROUTERS = (
    login, accounts, cases, steps, links, files, papers, catalogue, calendar, inbox, deliveries, petitions, suits,
    batches, mediation, meetings, mediators, oversight, public, consents, health,
)  # fmt: skip


class Wing(APIRouter):
    """Routes that all lie under one prefix: a request for anything else is not compared with each of them."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether one of the routes is asked for."""
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        return super().matches(scope) if path.startswith(f"{self.prefix}/") else (Match.NONE, {})


def create_app(given: Settings | Office | House | None = None) -> FastAPI:
    """The app of an installation: of its settings (of the environment, if left out), or of an office already open.

    An office opened here is closed with the app; one that was handed in stays its owner's. PackBroken when no pack was
    published yet.
    """
    ours = given is None or isinstance(given, Settings)
    house = _house(given)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        settle()
        yield
        leave()
        if ours:
            house.office.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.state.house = house
    api = Wing(prefix=BASE)
    for module in ROUTERS:
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(health.router, include_in_schema=False)
    app.include_router(calendar.pages, include_in_schema=False)
    problems.install(app, house.office.database.engine.dialect.loaded_dbapi.OperationalError)
    pages = install(app)
    add_webhooks(app)
    app.openapi = lambda: describe(app)
    app.add_api_route(f"{BASE}/openapi.json", app.openapi, include_in_schema=False)
    app.add_api_route(
        "/docs",
        lambda: HTMLResponse(page(app.openapi()), headers={"Content-Security-Policy": POLICY}),
        include_in_schema=False,
    )
    settings = house.office.settings
    app.add_middleware(Gatehouse, body_bytes=settings.body_bytes, upload_bytes=settings.upload_bytes, pages=pages)
    return app


def _house(given: Settings | Office | House | None) -> House:
    if isinstance(given, House):
        return given
    if isinstance(given, Office):
        return House.of(given)
    return House.of(open_office(given or Settings()))
