"""The reports of the simulated year (线索报告): of every matter, from every community, by firms and by nobody known.

What does not live here: when they come (``season``).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.machines.clue_forms import ClueReport
from tests.builders import a_dissuasion
from tests.cases.desk.year.clue_habits import COMMON
from tests.cases.desk.year.town import Town
from tests.cases.machines.walking import NAME, PHONE


def a_report(town: Town, n: int, now: datetime) -> ClueReport:
    """The n-th report."""
    dice, pack = town.dice("report", n), town.pack
    community = dice.choice(list(pack.communities.values()))
    matter = dice.choice(COMMON) if dice.random() < 0.8 else dice.choice(list(pack.matters))
    known = dice.random() < 0.6
    return ClueReport(
        community=community.code,
        building=f"{dice.randint(1, 12)}幢" if dice.random() < 0.9 else "",
        room=str(dice.randint(101, 103)),
        found_at=now - timedelta(hours=dice.uniform(0.1, 30)),
        matter=matter if dice.random() < 0.88 else None,
        description="情况描述",
        dissuasion=a_dissuasion() if dice.random() < 0.8 else None,
        emergency=dice.choice([True, *[False, None] * 5]),
        source="property" if known else "public",
        reporter_org=community.property_org if known else None,
        reporter_name=NAME,
        reporter_phone=PHONE,
        anonymous=dice.random() < 0.3,
        dissuading=dice.random() < 0.04,
    )
