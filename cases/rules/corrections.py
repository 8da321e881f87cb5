"""What a correction of a party means (更正当事人): whether it touches who somebody is, and what is void with it.

A consent is somebody's own. Whoever was entered wrongly did not give it, so it counts for nothing once the entry is put
right; a wrong address changes nobody. What does not live here: the rows (store) and writing them (desk).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

PARTS: Mapping[str, str] = {
    "side": "地位",
    "kind": "个人或单位",
    "org": "单位",
    "name": "姓名或名称",
    "identity_number": "证件号码",
    "phone": "电话",
    "address": "送达地址",
    "agent_name": "代理人",
    "agent_phone": "代理人电话",
    "agent_authority": "代理权限",
    "guardian": "监护人",
    "language": "语言或方言",
}
"""What can be put right of a party, and how the history calls it."""

PERSON = frozenset({"kind", "org", "name", "identity_number"})
"""What says who somebody is: with another of these, it is another person."""

REACHED = frozenset({"phone"})
"""Where a party was reached: who answered there before may have been somebody else."""

SENT_TO = PERSON | REACHED | {"agent_name", "agent_phone"}
"""With another of these, a link that is still open may lie in the wrong hands."""

FROM_AFAR = frozenset({"link", "phone"})
"""Means of an answer that was given where the party was reached, not face to face."""

SAID = {PARTS[part] for part in PERSON}

ON_PAPER = ("name", "agent_name", "guardian", "address", "phone", "agent_phone")
"""What of a party may stand on a document."""

WHO = SAID | {PARTS["side"]}
"""With another of these, a document that names the party names somebody else, or on another side."""


def touches_identity(changed: Collection[str]) -> bool:
    """Whether the party must be asked anew, and told a new query code."""
    return bool((PERSON | REACHED) & set(changed))


def another_person(said: Iterable[str]) -> bool:
    """Whether these parts, as the history calls them, say that it is somebody else."""
    return bool(SAID & set(said))


def is_void(changed: Collection[str], answer: str | None, means: str) -> bool:
    """Whether a question to the party, or its answer, counts for nothing after the correction."""
    if answer is None:
        return bool(SENT_TO & set(changed))
    if PERSON & set(changed):
        return True
    return bool(REACHED & set(changed)) and means in FROM_AFAR


def borne_by(words: str, parties: Iterable[Mapping[str, Any]]) -> dict[int, list[str]]:
    """Which parts of which parties (by ordinal) stand in these words of a document; only of those it names.

    A name that is part of a longer one standing there is not taken for it."""
    every = list(parties)
    named: set[str] = set()
    left = words
    for name in sorted({one["name"] for one in every}, key=lambda one: (-len(one), one)):
        if len(name) > 1 and name in left:
            named.add(name)
            left = left.replace(name, "\n")
    return {
        one["ordinal"]: [part for part in ON_PAPER if one[part] and one[part] in words]
        for one in every
        if one["name"] in named
    }


def outdates(said: Collection[str], parts: Collection[str]) -> bool:
    """Whether a correction of what the history calls so touches a document that bears these parts of the party."""
    return bool(set(said) & (WHO | {PARTS[part] for part in parts}))
