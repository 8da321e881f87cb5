"""The kinds of columns (列): a moment, free text, exact bytes, a reference to a case.

Every moment is stored in UTC with microseconds. What does not live here: tables.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, LargeBinary, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database on both kinds; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Words separated by spaces; PostgreSQL keeps them as a set it can search."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())


def moment(*, nullable: bool = False, **kwargs: Any) -> Any:
    """A column holding a moment."""
    return Field(default=None, sa_column=Column(Instant(), nullable=nullable, **kwargs))


def prose(*, nullable: bool = False, default: str | None = "", **kwargs: Any) -> Any:
    """A column holding free text."""
    return Field(default=default, sa_column=Column(Text(), nullable=nullable, **kwargs))


def exact(*, nullable: bool = False) -> Any:
    """A column holding bytes exactly as they were hashed or sent."""
    return Field(default=None, sa_column=Column(LargeBinary(), nullable=nullable))


def case_key(*, primary: bool = False, nullable: bool = False) -> Any:
    """A reference to a case."""
    return Field(
        default=None,
        sa_column=Column(Text(), ForeignKey("case_file.id"), primary_key=primary, nullable=nullable and not primary),
    )
