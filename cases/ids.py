"""Identifiers (标识) and codes handed to people. Random or time-ordered; they carry no meaning and no personal data."""

from __future__ import annotations

import hashlib
import secrets

from uuid_utils import uuid7

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, LINK_LENGTH = 12, 20


def new_id() -> str:
    """A new identifier: UUID version 7 as 32 hexadecimal digits, roughly in order of time."""
    return uuid7().hex


def new_code() -> str:
    """A query code (查询码) for a reporter: 12 signs, 60 random bits, no letters that are easily confused."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))


def new_link_code() -> str:
    """The code of a link to a task: 20 signs, 100 random bits, still short enough to type."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(LINK_LENGTH))


def code_of(seed: bytes) -> str:
    """The query code a secret seed of at least 8 bytes stands for: the same each time."""
    bits = int.from_bytes(seed[:8], "big")
    return "".join(CROCKFORD[bits >> 5 * place & 31] for place in range(CODE_LENGTH))


def code_hash(case_id: str, code: str) -> str:
    """What is kept of a query code; bound to its case, forgiving case, spaces, hyphens and look-alike letters."""
    plain = "".join(code.upper().split()).replace("-", "").replace("O", "0").replace("I", "1").replace("L", "1")
    return hashlib.sha256(f"{case_id}:{plain}".encode()).hexdigest()
