"""The app as ``huiyin serve`` runs it (服务): the API's own app, given the gate by which it may knock at an address.

What does not live here: the app (api.app), the gate (workflows), and starting a server (starting).
"""

from __future__ import annotations

from dataclasses import replace

from fastapi import FastAPI

from api.app import create_app
from cases.settings import Settings
from workflows.gates.knocking import knocker


def app() -> FastAPI:
    """The app of the installation the environment describes."""
    settings = Settings()
    made = create_app(settings)
    knock = knocker(settings.connect_seconds, settings.answer_seconds, settings.approved_networks)
    made.state.house = replace(made.state.house, knock=knock)
    return made
