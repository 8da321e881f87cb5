"""Signing and verifying webhooks (签名验签) after Standard Webhooks 1.0.0: bytes in, whole seconds, one refusal.

The signed content is ``{id}.{timestamp}.{body}``, HMAC-SHA256, base64, written ``v1,<signature>``. Pure: the standard
library only, the present moment is handed in. What does not live here: sending (gates), receiving (inbox) and where
secrets are kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets as randomness
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.errors import Unsafe

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
PREFIX = "whsec_"
FRESH_SECONDS = 300
"""How far the timestamp of an attempt may lie from the receiver's clock, either way."""

SECRET_BYTES = (24, 64)
NEW_SECRET_BYTES = 32
LONGEST_HEADER = 4096

_ID = re.compile(r"[!-\-/-~]{1,256}")  # visible ASCII without the dot, which separates the signed parts
_SECONDS = re.compile(r"[0-9]{1,11}")


class Unverified(Unsafe):
    """验签未通过:the message was not signed with a secret we share, or not just now."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A genuine message: its id, the same on every attempt, and the second of this attempt."""

    id: str
    seconds: int


def new_secret() -> str:
    """A new random secret, in the form both sides keep it."""
    return PREFIX + base64.b64encode(randomness.token_bytes(NEW_SECRET_BYTES)).decode()


def key_of(secret: str) -> bytes:
    """The key inside a secret; Unverified unless it is base64 of 24 to 64 bytes."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX).encode(), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Unverified("签名密钥不是有效的 base64") from error
    if not SECRET_BYTES[0] <= len(key) <= SECRET_BYTES[1]:
        raise Unverified(f"签名密钥应为 {SECRET_BYTES[0]} 至 {SECRET_BYTES[1]} 字节")
    return key


def sign(secret: str, message_id: str, seconds: int, body: bytes) -> str:
    """The signature of one attempt, ``v1,<base64>``; ``seconds`` is the Unix time of the attempt."""
    if not _ID.fullmatch(message_id) or not _SECONDS.fullmatch(str(int(seconds))):
        raise Unverified("消息编号或时间戳不能签名")
    content = b"%b.%d.%b" % (message_id.encode(), int(seconds), body)
    return "v1," + base64.b64encode(hmac.new(key_of(secret), content, hashlib.sha256).digest()).decode()


def signed_headers(secrets: str | Sequence[str], message_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """The three headers of an attempt. With several secrets (a rotation) there is one signature for each."""
    signatures = " ".join(sign(secret, message_id, seconds, body) for secret in _several(secrets))
    return {ID: message_id, TIMESTAMP: str(int(seconds)), SIGNATURE: signatures}


def verify(secrets: str | Sequence[str], headers: Mapping[str, str], body: bytes, now_seconds: int) -> Verified:
    """The message, if one of its signatures was made with one of the secrets within five minutes of ``now_seconds``.

    Header names may be in any case; signatures of unknown versions are passed over. Whatever is handed in, the only
    way this fails is :class:`Unverified`.
    """
    message_id, stamp, given = _read(headers)
    if not _ID.fullmatch(message_id) or not _SECONDS.fullmatch(stamp):
        raise Unverified("消息编号或时间戳的写法不对")
    seconds = int(stamp)
    if abs(seconds - int(now_seconds)) > FRESH_SECONDS:
        raise Unverified("时间戳与现在相差超过五分钟")
    offered = [token.encode("utf-8", "surrogatepass") for token in given.split(" ") if token.startswith("v1,")]
    wanted = [sign(secret, message_id, seconds, body).encode() for secret in _several(secrets)]
    matches = [hmac.compare_digest(mine, theirs) for mine in wanted for theirs in offered]
    if not any(matches):
        raise Unverified("没有一个签名相符")
    return Verified(message_id, seconds)


def _several(secrets: str | Sequence[str]) -> tuple[str, ...]:
    return (secrets,) if isinstance(secrets, str) else tuple(secrets)


def _read(headers: Mapping[str, str]) -> tuple[str, str, str]:
    """The three headers, each present exactly once in whatever case."""
    found: dict[str, list[str]] = {ID: [], TIMESTAMP: [], SIGNATURE: []}
    for name, value in headers.items():
        if str(name).lower() in found:
            found[str(name).lower()].append(value if isinstance(value, str) else "")
    if any(len(values) != 1 or len(values[0]) > LONGEST_HEADER for values in found.values()):
        raise Unverified("缺少签名消息头,或消息头重复、过长")
    return found[ID][0], found[TIMESTAMP][0], found[SIGNATURE][0]
