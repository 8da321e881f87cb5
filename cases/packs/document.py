"""Frozen rows as plain JSON and back: dates as ISO text, tuples as lists, registers as objects.

What does not live here: what the rows mean, and where documents are kept.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from cases.errors import PackBroken

_T = TypeVar("_T")
_Reader = Callable[[Any], Any]


def written(value: Any) -> Any:
    """A frozen row, or anything it is made of, as JSON-able data."""
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {one.name: written(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {key: written(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [written(entry) for entry in value]
    return value


def revive(kind: type[_T], document: Mapping[str, Any]) -> _T:
    """The row of class ``kind`` that ``document`` describes; raises :class:`PackBroken` if it does not fit."""
    try:
        return _reader(kind)(document)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise PackBroken(f"地区包文档有误,无法还原 {kind.__name__}:{fault}") from fault


@cache
def _reader(kind: Any) -> _Reader:
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and is_dataclass(kind):
        return _row_reader(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional_reader(_reader(inner[0]))
    if origin is tuple:
        return _list_reader(_reader(inner[0]))
    if origin is dict:
        return _register_reader(_reader(inner[1]))
    return _plain_reader(kind)


def _row_reader(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = tuple((one.name, _reader(hints[one.name])) for one in fields(kind))
    younger = {one.name for one in fields(kind) if one.default is not MISSING or one.default_factory is not MISSING}

    def whole(document: Any) -> Any:
        given = ((name, read) for name, read in readers if name in document or name not in younger)
        return kind(**{name: read(document[name]) for name, read in given})

    return whole


def _optional_reader(read: _Reader) -> _Reader:
    return lambda value: None if value is None else read(value)


def _list_reader(read: _Reader) -> _Reader:
    def whole(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError(f"{value!r} is not a list")
        return tuple(map(read, value))

    return whole


def _register_reader(read: _Reader) -> _Reader:
    return lambda value: {key: read(entry) for key, entry in value.items()}


def _plain_reader(kind: type) -> _Reader:
    def exact(value: Any) -> Any:
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise TypeError(f"{value!r} is not {kind.__name__}")
        return value

    return exact
