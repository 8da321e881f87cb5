"""Single damages to a history, each drawn at random: what a careless or dishonest hand could do to the tables."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.cases.journal.chains import Store, a_link

Damage = Callable[[Store, random.Random], None]


def other_text(text: str, chance: random.Random) -> str:
    """A text one edit away from ``text``."""
    at = chance.randrange(len(text) + 1)
    letter = chance.choice('x0 "\\办🔥\u2028')
    return chance.choice([text[:at] + letter + text[at:], text[: at - 1] + text[at:] if at else letter + text])


def flipped(value: Any, chance: random.Random) -> Any:
    """``value`` with one bit turned over, whatever its type."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(8))
    data = bytearray(value.encode() if isinstance(value, str) else value)
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data.decode(errors="surrogateescape") if isinstance(value, str) else bytes(data)


def changed(value: Any, chance: random.Random) -> Any:
    """Another value of the same kind."""
    if isinstance(value, int):
        return value + chance.choice((-2, -1, 1, 2, 1000))
    if isinstance(value, bytes):
        return chance.choice((value + b"\x00", value[:-1], value[::-1] + b"x", b""))
    return other_text(value, chance)


def touch(rows: list[list[Any]], chance: random.Random, how: Callable[[Any, random.Random], Any]) -> None:
    row = chance.choice(rows)
    place = chance.choice([at for at, value in enumerate(row) if value not in (None, "", b"")])
    row[place] = how(row[place], chance)


def empty_a_field(store: Store, chance: random.Random) -> None:
    row = chance.choice(store.entries)
    row[chance.choice([at for at, value in enumerate(row) if at > 1 and value])] = chance.choice(("", None, b""))


def swap_contents(rows: list[list[Any]], chance: random.Random) -> None:
    """Two rows change places but keep their keys."""
    one, two = chance.sample(rows, 2)
    one[2:], two[2:] = two[2:], one[2:]


def swap_places(store: Store, chance: random.Random) -> None:
    one, two = chance.sample(store.entries, 2)
    one[:2], two[:2] = two[:2], one[:2]


def swap_one_column(store: Store, chance: random.Random) -> None:
    while True:
        one, two = chance.sample(store.entries, 2)
        place = chance.randrange(14)
        if one[place] != two[place]:
            one[place], two[place] = two[place], one[place]
            return


def repeat_an_entry(store: Store, chance: random.Random) -> None:
    store.entries.append(list(chance.choice(store.entries)))


def slip_in_an_entry(store: Store, chance: random.Random) -> None:
    """A well-made entry put into the middle, everything after it counted up by one."""
    spot = chance.choice(store.entries)
    case_id, seq = spot[:2]
    made = a_link(case_id, seq, spot[10])
    for row in (*store.entries, *store.payloads):
        if row[0] == case_id and row[1] >= seq:
            row[1] += 1
    store.entries.append([case_id, seq, *spot[2:9], made.alg, made.prev, made.digest, made.hash, made.record])
    store.payloads.append([case_id, seq, made.salt, made.body, None, None])
    next(head for head in store.heads if head[0] == case_id)[1] += 1


def append_behind_the_head(store: Store, chance: random.Random) -> None:
    case_id, version, head_hash, _ = chance.choice(store.heads)
    made = a_link(case_id, version + 1, head_hash)
    last = [row for row in store.entries if row[0] == case_id][-1]
    store.entries.append([case_id, version + 1, *last[2:9], made.alg, made.prev, made.digest, made.hash, made.record])
    store.payloads.append([case_id, version + 1, made.salt, made.body, None, None])


def rehash_one_entry(store: Store, chance: random.Random) -> None:
    """A forger who knows the format rewrites one entry completely, but not those that follow, nor the head."""
    row = chance.choice(store.entries)
    made = a_link(row[0], row[1], row[10], actor="伪造者", alg=row[9])
    row[3:9] = ["伪造者", "东门街道", "officer", *row[6:9]]
    row[11:] = [made.digest, made.hash, made.record]
    payload = next(payload for payload in store.payloads if payload[:2] == row[:2])
    payload[2:] = [made.salt, made.body, None, None]


