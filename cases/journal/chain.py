"""One link of a case's history (办理记录): canonical bytes, salted payload digest, chained hash.

Everything here is pure and on the write path, so it is kept fast. What does not live here: checking a finished chain
(``verdict``), checkpoints (``checkpoints``), and any database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any, Final

from cryptography.hazmat.primitives import hashes

from cases.errors import Malformed

SALT_BYTES: Final = 16
DEEPEST: Final = 64
"""Nesting allowed in a payload: far above any form, far below the interpreter's recursion limit."""

_BIGGEST = 2**53 - 1
_SORTED = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False).encode
_AS_GIVEN = json.JSONEncoder(sort_keys=False, separators=(",", ":"), ensure_ascii=False, check_circular=False).encode


@dataclass(frozen=True, slots=True)
class Link:
    """链上一环: what the store writes into ``entry`` and ``entry_payload`` beside the plain columns."""

    seq: int
    prev: str
    digest: str
    hash: str
    record: bytes
    salt: bytes
    body: str
    alg: str


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of ``value`` (str, int, None, bool, list or tuple, dict).

    Raises Malformed for floats, integers beyond 2^53-1, keys that are not text, text that is not Unicode, other
    types, and nesting deeper than ``DEEPEST``.
    """
    return _bytes(_text(value))


def sm3_by_cryptography(data: bytes) -> str:
    """SM3 (hex) where the interpreter's OpenSSL was built without it."""
    state = hashes.Hash(hashes.SM3())
    state.update(data)
    return state.finalize().hex()


def sm3_by_hashlib(data: bytes) -> str:
    """SM3 (hex) from the interpreter's OpenSSL; ValueError where that lacks it."""
    return hashlib.new("sm3", data).hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


_DIGESTS: Final[Mapping[str, Callable[[bytes], str]]] = {
    "sha256": _sha256,
    "sm3": sm3_by_hashlib if "sm3" in hashlib.algorithms_available else sm3_by_cryptography,
}


def digest_of(alg: str, data: bytes) -> str:
    """The digest of ``data`` in lower-case hex; ``alg`` is ``sha256`` or ``sm3``, anything else is Malformed."""
    digest = _DIGESTS.get(alg)
    if digest is None:
        raise Malformed("不支持的摘要算法", alg=alg)
    return digest(data)


def hash_of(alg: str, record: bytes) -> str:
    """The hash of an entry: H(0x00 || record), so that a record can never pass for a Merkle node."""
    return digest_of(alg, b"\x00" + record)


def instant(value: datetime | str) -> datetime:
    """A timestamp as the database gives it, as an aware datetime in UTC.

    SQLite gives ``YYYY-MM-DD HH:MM:SS.ffffff`` in UTC without a zone, PostgreSQL an aware datetime. ValueError when a
    text is no timestamp.
    """
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def stamp(value: datetime | str) -> str:
    """The moment as it stands in a record: ISO 8601, UTC, microseconds, ``Z``.

    A text is only respelled, not parsed: this runs once for every entry ever written, and an altered text must stay
    different from the record rather than be read leniently.
    """
    if isinstance(value, str):
        return f"{value[:10]}T{value[11:]}Z" if len(value) == 26 and value[10] == " " else value
    return instant(value).isoformat(timespec="microseconds")[:26] + "Z"


def record_of(columns: Sequence[Any]) -> bytes:
    """The canonical bytes that are hashed, from the first twelve columns of ``entry`` in table order.

    Those are case_id, seq, at, actor, actor_org, role, verb, from_state, to_state, alg, prev_hash, digest. The
    template equals ``canonical`` of the same mapping; every text is quoted, so no value can spill into its neighbour.
    """
    case_id, seq, at, actor, org, role, verb, from_state, to_state, alg, prev, digest = columns
    quote = encode_basestring
    return (
        f'{{"actor":{quote(actor)},"alg":{quote(alg)},"at":{quote(stamp(at))},"case":{quote(case_id)},'
        f'"digest":{quote(digest)},"from":{quote(from_state)},"org":{quote(org)},"prev":{quote(prev)},'
        f'"role":{quote(role)},"seq":{seq},"to":{quote(to_state)},"v":1,"verb":{quote(verb)}}}'
    ).encode()


def link(  # noqa: PLR0913 - one keyword for each column; a mapping would cost time and names
    *,
    case_id: str,
    seq: int,
    prev_hash: str,
    at: datetime,
    actor: str,
    org: str,
    role: str,
    verb: str,
    from_state: str,
    to_state: str,
    payload: dict[str, Any],
    salt: bytes,
    alg: str = "sha256",
) -> Link:
    """The next link of a case's chain.

    ``prev_hash`` is the hash of the entry before, empty for ``seq`` 1; ``at`` must be aware; ``salt`` is 16 random
    bytes, fresh for each entry. Raises Malformed when the payload or a text cannot be written as canonical JSON,
    ValueError when the caller hands in a position, time or salt that can never be right.
    """
    _check_position(seq, prev_hash, at, salt)
    body = _text(payload)
    digest = digest_of(alg, salt + _bytes(body))
    try:
        record = record_of((case_id, seq, at, actor, org, role, verb, from_state, to_state, alg, prev_hash, digest))
    except UnicodeEncodeError as wrong:
        raise Malformed("文字中含有无法保存的字符") from wrong
    return Link(seq, prev_hash, digest, hash_of(alg, record), record, salt, body, alg)


def _check_position(seq: int, prev_hash: str, at: datetime, salt: bytes) -> None:
    if seq < 1 or (seq == 1) != (prev_hash == ""):
        raise ValueError("seq counts from 1, and only the first entry has no previous hash")
    if at.tzinfo is None:
        raise ValueError("at must be an aware datetime")
    if len(salt) != SALT_BYTES:
        raise ValueError(f"salt must be {SALT_BYTES} bytes")


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as wrong:
        raise Malformed("文字中含有无法保存的字符") from wrong


def _text(value: Any) -> str:
    # json sorts keys by code point, RFC 8785 by UTF-16 unit; they part only where a key goes beyond U+FFFF.
    return _SORTED(value) if _plain(value, DEEPEST) else _AS_GIVEN(_reordered(value))


def _plain(value: Any, room: int) -> bool:
    """True when sorting keys by code point is right; Malformed when the value cannot be written exactly."""
    if value is None or isinstance(value, (str, bool)):
        return True
    if isinstance(value, int):
        if -_BIGGEST <= value <= _BIGGEST:
            return True
        raise Malformed("整数过大,请改用文字填写")
    if room == 0:
        raise Malformed("内容嵌套过深")
    if isinstance(value, dict):
        return _plain_dict(value, room - 1)
    if isinstance(value, (list, tuple)):
        return _plain_list(value, room - 1)
    raise Malformed("内容中有不能留痕的值,小数和日期请改用文字", type=type(value).__name__)


def _plain_list(value: Sequence[Any], room: int) -> bool:
    plain = True
    for item in value:  # every one of them: a later item may be one to refuse
        if type(item) is not str and not _plain(item, room):
            plain = False
    return plain


def _plain_dict(value: dict[Any, Any], room: int) -> bool:
    plain = True
    for key, item in value.items():
        if not isinstance(key, str):
            raise Malformed("栏目名必须是文字")
        if not key.isascii() and max(key) > "\uffff":
            plain = False
        if type(item) is not str and not _plain(item, room):
            plain = False
    return plain


def _reordered(value: Any) -> Any:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _reordered(value[key]) for key in keys}
    if isinstance(value, (list, tuple)):
        return [_reordered(item) for item in value]
    return value
