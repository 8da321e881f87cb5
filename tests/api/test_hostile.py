"""Whatever is sent, the answer is one of ours: no request makes a 5xx."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.desk.desk import ENGINES
from tests.api.world import BASE, World, a_report
from tests.builders import FIRE
from tests.people import CAST, LI, MA, WANG, ZHANG, ZHAO, Someone

PATIENT = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
MANY = settings(max_examples=150, deadline=None, suppress_health_check=PATIENT)
SOME = settings(max_examples=40, deadline=None, suppress_health_check=PATIENT)

TEXT = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["\x00", "'; DROP TABLE case_file; --", "%s%d{}", "\u202e", "٣", "x" * 5000, "0001-01-01T00:00:00+14:00", "NaN"]
)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
VALUE = st.recursive(
    SCALAR, lambda more: st.lists(more, max_size=4) | st.dictionaries(TEXT, more, max_size=4), max_leaves=8
)
FIELDS = st.sampled_from(
    sorted(
        {*a_report(), "lead", "assists", "reason", "officers", "text", "complete_by", "article", "proposed", "ground"}
        | {
            "master",
            "orders",
            "case_id",
            "verb",
            "form",
            "version",
            "recipient",
            "url",
            "networks",
            "login",
            "password",
        }
        | {"at", "by", "words", "measure", "done", "object", "satisfied", "receiver", "opinion", "reporter_org", "lng"}
    )
)
BODY = st.dictionaries(FIELDS | TEXT, VALUE, max_size=6) | VALUE
SPOILT_REPORT = st.dictionaries(st.sampled_from(sorted(a_report())), VALUE, min_size=1, max_size=3).map(
    lambda changed: a_report() | changed
)


@pytest.fixture(scope="module")
def cases(shared: World) -> list[str]:
    """A case in each of several states, and a task."""
    clue = shared.counter.dispatched(lead=FIRE)
    return [shared.report()["id"], shared.accepted(), clue, shared.task_of(clue, FIRE).id, shared.counter.handled()]


def raw(body: Any) -> bytes:
    return json.dumps(body).encode()


def fine(answer: Any) -> None:
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(answer.json()) >= {"type", "title", "status", "code", "detail", "trace_id"}


JSON = {"Content-Type": "application/json", "If-Match": "*"}


@MANY
@given(
    body=BODY | SPOILT_REPORT,
    path=st.sampled_from(["/cases", "/public/reports", "/login", "/steps", "/deliveries/replay"]),
)
def test_bodies(shared: World, body: Any, path: str):
    fine(shared.ask(LI if path == "/deliveries/replay" else MA, "POST", path, content=raw(body), headers=JSON))


@MANY
@given(data=st.data())
def test_steps(shared: World, cases: list[str], data: st.DataObject):
    verbs = sorted({verb for engine in shared.office.desk.engines.values() for verb in engine.by_verb})
    case_id = data.draw(st.sampled_from(cases))
    verb = data.draw(st.sampled_from(verbs))
    who = data.draw(st.sampled_from([WANG, LI, ZHANG, ZHAO, MA]))
    body = data.draw(BODY)
    fine(shared.ask(who, "POST", f"/cases/{case_id}/steps/{verb}", content=raw(body), headers=JSON))


@MANY
@given(data=st.data())
def test_nearly_right_steps(shared: World, cases: list[str], data: st.DataObject):
    """Forms filled as their schema asks, with values from anywhere: they get past the form and meet the guards."""
    case_id = data.draw(st.sampled_from(cases))
    step = data.draw(st.sampled_from([step for engine in ENGINES.values() for step in engine.case_type.steps]))
    right = st.sampled_from(
        ["2026-12-01", "2026-11-20T07:00:00", "9999-12-31", "超出职权", "XF01", "JT-XF", "好", 3, True]
    )
    body = {name: data.draw(right | st.lists(right, max_size=3)) for name in step.form.model_fields}
    who = data.draw(st.sampled_from([WANG, LI, ZHANG, ZHAO]))
    fine(shared.ask(who, "POST", f"/cases/{case_id}/steps/{step.does}", content=raw(body), headers=JSON))


@MANY
@given(
    content=st.binary(max_size=300),
    kind=st.sampled_from(["application/json", "multipart/form-data; boundary=x", "", "ü"]),
)
def test_bytes(shared: World, cases: list[str], content: bytes, kind: str):
    headers = {"Content-Type": kind.encode(), "If-Match": "*"}
    for path in (f"/cases/{cases[0]}/attachments", f"/cases/{cases[0]}/steps/accept", "/login", "/public/reports"):
        fine(shared.ask(WANG, "POST", path, content=content, headers=headers))


@SOME
@given(data=st.data())
def test_addresses_and_headers(shared: World, data: st.DataObject):
    ascii_text = st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=60)
    paths = ["/cases/{}", "/cases/{}/entries", "/attachments/{}", "/public/reports/{}", "/inbox/{}/seen", "/{}"]
    part = data.draw(TEXT.filter(lambda text: "/" not in text and max(text, default="") < "\ud800") | st.just(".."))
    path = data.draw(st.sampled_from(paths)).format(_quoted(part))
    names = ["type", "state", "holder", "text", "cursor", "limit", "overdue", "kind", "code", "parent", "recipient"]
    query = data.draw(st.dictionaries(st.sampled_from(names), TEXT.filter(_encodes), max_size=4))
    more = ["If-Match", "Idempotency-Key", "Huiyin-Query-Code", "Origin", "X-Forwarded-For", "Cookie"]
    headers = data.draw(
        st.dictionaries(st.sampled_from(more), ascii_text.map(lambda text: text.encode("latin-1")), max_size=3)
    )
    who: Someone | None = data.draw(st.sampled_from([*CAST, None]))
    method = "POST" if path.endswith("/seen") else "GET"
    fine(shared.ask(who, method, path, params=query, headers=headers))
    fine(shared.ask(who, "GET", data.draw(st.sampled_from(["/cases", "/inbox", "/deliveries"])), params=query))
    shared.client.forget()


def _encodes(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))


def test_bytes_that_are_no_utf8_in_the_address(shared: World):
    for path in ("/cases/%ff%fe", "/cases?text=%ff", "/public/reports/%c3%28?code=%ff", "/%E4%BD"):
        fine(shared.client.request("GET", BASE + path, headers=WANG.headers))
