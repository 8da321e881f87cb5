"""What may change on rows that stand (具名更新): the named updates of a sheaf, by table, columns and key.

What does not live here: collecting and writing them (sheaf).
"""

from __future__ import annotations

from cases import models

_CASE_FIXED = {"id", "number", "case_type", "opened_at"}
CASE_CHANGES = tuple(c.name for c in models.CaseFile.__table__.columns if c.name not in _CASE_FIXED)  # type: ignore[attr-defined]

CHANGED = (
    "limit_code", "amount", "unit", "rolls", "extra", "extensions", "due_at", "next_at", "rung", "stood",
    "stands_since", "stands_until", "ground", "provisional", "pack_id", "calendar",
)  # fmt: skip
"""What may change on a running clock."""

PARTY_IDENTITY = (
    "name", "phone", "address", "agent_name", "agent_phone", "guardian", "code_hash", "identity_masked",
    "identity_digest", "contact_digest", "agent_digest",
)  # fmt: skip
"""What is emptied of a party when its identity is erased."""

UPDATES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], str]] = {
    "case_swap": ("case_file", CASE_CHANGES, ("id", "version"), ""),
    "words_change": ("case_words", ("words",), ("case_id",), ""),
    "deadline_stop": ("deadline", ("stopped_at",), ("case_id", "code"), "deadline.stopped_at IS NULL"),
    "payload_erase": (
        "entry_payload",
        ("salt", "body", "erased_at", "tombstone"),
        ("case_id", "seq"),
        "entry_payload.erased_at IS NULL",
    ),
    "dissuasion_erase": ("dissuasion", ("by", "words", "response", "witness"), ("case_id",), ""),
    "identity_erase": ("reporter", ("name", "phone", "org"), ("case_id",), ""),
    "party_erase": ("party", PARTY_IDENTITY, ("case_id",), ""),
    "deadline_move": ("deadline", CHANGED, ("id", "case_id", "code"), "deadline.stopped_at IS NULL"),
    "deadline_end": ("deadline", (*CHANGED, "stopped_at"), ("id", "case_id", "code"), "deadline.stopped_at IS NULL"),
    "deadline_rung": ("deadline", ("rung", "next_at"), ("id", "rung", "next_at"), "deadline.stopped_at IS NULL"),
}
"""Named updates: table, columns set, key columns, further condition. Rows give the set values, then the key values.
No update bears the name of a table: a batch sends both to PostgreSQL in one bundle, each under its name."""
