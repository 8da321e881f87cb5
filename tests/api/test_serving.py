"""The app as ``huiyin serve`` runs it can knock at an address; the API's own app alone cannot."""

from __future__ import annotations

import pytest

from api.app import create_app
from api.cli import serving
from cases.office import Office
from cases.ports import Door


def test_only_the_served_app_is_given_the_gate(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(serving, "Settings", lambda: office.settings)
    made = serving.app()
    try:
        knocked = made.state.house.knock(Door("JT-XF", "http://127.0.0.1:9/hook", "whsec_" + "A" * 44, ""), "m", b"{}")
        assert (knocked.kind, knocked.status) == ("unsafe", None), "it goes by the rules of every delivery"
    finally:
        made.state.house.office.close()
    assert create_app(office).state.house.knock is None
