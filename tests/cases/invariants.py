"""What holds of every office at every moment, whatever was done in it: one function, a complaint for each breach.

What does not live here: what a single step should come to.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from cases.desk.desk import ENGINES
from cases.grammar import STAY
from cases.piece import Piece
from tests.cases.counter import Counter

LANED = {"accepted", "reopened"}
WITH_DEPARTMENTS = {"dispatched", "signed_for", "return_asked", "return_ruling"}


def breaches(counter: Counter) -> list[str]:
    """Everything that does not hold, in sentences; empty when the office is in order."""
    pieces = {piece.id: piece for piece in counter.everything()}
    entries = _by_case(counter.rows("entry"))
    running = _by_case([row for row in counter.rows("deadline") if row["stopped_at"] is None])
    found = [f"entries of no case: {case}" for case in set(entries) - set(pieces)]
    below: dict[str | None, list[Piece]] = defaultdict(list)
    for piece in pieces.values():
        below[piece.parent_id].append(piece)
    for piece in pieces.values():
        children = below[piece.id]
        said = [
            *_history(piece, entries.get(piece.id, [])),
            *_clocks(piece, running.get(piece.id, [])),
            *_place(piece, children),
            *_followers(piece, children, entries),
        ]
        found += [f"{piece.number} ({piece.state}): {complaint}" for complaint in said]
    found += [f"notice of no case: {row['case_id']}" for row in counter.rows("notice") if row["case_id"] not in pieces]
    return found if counter.whole() else [*found, "the journal does not verify"]


def _by_case(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["case_id"]].append(row)
    return found


def _history(piece: Piece, entries: list[dict[str, Any]]) -> list[str]:
    found: list[str] = []
    if [entry["seq"] for entry in entries] != list(range(1, piece.version + 1)):
        found.append(f"version {piece.version}, entries {[entry['seq'] for entry in entries]}")
    if not entries or piece.head_hash != entries[-1]["hash"]:
        found.append("the head is not the last entry")
    if not entries or piece.state != entries[-1]["to_state"]:
        found.append("the state is not that of the last entry")
    before = ""
    for entry in entries:
        if entry["from_state"] != before or not _on_the_board(piece, entry):
            found.append(f"off the board: {entry['verb']} from {entry['from_state']} to {entry['to_state']}")
        before = entry["to_state"]
    return found


def _on_the_board(piece: Piece, entry: dict[str, Any]) -> bool:
    case_type = ENGINES[piece.case_type].case_type
    if entry["verb"] == "open":
        return entry["seq"] == 1 and entry["to_state"] in case_type.opening.states
    rows = [s for s in case_type.steps if s.does == entry["verb"] and entry["from_state"] in s.sources]
    targets = {entry["from_state"] if s.to == STAY else s.to for s in rows}
    return entry["to_state"] in targets and any(entry["role"] == r.code for s in rows for r in s.roles)


def _clocks(piece: Piece, running: list[dict[str, Any]]) -> list[str]:
    found: list[str] = []
    noted = {code: datetime.fromisoformat(due) if due else None for code, due in piece.clocks.items()}
    if noted != {row["code"]: None if row["stands_since"] else row["due_at"] for row in running}:
        found.append(f"clocks {sorted(noted)} noted, {sorted(row['code'] for row in running)} running")
    state = ENGINES[piece.case_type].states[piece.state]
    if piece.is_open and not state.no_clock_because and not noted:
        found.append("open, and no clock runs")
    if piece.next_due != min(filter(None, noted.values()), default=None):
        found.append("the next due moment is not the nearest clock's")
    return found


def _place(piece: Piece, children: list[Piece]) -> list[str]:
    state = ENGINES[piece.case_type].states[piece.state]
    found: list[str] = []
    if piece.is_open is state.end:
        found.append(f"is_open is {piece.is_open}")
    if (piece.closed_at is None) is not piece.is_open:
        found.append(f"closed_at is {piece.closed_at}")
    if piece.lane is not None and piece.state not in LANED:
        found.append(f"still in the lane {piece.lane}")
    if piece.case_type == "clue" and piece.state in WITH_DEPARTMENTS:
        tasks = [child for child in children if child.is_open and child.duty is not None]
        if not tasks:
            found.append("with the departments, and no department has a task")
        if not any(child.duty == "lead" for child in children if child.duty is not None):
            found.append("with the departments, and nobody leads")
    return found


def _followers(piece: Piece, children: list[Piece], entries: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Every reporter whose report was merged has the answer once the master's reporter has it."""
    told = [e["verb"] for e in entries.get(piece.id, [])]
    if piece.case_type != "clue" or piece.state not in {"closed", "archived", "declined", "redirected"}:
        return []
    merged = [child for child in children if child.case_type == "clue"]
    silent = [m.number for m in merged if "answer" not in {e["verb"] for e in entries[m.id]}]
    return [f"ended ({told[-1]}) and {number} was never answered" for number in silent]
