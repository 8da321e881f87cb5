"""Honest chains to be damaged: a few cases with Chinese, emoji and U+2028 in their payloads, both algorithms, and one
payload lawfully erased."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cases.journal import Link, Verdict, link, verify

START = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
STATES = ("", "reported", "accepted", "dispatched", "signed", "closed")
VERBS = ("report", "accept", "dispatch", "sign_for", "close")
PAYLOADS: tuple[dict[str, Any], ...] = (
    {"reason": "楼道堆放电动车,物业劝阻无效", "floor": 5, "urgent": True, "note": None},
    {"text": '第一行\u2028第二行\u2029完\n\t"引号"\\', "photos": ["甲", "乙"]},
    {"表情": "🔥🏠", "深": {"乙": [1, -2, 2**53 - 1], "甲": {}}, "空": []},
    {},
    {"quote": '","from":"signed', "nul": "\x00\x1f\x7f"},
)


def salt_of(case_id: str, seq: int) -> bytes:
    """A fixed salt, different for each entry."""
    return f"{case_id}/{seq}".encode()[:16].rjust(16, b"\xa5")


def a_link(case_id: str = "c-1", seq: int = 1, prev_hash: str = "", **changes: Any) -> Link:
    """One link with every argument optional."""
    plain: dict[str, Any] = {
        "at": START + timedelta(minutes=seq, microseconds=seq * 7),
        "actor": "王小明",
        "org": "东门街道",
        "role": "officer",
        "verb": VERBS[(seq - 1) % 5],
        "from_state": STATES[(seq - 1) % 5],
        "to_state": STATES[(seq - 1) % 5 + 1],
        "payload": PAYLOADS[(seq - 1) % 5],
        "salt": salt_of(case_id, seq),
    }
    return link(case_id=case_id, seq=seq, prev_hash=prev_hash, **(plain | changes))


@dataclass
class Store:
    """The three tables as lists of rows, the way a database gives them."""

    entries: list[list[Any]] = field(default_factory=list)
    payloads: list[list[Any]] = field(default_factory=list)
    heads: list[list[Any]] = field(default_factory=list)

    def add_case(self, case_id: str, length: int, algs: tuple[str, ...] = ("sha256",)) -> None:
        prev = ""
        for seq in range(1, length + 1):
            made = a_link(case_id, seq, prev, alg=algs[(seq - 1) % len(algs)])
            at = (START + timedelta(minutes=seq, microseconds=seq * 7)).strftime("%Y-%m-%d %H:%M:%S.%f")
            step = (VERBS[(seq - 1) % 5], STATES[(seq - 1) % 5], STATES[(seq - 1) % 5 + 1])
            who = ("王小明", "东门街道", "officer")
            chained = (made.alg, made.prev, made.digest, made.hash, made.record)
            self.entries.append([case_id, seq, at, *who, *step, *chained])
            self.payloads.append([case_id, seq, made.salt, made.body, None, None])
            prev = made.hash
        self.heads.append([case_id, length, prev, STATES[(length - 1) % 5 + 1]])

    def erase(self, place: int, ground: str | None = "个人信息保护法:当事人申请删除") -> None:
        self.payloads[place][2:] = [None, None, "2026-04-01 00:00:00.000000" if ground else None, ground]

    def verdict(self) -> Verdict:
        """Verified in the order a database would give the rows."""
        return verify(
            sorted(self.entries, key=lambda row: (row[0], row[1])),
            sorted(self.payloads, key=lambda row: (row[0], row[1])),
            sorted(self.heads, key=lambda row: row[0]),
        )

    def last_links(self) -> list[tuple[str, int, str]]:
        return [(case_id, version, head_hash) for case_id, version, head_hash, _ in self.heads]


def a_store() -> Store:
    """Four cases of 1, 4, 5 and 3 entries; the second mixes algorithms, the third is all SM3 and has an erasure."""
    store = Store()
    store.add_case("c-1", 1)
    store.add_case("c-2", 4, ("sha256", "sm3"))
    store.add_case("c-3", 5, ("sm3",))
    store.add_case("案-4", 3)
    store.erase(6)
    return store
