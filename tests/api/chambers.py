"""The API with a mediation committee at work behind it: everybody of the cast, a register, and a walled case type.

What does not live here: expectations.
"""

from __future__ import annotations

from typing import Any

from anyio.from_thread import BlockingPortal
from sqlalchemy import select, update

from cases.office import Office
from cases.store.sheaf import table
from tests.api.world import World
from tests.cases.chamber import ROOM, Table, hours
from tests.people import BAI, Someone

CANARY = "她在调解时承认水管是自己改的"
PDF = b"%PDF-1.7\n" + b"0" * 64
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
NUMBER = "11010519491231002X"


class Chambers(World):
    """The API with a mediation committee at work behind it."""

    def __init__(self, office: Office, portal: BlockingPortal) -> None:
        super().__init__(office, portal)
        self.table = Table(self.office)
        self.table.clock = self.table.counter.clock = self.clock
        self.table.register()
        with office.database.writing() as connection:
            account = table("account")
            bai = connection.execute(select(account.c.id).where(account.c.login == "bai")).scalar_one()
            register = table("mediator")
            connection.execute(update(register).where(register.c.id == "M1").values(account_id=bai))

    def made(self, who: Someone | None, path: str, body: dict[str, Any], status: int = 201) -> dict[str, Any]:
        answer = self.post(who, path, body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def planned(self, case_id: str, first: str = "09:00", last: str = "10:00", **more: Any) -> dict[str, Any]:
        span = hours(first, last)
        body = {"kind": "committee", "room_id": ROOM, "starts": span.starts.isoformat(), "ends": span.ends.isoformat()}
        return self.made(BAI, f"/cases/{case_id}/meetings", body | more)

    def linked(self, case_id: str, party: str, what: str) -> tuple[str, str]:
        """The address of a link and its token."""
        found = self.made(BAI, f"/cases/{case_id}/consents/links", {"party_id": party, "what": what})
        return found["path"].removeprefix("/api/v1"), found["token"]

    def say(self, link: tuple[str, str], answer: str, tail: str) -> Any:
        body = {"answer": answer, "tail": tail}
        return self.post(None, link[0], body, headers={"Huiyin-Query-Code": link[1]})
