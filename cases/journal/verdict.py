"""Whether a history is whole: the pure check of entries, payloads and heads, as a stream in constant memory.

What does not live here: reading a database (``audit``), comparing with a checkpoint (``checkpoints``), making a link
(``chain``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cases.errors import Malformed
from cases.journal.chain import SALT_BYTES, digest_of, hash_of, record_of

KEPT: Final = 1000
"""Problems kept word for word; the rest are only counted, so that a ruined store does not fill the memory."""

UNREADABLE: Final = (TypeError, ValueError, AttributeError, OverflowError, Malformed)
"""What a row of damaged values may raise: SQLite keeps any value in any column, so nothing about types is certain."""

SENTENCES: Final[dict[str, str]] = {
    "unreadable": "这条办理记录无法读取",
    "record_differs": "办理记录的栏目与留痕原文不一致",
    "hash_wrong": "留痕原文与其哈希值不符",
    "prev_wrong": "与上一条办理记录的哈希值接不上",
    "seq_gap": "办理记录的序号不连续",
    "payload_missing": "办理内容缺失",
    "digest_wrong": "办理内容与摘要不符",
    "erased_without_ground": "办理内容已被清空,但没有依法删除的登记",
    "erased_not_empty": "登记为依法删除,但内容或盐值仍在",
    "payload_stray": "有办理内容,却没有对应的办理记录",
    "head_missing": "有办理记录,却没有对应的案件",
    "head_without_entries": "案件没有任何办理记录",
    "head_version": "案件的版本号与最后一条办理记录的序号不符",
    "head_hash": "案件登记的链头与最后一条办理记录的哈希值不符",
    "head_state": "案件的状态与最后一条办理记录不符",
    "checkpoint_missing": "检查点登记过的办理记录已不存在",
    "checkpoint_hash": "办理记录与检查点登记的哈希值不符",
    "checkpoint_broken": "检查点本身已损坏或被改动",
    "checkpoint_order": "检查点之间接不上",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """一处不符: where (``seq`` 0 when the whole case or a checkpoint is meant), a code, and a sentence."""

    case_id: str
    seq: int
    what: str
    code: str


def problem(code: str, case_id: Any = "", seq: Any = 0) -> Problem:
    """The problem of this code with its sentence; values of a wrong type, found in a damaged row, are shown as 0."""
    return Problem(str(case_id), seq if isinstance(seq, int) else 0, SENTENCES[code], code)


@dataclass(slots=True)
class Verdict:
    """核验结论: what was read and what was wrong with it.

    ``entries`` and ``cases`` count what was read, ``erased`` the payloads lawfully erased (no problem, but to be
    reported), ``found`` all problems, of which the first ``KEPT`` are in ``problems``.
    """

    entries: int = 0
    cases: int = 0
    erased: int = 0
    found: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return self.found == 0

    def add(self, trouble: Problem) -> None:
        """Count one problem and keep it while there is room."""
        self.found += 1
        if len(self.problems) < KEPT:
            self.problems.append(trouble)

    def merge(self, other: Verdict) -> None:
        """Take over what another part of the same store gave."""
        self.entries += other.entries
        self.cases += other.cases
        self.erased += other.erased
        self.found += other.found
        self.problems.extend(other.problems[: KEPT - len(self.problems)])


def verify(
    entries: Iterable[Sequence[Any]],
    payloads: Iterable[Sequence[Any]],
    heads: Iterable[Sequence[Any]],
) -> Verdict:
    """Check a whole history; reads each stream once and keeps one row of each.

    ``entries``: the fourteen columns of ``entry`` in table order, ordered by case_id, seq (code point order).
    ``payloads``: case_id, seq, salt, body, erased_at, tombstone, same order. ``heads``: id, version, head_hash,
    state, ordered by id.
    """
    walk = Walk()
    payload_shelf, head_shelf = _Shelf(payloads, 2), _Shelf(heads, 1)
    for entry in entries:
        _report_strays(walk.verdict, payload_shelf, head_shelf, tuple(entry[:2]))
        payload = payload_shelf.at(tuple(entry[:2]))
        head = head_shelf.at(tuple(entry[:1]))
        walk.take((*entry, *(payload[1:] if payload else (None,) * 5), *(head or (None,) * 4)))
    _report_strays(walk.verdict, payload_shelf, head_shelf, None)
    return walk.finish()


class Walk:
    """Goes along joined rows, case by case; the stream may come from anywhere as long as a case's rows are together.

    A joined row is the fourteen ``entry`` columns, then seq, salt, body, erased_at, tombstone of its payload, then
    id, version, head_hash, state of its head; None throughout where the payload or head does not exist.
    """

    __slots__ = ("_last", "verdict")

    def __init__(self) -> None:
        self.verdict = Verdict()
        self._last: Sequence[Any] | None = None

    def take(self, row: Sequence[Any]) -> None:
        """Check one joined row against the one before it."""
        last = self._last
        seq, prev = 1, ""
        if last is not None and last[0] == row[0]:
            # After a break go on from what is stored: one fault is one problem, not a problem for every later entry.
            seq, prev = _following(last[1]), last[12]
        else:
            self._close_case()
            self.verdict.cases += 1
        self.verdict.entries += 1
        payload_faults = _payload_faults(row)
        for code in (*_chain_faults(row, seq, prev), *payload_faults):
            self.verdict.add(problem(code, row[0], row[1]))
        if row[16] is None and not payload_faults:
            self.verdict.erased += 1
        self._last = row

    def finish(self) -> Verdict:
        """The verdict, after the last row."""
        self._close_case()
        self._last = None
        return self.verdict

    def _close_case(self) -> None:
        last = self._last
        if last is None:
            return
        head_id, version, head_hash, state = last[19:23]
        if head_id is None:
            self.verdict.add(problem("head_missing", last[0]))
            return
        checks = (
            ("head_version", version, last[1]),
            ("head_hash", head_hash, last[12]),
            ("head_state", state, last[8]),
        )
        for code, said, stands in checks:
            if said != stands:
                self.verdict.add(problem(code, last[0], last[1]))


def _following(seq: Any) -> int:
    return seq + 1 if isinstance(seq, int) else 1


def _chain_faults(row: Sequence[Any], seq: int, prev: Any) -> Sequence[str]:
    faults: list[str] = []
    if row[1] != seq:
        faults.append("seq_gap")
    if row[10] != prev:
        faults.append("prev_wrong")
    try:
        if record_of(row[:12]) != row[13]:
            faults.append("record_differs")
        if hash_of(row[9], row[13]) != row[12]:
            faults.append("hash_wrong")
    except UNREADABLE:
        faults.append("unreadable")
    return faults


def _payload_faults(row: Sequence[Any]) -> Sequence[str]:
    present, salt, body, erased_at, ground = row[14:19]
    if present is None:
        return ("payload_missing",)
    if erased_at is not None or ground is not None:
        return _erasure_faults(row)
    if body is None or salt is None:
        return ("erased_without_ground",)
    try:
        # The length is checked because bytes moved from the body to the salt would leave the digest as it was.
        sound = len(salt) == SALT_BYTES and digest_of(row[9], bytes(salt) + body.encode()) == row[11]
    except UNREADABLE:
        sound = False
    return () if sound else ("digest_wrong",)


def _erasure_faults(row: Sequence[Any]) -> Sequence[str]:
    salt, body, erased_at, ground = row[15:19]
    if erased_at is None or not isinstance(ground, str) or not ground.strip():
        return ("erased_without_ground",)
    return () if salt is None and body is None else ("erased_not_empty",)


class _Shelf:
    """A sorted stream looked up by ever larger keys."""

    def __init__(self, rows: Iterable[Sequence[Any]], width: int) -> None:
        self._rows = iter(rows)
        self._width = width
        self._used = False
        self._row = next(self._rows, None)

    def at(self, key: tuple[Any, ...]) -> Sequence[Any] | None:
        if self._row is None or tuple(self._row[: self._width]) != key:
            return None
        self._used = True
        return self._row

    def unused_before(self, key: tuple[Any, ...] | None) -> Iterator[Sequence[Any]]:
        while self._row is not None and (key is None or tuple(self._row[: self._width]) < key[: self._width]):
            if not self._used:
                yield self._row
            self._used = False
            self._row = next(self._rows, None)


def _report_strays(verdict: Verdict, payloads: _Shelf, heads: _Shelf, key: tuple[Any, ...] | None) -> None:
    for stray in payloads.unused_before(key):
        verdict.add(problem("payload_stray", stray[0], stray[1]))
    for stray in heads.unused_before(key):
        verdict.add(problem("head_without_entries", stray[0]))
