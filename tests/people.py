"""The cast (人物): who works in the office of the tests, each with an account, a password and an open session.

They belong to the sample town of the bundled pack. What does not live here: actors without accounts (``builders``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection, insert

from api.identity import digest
from cases.grammar import Actor
from cases.rules.area import placed
from cases.store.accounts import NewAccount, add_account
from cases.store.sheaf import table
from tests.builders import DISTRICT, FIRE, OTHER_STATION, PACK, POLICE, PROPERTY, STATION, STREET, URBAN

PASSWORD = "Huiyin-2026-mima"
QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
"""A hasher nobody should use outside tests: it takes no time."""

GRID = "JT-JW-JL"


@dataclass(frozen=True)
class Someone:
    """One of the cast."""

    login: str
    name: str
    org: str
    roles: tuple[str, ...]

    @property
    def token(self) -> str:
        """The token of the session that is open for them in every furnished office."""
        return f"hs_of_{self.login}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def actor(self, account_id: str = "") -> Actor:
        actor = Actor(account_id or f"account:{self.login}", self.name, self.org, frozenset(self.roles))
        return placed(actor, PACK)


WANG = Someone("wang", "王操作", STATION, ("operator",))
LI = Someone("li", "李站长", STATION, ("station_head",))
SUN = Someone("sun", "孙外站", OTHER_STATION, ("operator", "station_head"))
ZHANG = Someone("zhang", "张消防", FIRE, ("dept_officer",))
ZHAO = Someone("zhao", "赵消防", FIRE, ("dept_head",))
QIAN = Someone("qian", "钱公安", POLICE, ("dept_head", "dept_officer"))
ZHOU = Someone("zhou", "周城管", URBAN, ("dept_head", "dept_officer"))
MA = Someone("ma", "马物业", PROPERTY, ("reporter",))
FENG = Someone("feng", "冯网格", GRID, ("reporter",))
WU = Someone("wu", "吴督办", DISTRICT, ("supervisor",))
ZHENG = Someone("zheng", "郑审计", DISTRICT, ("auditor",))
BAI = Someone("bai", "柏调解", "JT-JC-TJ", ("mediator",))
GAO = Someone("gao", "高调解", "JT-DC-TJ", ("mediator",))
TAO = Someone("tao", "陶主任", "JT-JC-TJ", ("committee_head",))
WEI = Someone("wei", "魏网格", "JT-JW-JL", ("mediator",))
DING = Someone("ding", "丁法官", "JT-FY", ("court_clerk",))
XU = Someone("xu", "许协会", "JT-XH", ("operator",))
SHI = Someone("shi", "石司法", "JT-SF", ("justice",))
HE = Someone("he", "何系统", DISTRICT, ("admin",))

CAST = (WANG, LI, SUN, ZHANG, ZHAO, QIAN, ZHOU, MA, FENG, WU, ZHENG, BAI, GAO, TAO, WEI, DING, XU, SHI, HE)


SU = Someone("su", "苏街督", STREET, ("supervisor",))
YU = Someone("yu", "俞街督", "JT-DC", ("supervisor",))
STREETS = (SU, YU)
"""Supervisors of one street each; they move in where a test is about areas."""


def move_in(connection: Connection, now: datetime, cast: Sequence[Someone] = CAST) -> None:
    """Give each of the cast an account and an open session."""
    hashed = QUICK.hash(PASSWORD)
    for one in cast:
        account_id = add_account(connection, NewAccount(one.login, one.name, one.org, one.roles, hashed), now)
        session = {"token_hash": digest(one.token), "account_id": account_id, "created_at": now, "seen_at": now}
        connection.execute(insert(table("session")).values(**session, expires_at=now + timedelta(hours=8)))
