"""How forms take a moment and a text (时间与文字): local time where no zone is given, and the longest text of a field.

What does not live here: the forms themselves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator

from cases.ports import BEIJING

TEXT = 4000
"""Longest text of one field, in characters; a report's own description may be longer."""

FIRST_YEAR, LAST_YEAR = 1949, 2200


def _moment(value: datetime) -> datetime:
    """Local time where no zone is given; years far away would not fit the calendar."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError("年份不正确")
    return value.replace(tzinfo=BEIJING) if value.tzinfo is None else value


Moment = Annotated[datetime, AfterValidator(_moment)]
"""A moment as people write it; without a zone it is local time."""
