"""A limit as people ask for it (时限试算): the start and the rule as typed, the end and every day as told.

The command line, the page and the API ask and answer alike. What does not live here: counting (rules).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cases.errors import Malformed
from cases.ports import BEIJING
from cases.rules.calendar import Calendar
from cases.rules.counting import Due, due, parse_rule, rule_for
from cases.rules.counting_rules import base_rules

LONGEST = timedelta(days=3700)
"""What is told day by day over the network: about ten years."""


def moment_of(text: str) -> datetime:
    """A moment as typed; one without zone is Beijing time."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Malformed(
            f"时间无法识别:{text},应为 2026-02-13 或 2026-02-13T10:00 这样的写法", {"start": "日期,或日期和时刻"}
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def reckon(start: str, rule: str, calendar: Calendar, longest: timedelta | None = None) -> Due:
    """When a limit ends, with every day on the way; ``Malformed`` for what cannot be read, or is longer than told."""
    moment, span = moment_of(start), parse_rule(rule)
    if longest is not None and due(moment, span, calendar).at - moment > longest:
        raise Malformed("期限过长,逐日说明只列约十年以内的", {"rule": "约十年以内"})
    return due(moment, span, calendar, explain=True, rule=rule_for(span, base_rules()))


def told(found: Due) -> dict[str, Any]:
    """The answer as JSON: ``due`` in legal time, whether it is provisional (暂算), and the days with their reasons."""
    days = [[one.day.isoformat(), one.counted, one.why] for one in found.days]
    return {"due": found.at.isoformat(), "provisional": found.provisional, "days": days}
