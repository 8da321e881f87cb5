"""Conditions by which a list is not entered (不作入口的条件): where so many rows meet a condition that a page is full
soon, the database is to read along the order of the list, and not to look them all up and sort them. The other way
round, an order it is not to read along. And limits it can count on.

What does not live here: which conditions those are (filters).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, literal, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType


class _Equal(FunctionElement[Any]):
    """A column equals a value."""

    type = NullType()
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], value: Any) -> None:
        super().__init__(column, value if isinstance(value, ColumnElement) else literal(value, column.type))


class beside(_Equal):  # noqa: N801 - reads as a word of the query
    """A column equals a value, and no index of that column is looked at for it. PostgreSQL takes it that half of the
    rows do, so it stops reading along the order as soon as a page is full, and sorts nothing."""

    name = "beside"
    inherit_cache = True


class within(_Equal):  # noqa: N801 - reads as a word of the query
    """A column equals a value, which the index a list is read along knows of each row besides, so the rows between
    need not be read. SQLite takes no index of that column itself; PostgreSQL's statistics tell it which to take."""

    name = "within"
    inherit_cache = True


class gathered(FunctionElement[Any]):  # noqa: N801 - reads as a word of the query
    """The id, to sort by what is gathered first: no list is read along it."""

    type = String()
    inherit_cache = True
    name = "gathered"

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)


@compiles(beside)
def _beside(element: beside, compiler: Any, **kw: Any) -> str:
    column, value = (compiler.process(one, **kw) for one in element.clauses)
    return f"CASE WHEN {column} = {value} THEN true ELSE false END"


@compiles(within)
def _within(element: within, compiler: Any, **kw: Any) -> str:
    column, value = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} = {value}"


@compiles(beside, "sqlite")
@compiles(within, "sqlite")
def _sqlite(element: _Equal, compiler: Any, **kw: Any) -> str:
    column, value = (compiler.process(one, **kw) for one in element.clauses)
    return f"(+{column} = {value})"


@compiles(gathered)
def _gathered(element: gathered, compiler: Any, **kw: Any) -> str:
    (column,) = (compiler.process(one, **kw) for one in element.clauses)
    return f"({column} || '')"


@compiles(gathered, "sqlite")
def _gathered_on_sqlite(element: gathered, compiler: Any, **kw: Any) -> str:
    (column,) = (compiler.process(one, **kw) for one in element.clauses)
    return f"+{column}"


def only(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """All of the conditions, to be looked at row by row, whatever indexes there are for them."""
    return case((and_(*conditions), literal_column("1")), else_=literal_column("0")) == literal_column("1")


def no_more_than(many: int) -> ColumnElement[int]:
    """A limit that is part of the words: only so does a plan made for any value know how little is wanted."""
    return literal_column(str(int(many)), Integer())
