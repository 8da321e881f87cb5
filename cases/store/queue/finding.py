"""Finding cases by their words (检索): the full-text index of either database behind one face.

The index is asked within the asker's own scope, by words only the keeper of a file behind the wall asks for where the
text is theirs. What does not live here: what the words are (rules), and the page they lead to (paging).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, text

from cases.rules.words import NUMBER, WALLED, Sought, scope
from cases.store.queues import Branch

_AT_ONCE = 500

Terms = tuple[tuple[str, bool], ...]
"""Words that must all be there; True for the beginning of one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an index is asked: the word of the scope, and the sets of words of which one must be there as a whole."""

    scope: str
    ways: tuple[Terms, ...]

    @classmethod
    def of(cls, branch: Branch, sought: Sought, org: str | None) -> Wanted:
        """What of a question may be looked for in a branch of somebody who acts for this organisation; nothing can be
        found where ``ways`` is empty."""
        ways: list[Terms] = []
        if sought.number:
            ways.append(tuple((NUMBER + part, False) for part in sought.number))
        outside = branch.why in {"inside", "station"} and not branch.keeps
        text = (*((word, False) for word in sought.words), *((sign, True) for sign in sought.beginnings))
        if text and not outside:
            mark = WALLED if branch.keeps else ""
            ways.append(tuple((mark + word, begins) for word, begins in text))
        kind, walled = branch.scope or ("", False)
        return cls(scope(kind, org, walled=walled) if kind and org else "", tuple(ways))

    def match(self) -> str:
        """The question in the language of SQLite's index."""
        ways = " OR ".join(f"({' AND '.join(_quoted(*term) for term in terms)})" for terms in self.ways)
        return f"{_quoted(self.scope, False)} AND ({ways})" if self.scope else ways

    def query(self) -> str:
        """The question in the language of PostgreSQL's index."""
        ways = " | ".join(f"({' & '.join(_lexeme(*term) for term in terms)})" for terms in self.ways)
        return f"{_lexeme(self.scope, False)} & ({ways})" if self.scope else ways


def _quoted(word: str, begins: bool) -> str:
    return f'"{word}"*' if begins else f'"{word}"'


def _lexeme(word: str, begins: bool) -> str:
    return f"'{word}':*" if begins else f"'{word}'"


def hits(connection: Connection, wanted: Wanted, many: int) -> list[str] | None:
    """Ids of the cases that have the words, in no order; None when there are more than ``many``. The scope is only as
    narrow as its word."""
    if connection.dialect.name == "sqlite":
        sql = "SELECT rowid FROM case_words_index WHERE case_words_index MATCH ? LIMIT ?"
        found = list(connection.exec_driver_sql(sql, (wanted.match(), many + 1)).scalars())
        return None if len(found) > many else _named(connection, found)
    sql = "SELECT case_id FROM case_words WHERE words @@ %s::tsquery LIMIT %s"
    found = list(connection.exec_driver_sql(sql, (wanted.query(), many + 1)).scalars())
    return None if len(found) > many else found


def _named(connection: Connection, rows: Sequence[int]) -> list[str]:
    found: list[str] = []
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        sql = f"SELECT case_id FROM case_words WHERE id IN ({','.join('?' * len(some))})"
        found += connection.exec_driver_sql(sql, tuple(some)).scalars()
    return found


def having(connection: Connection, wanted: Wanted, ids: Sequence[str]) -> set[str]:
    """Which of these cases have the words."""
    found: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        if connection.dialect.name == "sqlite":
            sql = f"SELECT case_id, words FROM case_words WHERE case_id IN ({','.join('?' * len(some))})"
            rows = connection.exec_driver_sql(sql, tuple(some))
            found.update(row[0] for row in rows if _has(row[1], wanted.ways))
        else:
            # Named as a function, so that the cases are looked at and the index of words is not asked.
            sql = "SELECT case_id FROM case_words WHERE case_id = ANY(%s) AND ts_match_vq(words, %s::tsquery)"
            found.update(connection.exec_driver_sql(sql, (list(some), wanted.query())).scalars())
    return found


def _has(words: str, ways: Iterable[Terms]) -> bool:
    padded = f" {words} "
    return any(all((f" {word}" if begins else f" {word} ") in padded for word, begins in terms) for terms in ways)


def said(kind: str, wanted: Wanted) -> ColumnElement[bool]:
    """The condition that a case has the words, for a list that is read to its end."""
    if kind == "sqlite":
        sql = (
            "case_file.id IN (SELECT w.case_id FROM case_words_index AS i JOIN case_words AS w ON w.id = i.rowid "
            "WHERE case_words_index MATCH :sought)"
        )
        return text(sql).bindparams(sought=wanted.match())  # type: ignore[return-value]
    sql = "case_file.id IN (SELECT case_id FROM case_words WHERE words @@ CAST(:sought AS tsquery))"
    return text(sql).bindparams(sought=wanted.query())  # type: ignore[return-value]
