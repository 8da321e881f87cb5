"""检查点: one figure over all chain heads, against what a chain cannot show by itself (a cut tail, a vanished case).

The pure part builds and checks a checkpoint; the last part reads and writes the table ``checkpoint``. What does not
live here: when checkpoints are taken, and carrying the root to another place, without which it proves little against
someone who may rewrite every table.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, DateTime, LargeBinary, column, insert, select, table, tuple_

from cases.errors import Conflict, Malformed
from cases.journal.chain import canonical, instant, stamp
from cases.journal.verdict import Problem, problem

Head = tuple[str, int, str]
"""case_id, seq, hash of the last entry of a case."""
Find = Callable[[Sequence[tuple[str, int]]], Iterable[Head]]
"""Asked for (case_id, seq) pairs, gives those entries that exist, in any order."""

_AT_ONCE = 400
_ENTRY = table("entry", column("case_id"), column("seq"), column("hash"))
_CASE_FILE = table("case_file", column("id"), column("version"), column("head_hash"))
_CHECKPOINT = table(
    "checkpoint",
    column("id"),
    column("at", DateTime(timezone=True)),
    column("count"),
    column("entries"),
    column("root"),
    column("previous"),
    column("leaves", LargeBinary()),
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """检查点: all chain heads at one moment.

    ``count`` cases with ``entries`` entries in all; ``root`` (hex) covers the heads, both figures, ``at`` and
    ``previous`` (the root before, empty for the first); ``leaves`` is zlib of ``case_id seq hash`` lines.
    """

    at: datetime
    count: int
    entries: int
    root: str
    previous: str
    leaves: bytes

    def heads(self) -> Iterator[Head]:
        """The heads as they were written, sorted by case_id; ValueError when ``leaves`` is damaged."""
        for line in _lines(self.leaves):
            case_id, seq, digest = line.split(" ")
            yield case_id, int(seq), digest


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """The RFC 6962 tree hash with SHA-256 (leaf prefix 0x00, node prefix 0x01), in memory that grows with the depth."""
    peaks: list[tuple[int, bytes]] = []
    for leaf in leaves:
        size, node = 1, hashlib.sha256(b"\x00" + leaf).digest()
        while peaks and peaks[-1][0] == size:
            node = hashlib.sha256(b"\x01" + peaks.pop()[1] + node).digest()
            size *= 2
        peaks.append((size, node))
    if not peaks:
        return hashlib.sha256().digest()
    node = peaks.pop()[1]
    while peaks:
        node = hashlib.sha256(b"\x01" + peaks.pop()[1] + node).digest()
    return node


def checkpoint(heads: Iterable[Head], previous: Checkpoint | None, at: datetime) -> Checkpoint:
    """The checkpoint over ``heads`` (any order), following ``previous``.

    Raises Malformed when a case number holds white space or occurs twice.
    """
    ordered = sorted(heads)
    seen = ""
    for case_id, _, _ in ordered:
        if case_id == seen or case_id != "".join(case_id.split()):
            raise Malformed("案件编号重复或含有空白,不能列入检查点", case_id=case_id)
        seen = case_id
    packer = zlib.compressobj()
    pieces = [packer.compress(f"{case_id} {seq} {digest}\n".encode()) for case_id, seq, digest in ordered]
    pieces.append(packer.flush())
    entries = sum(seq for _, seq, _ in ordered)
    before = previous.root if previous else ""
    root = _root(at, len(ordered), entries, before, ordered)
    return Checkpoint(instant(at), len(ordered), entries, root, before, b"".join(pieces))


def verify_checkpoint(point: Checkpoint, find: Find) -> list[Problem]:
    """Whether the checkpoint is undamaged and every entry it lists still exists with the same hash."""
    try:
        listed = sum(1 for _ in point.heads())
        whole = listed == point.count and point.root == _root(
            point.at, point.count, point.entries, point.previous, point.heads()
        )
    except (TypeError, ValueError, zlib.error, Malformed):
        whole = False
    if not whole:
        return [problem("checkpoint_broken")]
    return list(missing(point.heads(), find))


def missing(heads: Iterable[Head], find: Find) -> Iterator[Problem]:
    """A problem for each of ``heads`` that ``find`` does not give back with the same hash."""
    waiting = iter(heads)
    while batch := list(islice(waiting, _AT_ONCE)):
        stands = {(case_id, seq): digest for case_id, seq, digest in find([head[:2] for head in batch])}
        for case_id, seq, digest in batch:
            if (case_id, seq) not in stands:
                yield problem("checkpoint_missing", case_id, seq)
            elif stands[case_id, seq] != digest:
                yield problem("checkpoint_hash", case_id, seq)


def verify_sequence(roots: Iterable[tuple[str, str]]) -> list[Problem]:
    """Whether the checkpoints, oldest first as (root, previous), follow on one another."""
    problems: list[Problem] = []
    before = ""
    for root, previous in roots:
        if previous != before:
            problems.append(problem("checkpoint_order"))
        before = root
    return problems


def _root(at: datetime, count: int, entries: int, previous: str, heads: Iterable[Head]) -> str:
    # The first leaf is the statement about the tree, so that the root alone, read out or printed, covers it.
    statement = {"at": stamp(at), "count": count, "entries": entries, "previous": previous, "v": 1}

    def leaves() -> Iterator[bytes]:
        yield canonical(statement)
        for case_id, seq, digest in heads:
            yield f"{case_id} {seq} {digest}".encode()

    return merkle_root(leaves()).hex()


def _lines(packed: bytes) -> Iterator[str]:
    opener = zlib.decompressobj()
    rest, held = b"", packed
    while not opener.eof:
        piece = opener.decompress(held, 1 << 16)
        held = opener.unconsumed_tail
        if not piece and not held and not opener.eof:
            raise ValueError("leaves are cut short")
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.decode()
    if rest or opener.unused_data:
        raise ValueError("leaves go on after their end")


def find_in(connection: Connection) -> Find:
    """The entries of this database, asked for by (case_id, seq)."""

    def find(pairs: Sequence[tuple[str, int]]) -> Iterable[Head]:
        columns = _ENTRY.c
        query = select(columns.case_id, columns.seq, columns.hash)
        return connection.execute(query.where(tuple_(columns.case_id, columns.seq).in_(pairs))).tuples()

    return find


def latest_checkpoint(connection: Connection) -> Checkpoint | None:
    """The newest checkpoint, or None before the first; ValueError or TypeError when its row is damaged."""
    query = select(_CHECKPOINT).order_by(_CHECKPOINT.c.id.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    return Checkpoint(
        instant(row["at"]), row["count"], row["entries"], row["root"], row["previous"], bytes(row["leaves"])
    )


def checkpoint_roots(connection: Connection) -> Iterable[tuple[str, str]]:
    """(root, previous) of every checkpoint, oldest first."""
    columns = _CHECKPOINT.c
    return connection.execute(select(columns.root, columns.previous).order_by(columns.id)).tuples()


def write_checkpoint(connection: Connection, at: datetime, *, acknowledged: bool = False) -> Checkpoint:
    """Take a checkpoint of all cases and write it, in the caller's transaction.

    Raises Conflict, with the problems, when a head does not match its chain or the newest checkpoint no longer
    holds: a new one would make the loss look regular. ``acknowledged`` writes it all the same, over the heads that do
    match, once a person has answered for the difference (a restored backup, for example). The caller lets only one
    writer do this at a time.
    """
    previous = latest_checkpoint(connection)
    heads, problems = _heads(connection)
    if previous is not None:
        problems += verify_checkpoint(previous, _find_beyond(heads, find_in(connection)))
    if problems and not acknowledged:
        raise Conflict("办理记录与上一检查点或案件登记不符,未生成新的检查点", problems=problems)
    point = checkpoint(heads, previous, at)
    connection.execute(
        insert(_CHECKPOINT).values(
            at=point.at,
            count=point.count,
            entries=point.entries,
            root=point.root,
            previous=point.previous,
            leaves=point.leaves,
        )
    )
    return point


def _find_beyond(heads: list[Head], find: Find) -> Find:
    """Answer from the heads just read, so that only cases that moved since the last checkpoint cost a look."""
    known = {(case_id, seq): digest for case_id, seq, digest in heads}

    def find_known_first(pairs: Sequence[tuple[str, int]]) -> Iterator[Head]:
        yield from ((*pair, known[pair]) for pair in pairs if pair in known)
        if moved := [pair for pair in pairs if pair not in known]:
            yield from find(moved)

    return find_known_first


def _heads(connection: Connection) -> tuple[list[Head], list[Problem]]:
    case, entry = _CASE_FILE.c, _ENTRY.c
    joined = _CASE_FILE.outerjoin(_ENTRY, (entry.case_id == case.id) & (entry.seq == case.version))
    heads: list[Head] = []
    problems: list[Problem] = []
    for case_id, version, said, stands in connection.execute(
        select(case.id, case.version, case.head_hash, entry.hash).select_from(joined)
    ):
        if said == stands:
            heads.append((case_id, version, stands))
        else:
            problems.append(problem("head_hash", case_id, version))
    return heads, problems
