"""Gap-free serial numbers (编号): per organ, kind and year. Drawn inside the transaction that uses them.

The number reads 区划+街道-文种-日期-序号. What does not live here: document numbers' wording (packs).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from cases.packs.schema import Pack
from cases.ports import BEIJING
from cases.store.sheaf import table


class Numbers:
    """The numbers one batch draws; only those taken are used up."""

    def __init__(self, pack: Pack, mark: str, now: datetime, last: dict[str, int]) -> None:
        self._pack, self._mark = pack, mark
        self._day = now.astimezone(BEIJING)
        self._last = dict(last)
        self._read = dict(last)

    def series(self, organ: str) -> str:
        """The series a case belongs to: its street or organ, the kind, the year."""
        return f"{self._pack.area.code}{organ}-{self._mark}-{self._day:%Y}"

    def propose(self, organ: str) -> str:
        """The number the next case of this series would get."""
        last = self._last.get(self.series(organ), 0)
        return f"{self._pack.area.code}{organ}-{self._mark}-{self._day:%Y%m%d}-{last + 1:04d}"

    def take(self, organ: str) -> None:
        """Use the proposed number up."""
        series = self.series(organ)
        self._last[series] = self._last.get(series, 0) + 1

    def save(self, connection: Connection) -> None:
        """Write how far each series has come."""
        serial = table("serial")
        for series, last in self._last.items():
            if series not in self._read:
                connection.execute(insert(serial).values(series=series, last=last))
            elif last != self._read[series]:
                connection.execute(update(serial).where(serial.c.series == series).values(last=last))


def next_numbers(connection: Connection, pack: Pack, mark: str, organs: Iterable[str], now: datetime) -> Numbers:
    """Read and lock the series of these streets or organs."""
    blank = Numbers(pack, mark, now, {})
    wanted = sorted({blank.series(organ) for organ in organs})
    serial = table("serial")
    if connection.dialect.name == "postgresql":
        for series in wanted:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext(%s))", (series,))
    rows = connection.execute(select(serial.c.series, serial.c.last).where(serial.c.series.in_(wanted))).fetchall()
    return Numbers(pack, mark, now, {series: int(last) for series, last in rows})
