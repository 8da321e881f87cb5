"""Checkpoints: the Merkle root, what it covers, and what it finds that a chain cannot."""

from __future__ import annotations

import hashlib
import random
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from cases.errors import Conflict, Malformed
from cases.journal import checkpoint, latest_checkpoint, merkle_root, verify_checkpoint, verify_store, write_checkpoint
from cases.journal.checkpoints import Find, Head, verify_sequence
from tests.cases.journal.chains import START, Store, a_store

# The leaves and roots published with the certificate transparency reference implementation.
CT_LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
CT_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("size", range(9))
def test_the_root_equals_the_published_ones(size: int) -> None:
    assert merkle_root(bytes.fromhex(leaf) for leaf in CT_LEAVES[:size]).hex() == CT_ROOTS[size]


def by_the_book(leaves: Sequence[bytes]) -> bytes:
    """The recursive definition of RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + by_the_book(leaves[:half]) + by_the_book(leaves[half:])).digest()


def test_the_root_equals_the_recursive_definition() -> None:
    leaves = [str(number).encode() for number in range(130)]
    for size in range(1, 131):
        assert merkle_root(leaves[:size]) == by_the_book(leaves[:size])


def finder(heads: Iterable[Head]) -> Find:
    known = {(case_id, seq): digest for case_id, seq, digest in heads}
    return lambda pairs: [(*pair, known[pair]) for pair in pairs if pair in known]


HEADS = [(f"案-{number}", number % 7 + 1, hashlib.sha256(bytes([number % 256])).hexdigest()) for number in range(1000)]


def test_a_checkpoint_says_what_it_covers() -> None:
    first = checkpoint(HEADS, None, START)
    again = checkpoint(reversed(HEADS), first, START + timedelta(minutes=5))
    assert (first.count, first.entries, first.previous) == (1000, sum(seq for _, seq, _ in HEADS), "")
    assert again.previous == first.root != again.root
    assert list(first.heads()) == sorted(HEADS) == list(again.heads())
    assert zlib.decompress(first.leaves).decode().splitlines()[0] == " ".join(map(str, min(HEADS)))
    assert verify_checkpoint(first, finder(HEADS)) == []


def test_a_checkpoint_of_nothing_is_whole() -> None:
    empty = checkpoint([], None, START)
    assert (empty.count, empty.entries, list(empty.heads())) == (0, 0, [])
    assert verify_checkpoint(empty, finder([])) == []


@pytest.mark.parametrize("case_id", ["a b", "a\nb", " a", "a\u2028b"])
def test_a_case_number_with_white_space_is_refused(case_id: str) -> None:
    with pytest.raises(Malformed):
        checkpoint([(case_id, 1, "ab")], None, START)


def test_a_case_listed_twice_is_refused() -> None:
    with pytest.raises(Malformed):
        checkpoint([("a", 1, "ab"), ("a", 2, "cd")], None, START)


def test_every_change_of_the_heads_changes_the_root() -> None:
    few = HEADS[:9]
    roots = {checkpoint(few, None, START).root}
    for place, (case_id, seq, digest) in enumerate(few):
        for other in ([], [(case_id + "x", seq, digest)], [(case_id, seq + 1, digest)], [(case_id, seq, "00" * 32)]):
            roots.add(checkpoint(few[:place] + other + few[place + 1 :], None, START).root)
    assert len(roots) == 1 + 9 * 4


def test_what_is_gone_or_different_is_found_whatever_it_is() -> None:
    point = checkpoint(HEADS, None, START)
    chance = random.Random(6962)
    for _ in range(8):
        place = chance.randrange(len(HEADS))
        case_id, seq, _ = HEADS[place]
        gone = HEADS[:place] + HEADS[place + 1 :]
        (trouble,) = verify_checkpoint(point, finder(gone))
        assert (trouble.case_id, trouble.seq, trouble.code) == (case_id, seq, "checkpoint_missing")
        (trouble,) = verify_checkpoint(point, finder([*gone, (case_id, seq, "00" * 32)]))
        assert (trouble.case_id, trouble.seq, trouble.code) == (case_id, seq, "checkpoint_hash")


def test_chains_that_grew_are_no_finding() -> None:
    grown = [*HEADS, *((case_id, seq + 1, "ab" * 32) for case_id, seq, _ in HEADS), ("new", 1, "ab" * 32)]
    assert verify_checkpoint(checkpoint(HEADS, None, START), finder(grown)) == []


def test_a_damaged_checkpoint_is_broken() -> None:
    point = checkpoint(HEADS[:40], checkpoint(HEADS[:30], None, START), START)
    find = finder(HEADS)
    changes = [
        {"at": START + timedelta(microseconds=1)},
        {"count": 39},
        {"entries": point.entries + 1},
        {"root": "00" * 32},
        {"previous": ""},
        {"leaves": b""},
        {"leaves": point.leaves[:-1]},
        {"leaves": point.leaves + b"x"},
        {"leaves": zlib.compress(zlib.decompress(point.leaves)[:-1])},
        {"leaves": zlib.compress(b"no head\n" + zlib.decompress(point.leaves))},
        {"leaves": zlib.compress(b"\xff 1 ab\n")},
    ]
    for change in changes:
        assert [trouble.code for trouble in verify_checkpoint(replace(point, **change), find)] == ["checkpoint_broken"]
    for place in range(len(point.leaves)):
        data = bytearray(point.leaves)
        data[place] ^= 1 << place % 8
        bent = replace(point, leaves=bytes(data))
        # A bit that the compression does not use may change; what is listed may not.
        assert verify_checkpoint(bent, find) or list(bent.heads()) == list(point.heads())


def test_checkpoints_follow_on_one_another() -> None:
    assert verify_sequence([]) == []
    assert verify_sequence([("a", ""), ("b", "a"), ("c", "b")]) == []
    for wrong in ([("a", "z")], [("a", ""), ("c", "b")], [("b", "a"), ("c", "b")], [("a", ""), ("b", "a"), ("c", "a")]):
        assert {trouble.code for trouble in verify_sequence(wrong)} == {"checkpoint_order"}


def test_a_whole_chain_taken_away_or_a_tail_cut_with_its_head_is_found() -> None:
    """What verify alone cannot see: every honest shorter store is a possible result of a cut."""
    honest = a_store()
    point = checkpoint(honest.last_links(), None, START)
    for case_id, version, _, _ in honest.heads:
        for keep in range(version):
            cut = Store(
                [row for row in honest.entries if row[0] != case_id or row[1] <= keep],
                [row for row in honest.payloads if row[0] != case_id or row[1] <= keep],
                [list(head) for head in honest.heads if head[0] != case_id or keep],
            )
            if keep:
                last = next(row for row in cut.entries if row[:2] == [case_id, keep])
                next(head for head in cut.heads if head[0] == case_id)[1:] = [keep, last[12], last[8]]
            assert cut.verdict().ok
            (trouble,) = verify_checkpoint(point, finder((row[0], row[1], row[12]) for row in cut.entries))
            assert (trouble.case_id, trouble.seq) == (case_id, version)


def test_a_chain_written_anew_from_the_start_is_found() -> None:
    honest, forged = a_store(), a_store()
    forged.entries = [row for row in forged.entries if row[0] != "c-2"]
    forged.payloads = [row for row in forged.payloads if row[0] != "c-2"]
    forged.heads = [head for head in forged.heads if head[0] != "c-2"]
    forged.add_case("c-2", 4, ("sm3",))
    assert forged.verdict().ok
    point = checkpoint(honest.last_links(), None, START)
    (trouble,) = verify_checkpoint(point, finder((row[0], row[1], row[12]) for row in forged.entries))
    assert (trouble.case_id, trouble.seq, trouble.code) == ("c-2", 4, "checkpoint_hash")


def test_written_and_read_back(engine: Engine) -> None:
    with engine.begin() as connection:
        assert latest_checkpoint(connection) is None
        first = write_checkpoint(connection, START)
        assert latest_checkpoint(connection) == first
        second = write_checkpoint(connection, START + timedelta(minutes=5))
        assert latest_checkpoint(connection) == second
    assert (first.count, first.entries, second.previous) == (4, 13, first.root)
    assert first.root == checkpoint(a_store().last_links(), None, START).root
    assert verify_store(engine).ok


@pytest.mark.parametrize(
    "loss",
    [
        "DELETE FROM case_file WHERE id = 'c-1'; DELETE FROM entry WHERE case_id = 'c-1'",
        "DELETE FROM entry WHERE case_id = 'c-1'",
        "UPDATE case_file SET head_hash = '' WHERE id = 'c-2'",
        "UPDATE entry SET hash = 'x' WHERE case_id = 'c-2' AND seq = 4; UPDATE case_file SET head_hash = 'x'"
        " WHERE id = 'c-2'",
        "UPDATE checkpoint SET entries = 12",
    ],
)
def test_no_new_checkpoint_hides_a_loss(engine: Engine, loss: str) -> None:
    with engine.begin() as connection:
        first = write_checkpoint(connection, START)
        for statement in loss.split(";"):
            connection.execute(text(statement))
        with pytest.raises(Conflict) as refusal:
            write_checkpoint(connection, START + timedelta(minutes=5))
        assert refusal.value.details["problems"]
        # Somebody answered for it: the next one follows on the one before.
        assert write_checkpoint(connection, START + timedelta(minutes=9), acknowledged=True).previous == first.root
        assert latest_checkpoint(connection) != first


def test_a_broken_row_or_a_missing_checkpoint_is_a_finding(engine: Engine) -> None:
    with engine.begin() as connection:
        for minutes in range(3):
            write_checkpoint(connection, START + timedelta(minutes=minutes))
        connection.execute(text("DELETE FROM checkpoint WHERE id = 2"))
    assert [trouble.code for trouble in verify_store(engine).problems] == ["checkpoint_order"]
    with engine.begin() as connection:
        connection.execute(text("UPDATE checkpoint SET leaves = NULL WHERE id = 3"))
    assert "checkpoint_broken" in {trouble.code for trouble in verify_store(engine).problems}


def test_an_older_link_changed_under_a_grown_chain_is_seen_before_the_next_checkpoint(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE case_file SET version = 3, head_hash = (SELECT hash FROM entry WHERE"
                " case_id = 'c-2' AND seq = 3) WHERE id = 'c-2'"
            )
        )
        write_checkpoint(connection, START)
        connection.execute(
            text(
                "UPDATE case_file SET version = 4, head_hash = (SELECT hash FROM entry WHERE"
                " case_id = 'c-2' AND seq = 4) WHERE id = 'c-2'"
            )
        )
        connection.execute(text("UPDATE entry SET hash = 'x' WHERE case_id = 'c-2' AND seq = 3"))
        with pytest.raises(Conflict):
            write_checkpoint(connection, START + timedelta(minutes=5))
