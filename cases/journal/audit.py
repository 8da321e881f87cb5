"""Verifying a whole database (核验): reads entries, payloads and heads as a stream, on several cores if asked.

What does not live here: what makes a history whole (``verdict``), what a checkpoint is (``checkpoints``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from cases.journal.checkpoints import (
    checkpoint_roots,
    find_in,
    latest_checkpoint,
    verify_checkpoint,
    verify_sequence,
)
from cases.journal.verdict import Problem, Verdict, Walk, problem

Progress = Callable[[int], None]
"""Told how many entries have been checked so far."""
Span = tuple[str | None, str | None]
"""Case numbers from (inclusive) and to (exclusive), None where open, in the database's own order."""

WORTH_SHARING = 200_000
"""Entries from which starting other processes pays."""

_ROWS_AT_ONCE = 2000
_SPANS_A_WORKER = 4
# One statement sees one moment on every database, so a step committed meanwhile cannot look like a break; and a join
# in the database's own order needs no agreement between its collation and Python's.
_JOINED = """
SELECT e.case_id, e.seq, e.at, e.actor, e.actor_org, e.role, e.verb, e.from_state, e.to_state, e.alg, e.prev_hash,
       e.digest, e.hash, e.record, p.seq, p.salt, p.body, p.erased_at, p.tombstone,
       c.id, c.version, c.head_hash, c.state
FROM entry e
LEFT JOIN entry_payload p ON p.case_id = e.case_id AND p.seq = e.seq
LEFT JOIN case_file c ON c.id = e.case_id
{where}
ORDER BY e.case_id, e.seq
"""
_STRAY_PAYLOADS = text("""
SELECT p.case_id, p.seq FROM entry_payload p
WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.case_id = p.case_id AND e.seq = p.seq)
ORDER BY p.case_id, p.seq
""")
_EMPTY_HEADS = text("""
SELECT c.id FROM case_file c WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.case_id = c.id) ORDER BY c.id
""")
_ENTRIES = text("SELECT count(*) FROM entry")
_CASES = text("SELECT count(*) FROM case_file")
_NTH_CASE = text("SELECT id FROM case_file ORDER BY id LIMIT 1 OFFSET :skip")


def verify_store(engine: Engine, progress: Progress | None = None, workers: int = 2) -> Verdict:
    """Check every chain, payload and head in the database, then the newest checkpoint and the order of all.

    Reads only, in bounded memory, beside a running system. With ``workers`` above 1, a store of ``WORTH_SHARING``
    entries or more is split among that many processes, which connect by the engine's address alone: where the
    connection needs more than its address, ask for one worker.
    """
    # The engine's own begin hooks may take a write lock; a second engine on the same pool has none.
    reader = Engine(engine.pool, engine.dialect, engine.url)
    with reader.connect() as connection:
        spans = _spans(connection, workers) if _shareable(engine.url, workers) else []
        if not spans:
            return verify_connection(connection, progress)
        verdict = _walk_together(engine, spans, workers, progress or _silent)
        return _beyond_chains(connection, verdict)


def verify_connection(connection: Connection, progress: Progress | None = None) -> Verdict:
    """The same on one connection, including what its transaction has not committed yet."""
    return _beyond_chains(connection, _walk(connection, (None, None), progress or _silent))


def _beyond_chains(connection: Connection, verdict: Verdict) -> Verdict:
    for trouble in (*_strays(connection), *_checkpoint_problems(connection)):
        verdict.add(trouble)
    return verdict


def _silent(checked: int) -> None:
    """What is told of progress when nobody asked."""


def _shareable(address: URL, workers: int) -> bool:
    if address.get_backend_name() == "sqlite":
        in_memory = address.database in (None, "", ":memory:") or address.query.get("mode") == "memory"
        return workers > 1 and not in_memory
    return workers > 1


@contextmanager
def _tolerant(connection: Connection) -> Iterator[None]:
    """Within, text in SQLite that is no UTF-8 any more is a finding, not the end of the reading."""
    driver: Any = connection.connection.dbapi_connection
    usual = driver.text_factory
    driver.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = usual


def _spans(connection: Connection, workers: int) -> list[Span]:
    """The store cut into spans of about as many cases each; empty when it is not worth cutting."""
    cases = connection.execute(_CASES).scalar_one()
    parts = workers * _SPANS_A_WORKER
    if cases < parts or connection.execute(_ENTRIES).scalar_one() < WORTH_SHARING:
        return []
    cuts = [connection.execute(_NTH_CASE, {"skip": cases * part // parts}).scalar_one() for part in range(1, parts)]
    return list(zip([None, *cuts], [*cuts, None], strict=True))


def _walk(connection: Connection, span: Span, tell: Progress) -> Verdict:
    try:
        return _walk_strictly(connection, span, tell)
    except OperationalError:
        if connection.dialect.name != "sqlite":
            raise
    # Reading tolerantly takes twice as long, so only a damaged store pays for it.
    with _tolerant(connection):
        return _walk_strictly(connection, span, tell)


def _walk_strictly(connection: Connection, span: Span, tell: Progress) -> Verdict:
    walk = Walk()
    take = walk.take
    for rows in _joined_rows(connection, span):
        for row in rows:
            take(row)
        tell(walk.verdict.entries)
    return walk.finish()


def _joined_rows(connection: Connection, span: Span) -> Iterator[Sequence[Any]]:
    limits = {"low": span[0], "high": span[1]}
    given = {name: value for name, value in limits.items() if value is not None}
    tests = {"low": "e.case_id >= :low", "high": "e.case_id < :high"}
    where = "WHERE " + " AND ".join(tests[name] for name in given) if given else ""
    options = {"stream_results": True, "yield_per": _ROWS_AT_ONCE}
    result = connection.execute(text(_JOINED.format(where=where)), given, execution_options=options)
    yield from result.partitions()


def _walk_together(engine: Engine, spans: list[Span], workers: int, tell: Progress) -> Verdict:
    driver = getattr(engine.dialect.dbapi, "__name__", "")
    total, parts, done = Verdict(), {}, 0
    # Started afresh rather than forked: the caller may have threads and open connections.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = {pool.submit(_walk_apart, engine.url, driver, span): place for place, span in enumerate(spans)}
        for job in as_completed(jobs):
            parts[jobs[job]] = job.result()
            done += parts[jobs[job]].entries
            tell(done)
    for place in range(len(spans)):
        total.merge(parts[place])
    return total


def _walk_apart(address: URL, driver: str, span: Span) -> Verdict:
    """One span in a process of its own, with the same driver as the caller (SQLite has more than one)."""
    module = import_module(driver)
    with create_engine(address, poolclass=NullPool, module=module).connect() as connection:
        return _walk(connection, span, _silent)


def _strays(connection: Connection) -> Iterator[Problem]:
    for case_id, seq in connection.execute(_STRAY_PAYLOADS):
        yield problem("payload_stray", case_id, seq)
    for (case_id,) in connection.execute(_EMPTY_HEADS):
        yield problem("head_without_entries", case_id)


def _checkpoint_problems(connection: Connection) -> list[Problem]:
    try:
        newest = latest_checkpoint(connection)
    except (TypeError, ValueError):
        return [problem("checkpoint_broken")]
    if newest is None:
        return []
    return verify_sequence(checkpoint_roots(connection)) + verify_checkpoint(newest, find_in(connection))
