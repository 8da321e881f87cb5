"""What an address asks for figures (统计条件), leniently read, and the bars of a chart.

An empty field is none; what cannot be read is said above the figures, which then stand without it. What does not live
here: the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from api.wishes import PeriodQuery

Query = TypeVar("Query", bound=PeriodQuery)
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Asked(Generic[Query]):
    """A question as it was asked: the query, what stands in the fields, and what is wrong with it."""

    query: Query
    typed: Mapping[str, str]
    said: str = ""

    @property
    def status(self) -> int:
        """How the page is answered."""
        return 422 if self.said else 200


def asked_of(shape: type[Query], given: Mapping[str, str]) -> Asked[Query]:
    """The query of an address; one that cannot be read is answered without its conditions."""
    names = {part.alias or name for name, part in shape.model_fields.items()}
    typed = {name: given.get(name, "").strip()[:LONGEST] for name in names}
    try:
        return Asked(shape.model_validate({name: said for name, said in typed.items() if said}), typed)
    except ValidationError:
        return Asked(shape.model_validate({}), typed, "日期没有看懂,或者截止日早于起始日。下面是全部时间的数字。")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how long it is of a hundred, and its share of the longest in words."""

    length: float
    share: str


def bars_of(numbers: Sequence[int]) -> list[Bar]:
    """A bar for each number, the longest being a hundred; a number above nothing is always seen."""
    most = max(numbers, default=0)
    return [_bar(number, most) for number in numbers]


def _bar(number: int, most: int) -> Bar:
    if not most:
        return Bar(0.0, "")
    length = 100 * number / most
    return Bar(max(length, 0.6) if number else 0.0, f"{length:.0f}%")


def choices_of(pack: Any, *, kind: str = "", duty: str = "") -> list[tuple[str, str]]:
    """Organisations one may filter by: of a kind, or with a duty."""
    every = pack.organisations.values()
    return [(one.code, one.name) for one in every if one.kind == kind or (duty and duty in one.duties)]
