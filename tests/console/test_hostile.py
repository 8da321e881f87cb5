"""What nobody should send to a page, and what nobody should get out of one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.console.browser import HOME, Browser, read
from tests.people import WANG

ORIGIN = {"Origin": HOME}
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
NASTY = (
    "'\"><script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    "\u202e反",
    "%s%d",
    "🀄" * 50,
    "../../etc",
    "-1",
    "9" * 40,
)


def test_odd_forms_are_answered_with_a_page(browser: Browser):
    case_id = browser.world.report()["id"]
    token = browser.enter(WANG).look("/console").form("/console/logout")["_token"]
    file = ("_version", ("x.png", b"\x89PNG\r\n\x1a\n", "image/png"))
    ours = {"_token": token}
    first = {**ours, "_version": "1"}
    odd: list[tuple[str, dict[str, Any]]] = [
        (f"cases/{case_id}/steps/decline", {"files": [file], "data": ours}),
        (f"cases/{case_id}/steps/decline", {"files": [("reason", file[1])], "data": first}),
        (f"cases/{case_id}/steps/supplement", {"data": {**first, "dissuasion": "x", "dissuasion.": "y"}}),
        (f"cases/{case_id}/steps/accept", {"data": {**first, "emergency": "maybe", "matter": ["a", "b"]}}),
        (f"cases/{case_id}/steps/accept", {"data": {**first, "_more": "matter.x"}}),
        (f"cases/{case_id}/steps/accept", {"data": {**ours, "_version": "7", "_once": "é" * 300}}),
        (f"cases/{case_id}/steps/..%2f..", {"data": ours}),
        (f"cases/{case_id}/steps/accept", {"content": b"\xff\xfe=%ff%00", "headers": {"Content-Type": FORM}}),
        (f"cases/{case_id}/steps/accept", {"content": b"--x\r\n", "headers": {"Content-Type": f"{PARTS}; boundary=y"}}),
        (f"cases/{case_id}/steps/accept", {"content": b"--", "headers": {"Content-Type": PARTS}}),
        (f"cases/{case_id}/steps/accept", {"json": {"_version": 1}}),
        (f"cases/{case_id}/steps/accept", {"data": {f"f{n}": "x" for n in range(2500)}}),
        (f"cases/{case_id}/files", {"data": {**ours, "files": "no file"}}),
        (f"cases/{case_id}/reporter", {"data": {**ours, "reason": "x" * 5000}}),
        (f"cases/{case_id}/papers/nonsense", {"data": ours}),
        ("bulk", {"data": {**ours, "_case": [f"{case_id}:{'9' * 9}", f"{case_id}:x"], "_verb": "accept", "_go": "1"}}),
        ("bulk", {"data": {**ours, "_case": f"{case_id}:{'9' * 9}", "_verb": "nonsense"}}),
        ("register", {"data": {**ours, "community": "??", "found_at": "31.12.2026", "dissuasion.at": "x"}}),
        ("register", {"files": [("description", file[1])], "data": ours}),
        ("login", {"content": b"login=%00&password=x", "headers": {"Content-Type": FORM}}),
        ("login", {"files": [("password", file[1])], "data": {"login": "wang"}}),
        ("logout", {"data": {"_token": "é"}}),
    ]  # fmt: skip
    for path, sent in odd:
        answer = browser.ask("POST", f"/console/{path}", **{**sent, "headers": {**ORIGIN, **sent.get("headers", {})}})
        assert answer.status_code in {200, *range(400, 500)}, (path, sent, answer.status_code)
        assert read(answer).top.one("h1").text
    assert browser.world.get(WANG, f"/cases/{case_id}").json()["version"] == 1


def test_what_is_typed_is_shown_as_it_was_typed_and_runs_nowhere(browser: Browser):
    for nasty in NASTY:
        _typed_and_shown(browser, nasty)


def _typed_and_shown(browser: Browser, nasty: str) -> None:
    case_id = browser.world.report(description=nasty, reporter_name=nasty)["id"]
    browser.enter(WANG)
    page = browser.look(f"/console/cases/{case_id}")
    assert page.top.one("p", class_="words").text == " ".join(nasty.split())
    assert "<script>alert" not in page.answer.text
    path = f"/console/cases/{case_id}/steps/decline"
    typed = read(browser.send(path, {**browser.look(path).form(path), "reason": nasty, "channel": "x" * 5000}))
    assert typed.form(path)["reason"] == " ".join(nasty.split())
    for name in ("q", "matter", "community", "department", "state"):
        shown = browser.look(f"/console?view=all&{name}={quote(nasty[:64])}")
        assert shown.status in {200, 422}
        assert "<script>alert" not in shown.answer.text
    for name in ("cursor", "sort", "light", "view"):
        assert browser.look(f"/console?{name}={quote(nasty[:64])}").status in {200, 422}


def test_a_page_too_large_is_a_page_too(browser: Browser):
    browser.enter(WANG)
    answer = browser.send("/console/bulk", {"_token": "x" * 1_100_000})
    assert (answer.status_code, read(answer).top.one("h1").text) == (413, "内容过大")
