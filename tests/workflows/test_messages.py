"""Reporters without a system are told by short message, mail, file, or find the answer under their code."""

from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from cases.office import Office
from cases.settings import Settings
from tests.workflows.rooms import a_room, clock_of, dispatch, notices, send_all
from tests.workflows.sink import Reply, Sink
from workflows.gates.messages import Messages, error_code, text_of
from workflows.gates.webhook import retry_after

BODY = json.dumps(
    {"type": "clue.accept", "data": {"receipt": "R1", "words": "已受理", "answer": "已拆除", "request": ""}}
).encode()


def settings(home: Path, **changed: Any) -> Settings:
    return Settings(home=home, **changed)


def a_person(**changed: Any) -> dict[str, Any]:
    return {"reporter_org": None, "source": "public"} | changed


def test_the_text_holds_number_step_and_answer():
    assert text_of(BODY) == "您的报告R1:已受理 已拆除"


async def test_a_person_without_telephone_finds_the_answer_under_the_code(office: Office):
    async with a_room(office) as room:
        dispatch(office, **a_person(reporter_phone=""))
        tally = await send_all(room)
    rows = notices(office, "reporter")
    assert {(row["state"], row["channel"]) for row in rows} == {("delivered", "lookup")}
    assert tally.counts["reporter"]["delivered"] == len(rows) == 3


async def test_without_a_gateway_messages_lie_in_a_file_only_we_may_read(office: Office):
    async with a_room(office) as room:
        dispatch(office, **a_person(reporter_phone="13812345678"))
        await send_all(room)
    file = office.settings.home / "messages.jsonl"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [row["id"] for row in notices(office, "reporter")]
    assert {line["to"] for line in lines} == {"13812345678"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_the_gateway_for_short_messages(tmp_path: Path):
    async with Sink() as sink, Messages(settings(tmp_path, sms_url=sink.url)) as messages:
        answer = await messages.send("13812345678", "m1", BODY)
    (got,) = sink.got
    assert (answer.kind, answer.channel, answer.status) == ("accepted", "sms", 204)
    assert json.loads(got.body) == {"id": "m1", "to": "13812345678", "text": text_of(BODY)}
    assert got.headers["idempotency-key"] == "m1"


@pytest.mark.parametrize(
    ("reply", "detail"),
    [
        (Reply(503), "HTTP 503"),
        (Reply(200, body=b'{"errcode":310000,"errmsg":"13812345678"}'), "网关错误码 310000"),
        (Reply(200, body=b'{"code":9499}'), "网关错误码 9499"),
        (Reply(302, ("Location: http://127.0.0.1:9/",)), "HTTP 302"),
    ],
)
async def test_a_gateway_that_says_no_in_whatever_way_is_a_failure(tmp_path: Path, reply: Reply, detail: str):
    async with Sink(lambda *_: reply) as sink, Messages(settings(tmp_path, sms_url=sink.url)) as messages:
        answer = await messages.send("13812345678", "m1", BODY)
    assert (answer.kind, answer.detail) == ("refused", detail)


async def test_a_gateway_that_is_away_is_tried_again_by_the_schedule(office: Office):
    async with a_room(office, sms_url="http://127.0.0.1:9/") as room:
        dispatch(office, **a_person(reporter_phone="13812345678"))
        await send_all(room)
    first = notices(office, "reporter")[0]
    assert (first["state"], first["attempt"]) == ("waiting", 1)
    assert first["next_at"] > clock_of(office).now()
    assert "13812345678" not in first["last_error"]


@pytest.mark.parametrize(
    ("said", "code"),
    [(b'{"code":0}', None), (b'{"errcode":0}', None), (b"ok", None), (b"[1]", None), (b'{"code":"E7"}', "E7")],
)
def test_an_error_inside_a_good_answer_is_found(said: bytes, code: str | None):
    assert error_code(said) == code


async def test_mail(tmp_path: Path):
    async with Postman() as postman, Messages(postman.settings(tmp_path)) as messages:
        answer = await messages.send("someone@example.org", "m1", BODY)
    assert (answer.kind, answer.channel) == ("accepted", "mail")
    assert "rcpt TO:<someone@example.org>" in postman.said
    assert "Message-ID: <m1@huiyin>" in postman.said


async def test_a_mail_server_that_refuses_is_a_failure(tmp_path: Path):
    async with Postman(refuses=True) as postman, Messages(postman.settings(tmp_path)) as messages:
        answer = await messages.send("someone@example.org", "m1", BODY)
    assert answer.kind == "silent"
    assert "someone" not in answer.detail


class Postman:
    """A mail server on loopback that speaks just enough."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.said: list[str] = []
        self._refuses = refuses

    def settings(self, home: Path) -> Settings:
        return settings(home, smtp_url=f"smtp://127.0.0.1:{self.port}", mail_from="huiyin@example.org")

    async def __aenter__(self) -> Postman:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        in_mail = False
        while line := (await reader.readline()).decode().rstrip("\r\n"):
            self.said.append(line)
            if line.upper() == "DATA":
                in_mail = True
                writer.write(b"354 go on\r\n")
                while (line := (await reader.readline()).decode().rstrip("\r\n")) != ".":
                    self.said.append(line)
                writer.write(b"250 taken\r\n")
            elif line == "QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                bad = self._refuses and line.upper().startswith("RCPT")
                writer.write(b"550 no such person\r\n" if bad else b"250 fine\r\n")
            await writer.drain()
        assert in_mail or self._refuses
        writer.close()


def test_retry_after_reads_seconds_and_dates_and_nothing_else(office: Office):
    now = clock_of(office).now()
    assert retry_after("120", now) is not None
    assert str(retry_after("Fri, 20 Nov 2026 01:05:00 GMT", now)) == "0:05:00"
    assert str(retry_after("99999999999999", now)) == "7 days, 0:00:00"
    for nonsense in ("", "soon", "-5", "１２", "1.5", "Fri, 99 Nov"):
        assert retry_after(nonsense, now) is None