def close_the_gap(store: Store, chance: random.Random) -> None:
    """An entry is taken out and the later ones are counted down, so that no number is missing."""
    case_id, seq = chance.choice(store.entries)[:2]
    for rows in (store.entries, store.payloads):
        rows[:] = [row for row in rows if row[:2] != [case_id, seq]]
        for row in rows:
            if row[0] == case_id and row[1] > seq:
                row[1] -= 1
    next(head for head in store.heads if head[0] == case_id)[1] -= 1


def cut_a_tail(store: Store, chance: random.Random) -> None:
    """The last entries go, the head stays."""
    case_id, version = chance.choice(store.heads)[:2]
    keep = chance.randrange(version)
    for rows in (store.entries, store.payloads):
        rows[:] = [row for row in rows if row[0] != case_id or row[1] <= keep]


def drop_from(pick: Callable[[Store], list[list[Any]]]) -> Damage:
    def drop(store: Store, chance: random.Random) -> None:
        rows = pick(store)
        rows.pop(chance.randrange(len(rows)))

    return drop


def move_bytes_between_salt_and_body(store: Store, chance: random.Random) -> None:
    """The bytes that are digested stay the same, only the border moves."""
    row = chance.choice([row for row in store.payloads if row[3]])
    row[2:4] = [row[2] + row[3][0].encode(), row[3][1:]]


def erase_in_silence(store: Store, chance: random.Random) -> None:
    row = chance.choice([row for row in store.payloads if row[3]])
    row[2:6] = chance.choice(
        (
            [None, None, None, None],
            [row[2], None, None, None],
            [None, row[3], None, None],
            [None, None, "2026-04-01 00:00:00.000000", None],
            [None, None, "2026-04-01 00:00:00.000000", " "],
            [None, None, None, "依法"],
            [row[2], row[3], "2026-04-01 00:00:00.000000", None],
            [row[2], row[3], "2026-04-01 00:00:00.000000", "依法"],
            [row[2], None, "2026-04-01 00:00:00.000000", "依法"],
        )
    )


def undo_an_erasure(store: Store, chance: random.Random) -> None:
    row = next(row for row in store.payloads if row[5])
    place, value = chance.choice(((2, b"x" * 16), (3, "{}"), (4, None), (5, None), (5, "")))
    row[place] = value


# The wording of a tombstone and the moment of an erasure are not part of the chain; see the README.
DAMAGES: dict[str, Damage] = {
    "entry field changed": lambda store, chance: touch(store.entries, chance, changed),
    "entry bit flipped": lambda store, chance: touch(store.entries, chance, flipped),
    "entry field emptied": empty_a_field,
    "entries swapped": lambda store, chance: swap_contents(store.entries, chance),
    "entries renumbered": swap_places,
    "one column swapped": swap_one_column,
    "entry repeated": repeat_an_entry,
    "entry inserted": slip_in_an_entry,
    "entry appended": append_behind_the_head,
    "entry rehashed": rehash_one_entry,
    "entry deleted": drop_from(lambda store: store.entries),
    "entry deleted and gap closed": close_the_gap,
    "tail cut": cut_a_tail,
    "payload changed": lambda store, chance: touch([row for row in store.payloads if row[3]], chance, changed),
    "payload bit flipped": lambda store, chance: touch([row for row in store.payloads if row[3]], chance, flipped),
    "payloads swapped": lambda store, chance: swap_contents(store.payloads, chance),
    "payload deleted": drop_from(lambda store: store.payloads),
    "salt border moved": move_bytes_between_salt_and_body,
    "erased in silence": erase_in_silence,
    "erasure undone": undo_an_erasure,
    "head changed": lambda store, chance: touch(store.heads, chance, changed),
    "head bit flipped": lambda store, chance: touch(store.heads, chance, flipped),
    "heads swapped": lambda store, chance: swap_contents(store.heads, chance),
    "head deleted": drop_from(lambda store: store.heads),
    "head added": lambda store, chance: store.heads.append([f"d-{chance.random()}", 1, "ab" * 32, "reported"]),
}
