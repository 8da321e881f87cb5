"""The message gate (短信与邮件网关): telling a reporter who has no system of his own.

Four ways: an HTTP gateway for short messages, mail, a file where no gateway is set up, and none at all where the
reporter left no way to be reached: then the answer lies ready under the query code, and counts as placed. What does not
live here: the wording (packs, already in the notice) and when to try again (rules).
"""

from __future__ import annotations

import asyncio
import json
import os
import smtplib
import ssl
import time
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx

from cases.clocks import SystemClock
from cases.settings import Settings
from workflows.gates.answer import Answer
from workflows.gates.webhook import ANSWER_BYTES, retry_after

LOOKUP, SMS, MAIL, FILE = "lookup", "sms", "mail", "file"
SUBJECT = "回音:您的报告有新进展"
GOOD_CODES = {"0", "200", "ok", "success", "true"}


def text_of(body: bytes) -> str:
    """What a reporter or a party reads, from the exact bytes of the notice: number, step, answer or question."""
    data = json.loads(body)["data"]
    said = [data.get("words", ""), data.get("answer", ""), data.get("request", "")]
    about = "您的报告" if "case_type" not in data else "您的纠纷"
    return f"{about}{data.get('receipt', '')}:" + " ".join(part for part in said if part)


class Messages:
    """The open gate; used as a context."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._file = settings.home / "messages.jsonl"
        self._writing = asyncio.Lock()
        self._clock = SystemClock()
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Messages:
        waits = httpx.Timeout(self._settings.answer_seconds, connect=self._settings.connect_seconds)
        self._client = httpx.AsyncClient(timeout=waits, follow_redirects=False, trust_env=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def send(self, contact: str, message_id: str, body: bytes) -> Answer:
        """One try to reach a reporter at ``contact`` (a telephone number or a mail address; may be empty)."""
        began, channel = time.monotonic(), self.channel_for(contact)
        try:
            async with asyncio.timeout(self._settings.answer_seconds):
                answer = await self._by(channel, contact, message_id, text_of(body))
        except TimeoutError:
            answer = Answer("silent", channel, detail="超时未答复")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, smtplib.SMTPException, ValueError) as error:
            # The name of the error only: its text may repeat the number or the address.
            answer = Answer("silent", channel, detail=f"发送失败:{type(error).__name__}")
        took = round((time.monotonic() - began) * 1000)
        return Answer(answer.kind, answer.channel, answer.status, took, answer.detail, answer.retry_after)

    def channel_for(self, contact: str) -> str:
        """The way a message to this contact takes in this installation."""
        if not contact:
            return LOOKUP
        if "@" in contact:
            return MAIL if self._settings.smtp_url else FILE
        return SMS if self._settings.sms_url else FILE

    async def _by(self, channel: str, contact: str, message_id: str, text: str) -> Answer:
        if channel == LOOKUP:
            return Answer("accepted", LOOKUP)
        if channel == SMS:
            return await self._sms(contact, message_id, text)
        if channel == MAIL:
            await asyncio.to_thread(_mail, self._settings, contact, message_id, text)
            return Answer("accepted", MAIL)
        async with self._writing:
            await asyncio.to_thread(_append, self._file, {"id": message_id, "to": contact, "text": text})
        return Answer("accepted", FILE)

    async def _sms(self, contact: str, message_id: str, text: str) -> Answer:
        """POST {id, to, text}. Gateways like to answer 200 with an error code inside: that is not delivered."""
        if self._client is None:
            raise RuntimeError("the gate is not open")
        response = await self._client.post(
            self._settings.sms_url,
            json={"id": message_id, "to": contact, "text": text},
            headers={"idempotency-key": message_id},
        )
        if not response.is_success:
            wait = retry_after(response.headers.get("retry-after", ""), self._clock.now())
            return Answer("refused", SMS, response.status_code, detail=f"HTTP {response.status_code}", retry_after=wait)
        code = error_code(response.content[:ANSWER_BYTES])
        if code is not None:
            return Answer("refused", SMS, response.status_code, detail=f"网关错误码 {code}")
        return Answer("accepted", SMS, response.status_code)


def error_code(said: bytes) -> str | None:
    """The error a gateway reports inside a 200 answer, as ``code`` or ``errcode`` of a JSON object; None when it
    reports none."""
    try:
        answer: Any = json.loads(said)
    except ValueError:
        return None
    if not isinstance(answer, dict):
        return None
    codes = [str(answer[name]) for name in ("code", "errcode") if answer.get(name) is not None]
    return next((code[:40] for code in codes if code.lower() not in GOOD_CODES), None)


def _mail(settings: Settings, contact: str, message_id: str, text: str) -> None:
    """Hand one mail to the server named in the settings; smtps:// speaks TLS from the start."""
    server = urlsplit(settings.smtp_url)
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = SUBJECT, settings.mail_from, contact
    mail["Message-ID"] = f"<{message_id}@huiyin>"
    mail.set_content(text)
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with kind(server.hostname or "", server.port or 0, timeout=settings.connect_seconds) as smtp:
        if server.scheme == "smtp" and smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
        if server.username:
            smtp.login(unquote(server.username), unquote(server.password or ""))
        smtp.send_message(mail)


def _append(file: Path, line: dict[str, str]) -> None:
    """One line in the file, readable by the office's own user alone; on disk before it counts as sent."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, (json.dumps(line, ensure_ascii=False) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)
