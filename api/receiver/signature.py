"""Verifying a webhook at the door of a receiver: the pure verifier of ``cases.signing`` with the machine's clock.

A receiver in another language needs these three lines of the contract and no code of ours; see the README. What does
not live here: the cryptography itself (``cases.signing``) and what is done with a verified message (``inbox``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cases.ports import Clock
from cases.signing import (
    FRESH_SECONDS,
    ID,
    SIGNATURE,
    TIMESTAMP,
    Unverified,
    Verified,
    key_of,
    new_secret,
    sign,
    signed_headers,
    verify,
)

__all__ = [
    "FRESH_SECONDS",
    "ID",
    "SIGNATURE",
    "TIMESTAMP",
    "Door",
    "Unverified",
    "Verified",
    "key_of",
    "new_secret",
    "sign",
    "signed_headers",
    "verify",
]


class Door:
    """Checks whoever knocks. ``secrets`` may hold the new and the old one during a rotation; ``clock`` must tell real
    time, since freshness is a matter of this very attempt."""

    def __init__(self, secrets: str | Sequence[str], clock: Clock) -> None:
        self._secrets = (secrets,) if isinstance(secrets, str) else tuple(secrets)
        for secret in self._secrets:
            key_of(secret)
        self._clock = clock

    def admit(self, headers: Mapping[str, str], body: bytes) -> Verified:
        """The message, verified over the raw bytes of the body; Unverified otherwise."""
        return verify(self._secrets, headers, body, int(self._clock.now().timestamp()))
