"""Files of cases: what is taken, under which name, and who gets it back."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from cases.errors import Malformed
from cases.store.attachments import Folder, TooLarge, UnknownKind, kind_of, shown_name
from tests.api.world import World
from tests.builders import FIRE, STATION, URBAN, an_actor
from tests.people import MA, WANG, ZHANG, ZHOU

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


def upload(world: World, who: Any, case_id: str, content: bytes = PNG, name: str = "现场.png") -> Any:
    return world.ask(who, "POST", f"/cases/{case_id}/attachments", files={"file": (name, content, "text/html")})


def test_a_file_comes_back_as_it_went_in(world: World):
    case_id = world.report()["id"]
    kept = upload(world, MA, case_id).json()
    assert (kept["name"], kept["media_type"], kept["size"]) == ("现场.png", "image/png", len(PNG))
    assert kept["sha256"] == hashlib.sha256(PNG).hexdigest()
    back = world.get(WANG, f"/attachments/{kept['id']}")
    assert back.content == PNG
    assert back.headers["content-type"] == "image/png", "what the contents show, not what the sender says"
    assert back.headers["content-disposition"].startswith("attachment")
    assert back.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in back.headers["content-security-policy"]
    assert [one["id"] for one in world.get(MA, f"/cases/{case_id}/attachments").json()["items"]] == [kept["id"]]


def test_equal_contents_lie_in_the_folder_once(world: World):
    case_id = world.report()["id"]
    for who in (MA, WANG):
        upload(world, who, case_id, name=f"{who.login}.png")
    files = [file for file in (world.office.settings.home / "files").rglob("*") if file.is_file()]
    assert [file.name for file in files] == [hashlib.sha256(PNG).hexdigest()]
    assert len(world.get(WANG, f"/cases/{case_id}/attachments").json()["items"]) == 2


def test_a_department_gets_the_files_of_the_report_and_of_its_own_task(world: World):
    clue = world.accepted()
    report = upload(world, MA, clue).json()["id"]
    world.step(WANG, clue, "dispatch", {"lead": FIRE, "assists": [URBAN]})
    fire = world.task_of(clue, FIRE).id
    own = upload(world, ZHANG, fire, PNG + b"1").json()["id"]
    assert [one["id"] for one in world.get(ZHANG, f"/cases/{fire}/attachments").json()["items"]] == [report, own]
    assert [world.get(ZHANG, f"/attachments/{one}").status_code for one in (report, own)] == [200, 200]
    assert [world.get(ZHOU, f"/attachments/{one}").status_code for one in (report, own)] == [200, 404]
    assert [world.get(MA, f"/attachments/{one}").status_code for one in (report, own)] == [200, 404]


def test_whoever_reported_sees_only_what_they_added(world: World):
    case_id = world.report()["id"]
    mine, theirs = upload(world, MA, case_id).json()["id"], upload(world, WANG, case_id).json()["id"]
    assert [one["id"] for one in world.get(MA, f"/cases/{case_id}/attachments").json()["items"]] == [mine]
    assert world.get(MA, f"/attachments/{theirs}").status_code == 404


def test_erased_content_takes_its_files_along(world: World):
    clue = world.report()["id"]
    kept = upload(world, MA, clue, name="我家门口.png").json()
    world.step(WANG, clue, "decline", {"reason": "不属于受理范围"})
    assert world.get(WANG, f"/attachments/{kept['id']}").status_code == 200
    archivist = an_actor("钱档案", STATION, "archivist")
    world.counter.step(clue, "erase", archivist, ground="个人信息保护法第四十七条", content=True)
    assert world.get(WANG, f"/cases/{clue}/attachments").json()["items"] == []
    answer = world.get(WANG, f"/attachments/{kept['id']}")
    assert (answer.status_code, answer.json()["detail"]) == (404, "这份材料已依法删除")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "malformed"),
        (b"<html><script>alert(1)</script>", 415, "unsupported_media"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", 415, "unsupported_media"),
        (b"MZ" + b"0" * 100, 415, "unsupported_media"),
        (b"#!/bin/sh\n", 415, "unsupported_media"),
        (b"\x89PN", 415, "unsupported_media"),
    ],
)
def test_what_is_no_evidence_is_not_taken(world: World, content: bytes, status: int, code: str):
    case_id = world.report()["id"]
    answer = upload(world, MA, case_id, content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    folder = world.office.settings.home / "files"
    assert [file for file in folder.rglob("*") if file.is_file()] == []


def test_a_closed_case_takes_no_more_files(world: World):
    case_id = world.report()["id"]
    world.step(WANG, case_id, "decline", {"reason": "不属受理范围"})
    answer = upload(world, MA, case_id)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_now")


@pytest.mark.parametrize(
    "body",
    [
        {"files": {"other": ("a.png", PNG)}},
        {"data": {"file": "text"}},
        {"json": {"file": "x"}},
        {"content": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"content": PNG, "headers": {"Content-Type": "image/png"}},
    ],
)
def test_a_request_without_a_file_is_refused(shared: World, body: Any):
    case_id = shared.report()["id"]
    answer = shared.ask(MA, "POST", f"/cases/{case_id}/attachments", **body)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\a.png", "a.png"),
        ("a\x00b\r\nSet-Cookie: x.png", "abSet-Cookie x.png"),
        ("照片\u202egnp.exe", "照片gnp.exe"),
        ("..", "附件"),
        ("", "附件"),
        ("a" * 500 + ".jpeg", "a" * 109 + ".jpeg"),
        ("\ud800.png", ".png"),
        ("a; filename=b.png", "a filename=b.png"),
    ],
)
def test_names_are_made_harmless(name: str, shown: str):
    assert shown_name(name).lstrip(".") == shown.lstrip(".")
    assert len(shown_name(name)) <= 120


def test_the_folder_leaves_nothing_of_a_file_that_is_too_large(tmp_path: Path):
    folder = Folder(tmp_path / "files", 1000)
    with pytest.raises(TooLarge):
        folder.take(io.BytesIO(PNG))
    with pytest.raises(Malformed):
        folder.take(io.BytesIO(b""))
    assert list((tmp_path / "files").iterdir()) == []
    assert folder.take(io.BytesIO(PNG[:1000])).size == 1000


@pytest.mark.parametrize(
    ("head", "kind"),
    [(b"\xff\xd8\xff\xe0", "image/jpeg"), (b"%PDF-1.7", "application/pdf"), (b"\0\0\0\x18ftypmp42", "video/mp4"),
     (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"), (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
     (b"PK\x03\x04", "application/zip")],
)  # fmt: skip
def test_kinds_are_told_by_their_first_bytes(head: bytes, kind: str):
    assert kind_of(head) == kind


def test_an_unknown_kind_is_refused_whatever_it_is_called():
    with pytest.raises(UnknownKind):
        kind_of(b"GIF\x00")
