"""Batches, families and the funnel over the API: an association, its court, a firm, and everybody at every route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cases.desk.desk import Order, Taken
from cases.desk.suits.families import lead_along
from cases.desk.suits.filing import Bound, file_suits
from cases.store.suits import change_batch, change_suit
from tests.api.world import World
from tests.cases.suits import a_passing
from tests.people import BAI, DING, HE, MA, SHI, WANG, WU, XU, Someone

ASSOCIATION, COURT, NUMBER = "JT-XH", "JT-FY", "2026年第1批"
CONTACT = {"person": "许协会", "phone": "0519-00000001"}
WHO: Mapping[str, Someone | None] = {
    "nobody": None, "desk": XU, "court": DING, "firm": MA, "station": WANG, "mediator": BAI, "justice": SHI,
    "supervisor": WU, "admin": HE,
}  # fmt: skip
ORDER = tuple(WHO)

#                                                             nobo desk cour firm stat medi just supe admi
# fmt: off
EXPECTED: Mapping[tuple[str, str], str] = {
    ("GET",  "/batches"):                                    "401  200  200  200  200  200  200  200  200",
    ("GET",  "/batches/{batch_id}"):                         "401  200  200  404  404  404  404  200  404",
    ("POST", "/batches/{batch_id}/submit"):                  "401  200  403  403  404  403  403  403  403",
    ("GET",  "/families"):                                   "401  200  200  200  200  200  200  200  200",
    ("GET",  "/families/{family_id}"):                       "401  200  200  404  404  404  404  200  404",
    ("POST", "/families"):                                   "401  403  409  403  403  403  403  403  403",
    ("POST", "/families/{family_id}/follow"):                "401  403  409  403  403  403  403  403  403",
    ("POST", "/families/{family_id}/retry"):                 "401  403  200  403  403  403  403  403  403",
    ("POST", "/families/{family_id}/members/{case_id}/leave"): "401 404 200 200 404 404 404 404 404",
    ("GET",  "/funnel"):                                     "401  200  200  200  200  403  200  200  403",
}
# fmt: on


class Court:
    """Suits of the firm, filed with the association for the court."""

    def __init__(self, world: World, many: int = 4) -> None:
        self.world, self.office = world, world.office
        bound = Bound(ASSOCIATION, COURT, NUMBER, 7)
        firm = self.office.pack.organisations[MA.org].name
        named = {"community": "锦澜花苑", "claimant_firm": firm, "defendant_name": "覃涛"}
        suits = [a_passing(n, **named) for n in range(1, many + 1)]
        filed = file_suits(self.office, suits, bound, XU.actor(), world.clock.now())
        self.ids = [one.case_id for one in filed.opened]
        assert len(self.ids) == many, filed.refused
        world.clock.ahead(days=30)
        self.batch = world.get(XU, "/batches").json()["items"][0]["id"]

    def done(self, who: Someone, path: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
        answer = self.world.post(who, path, body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def filed(self) -> None:
        """Submitted, received by a receipt for each case, and filed."""
        self.done(XU, f"/batches/{self.batch}/submit", CONTACT)
        at = self.world.clock.now().isoformat()
        filing = {"procedure": "small_claims", "at": at}
        forms = (("receipt", "receipt", {}), ("accept_filing", "number", filing))
        for verb, field, more in forms:
            orders = [
                {"case_id": one, "verb": verb, "form": {**more, field: f"第{n}号"}} for n, one in enumerate(self.ids)
            ]
            items = self.done(DING, "/steps", {"orders": orders})["items"]
            assert all(one["ok"] for one in items), items

    def written_down(self) -> None:
        """Filed with the court as if it had been handed over, without the manifest."""
        now, desk = self.world.clock.now(), self.office.desk
        handed = {"court": COURT, "batch": NUMBER, "manifest": "批1号"}
        steps = (
            (XU, "submit", handed),
            (DING, "receipt", {"receipt": "收1号"}),
            (DING, "accept_filing", {"number": "民初1号", "procedure": "small_claims", "at": now}),
        )
        with self.office.database.writing() as connection:
            for who, verb, form in steps:
                taken = desk.take_steps(connection, [Order(one, verb, form) for one in self.ids], who.actor(), now)
                assert all(isinstance(one, Taken) for one in taken), taken
            change_batch(
                connection, self.batch, {"closed_at": now, "submitted_at": now, "suits": 4, "total_fen": 401200}
            )
            for line, case_id in enumerate(self.ids, 1):
                change_suit(connection, case_id, {"line": line})

    def choice(self, name: str = "锦澜物业费") -> dict[str, Any]:
        return {"name": name, "model_case": self.ids[0], "issue": "服务标准", "document": "示范1号"}

    def lead(self) -> None:
        with self.office.database.writing() as connection:
            lead_along(self.office.desk, connection, self.world.clock.now(), 100)


def test_from_the_batch_to_those_who_follow(world: World):
    court = Court(world)
    assert world.get(DING, "/batches").json()["items"] == [], "a court learns of a batch when it is handed over"
    court.filed()
    (listed,) = world.get(DING, "/batches").json()["items"]
    assert (listed["suits"], listed["screened"]["pass"], listed["total"]) == (4, 4, "4012.00")
    told = world.get(DING, f"/batches/{court.batch}")
    assert [row["line"] for row in told.json()["items"]] == [1, 2, 3, 4]
    assert "覃涛" not in told.text
    for who in (XU, DING):
        paper = world.client.request("GET", listed["manifest"], headers=who.headers)
        assert paper.content.startswith(b"%PDF")
    for who in (MA, WANG, SHI):
        assert world.client.request("GET", listed["manifest"], headers=who.headers).status_code == 404

    made = court.done(DING, "/families", court.choice(), 201)
    court.lead()
    family = world.get(XU, f"/families/{made['id']}").json()
    assert family["counts"] == {"members": 3, "stood": 3, "followed": 0, "refused": 0, "left": 0}
    court.done(MA, f"/families/{made['id']}/members/{court.ids[1]}/leave", {"words": "要求单独审理"})
    trial = {"at": world.clock.now().isoformat(), "place": "第一法庭"}
    assert world.step(DING, court.ids[0], "open_trial", trial).status_code == 200
    early = world.post(DING, f"/families/{made['id']}/follow", {"way": "go_on", "result": "支持本金"})
    assert (early.status_code, early.json()["code"]) == (409, "not_now")
    judgment = {"kind": "judgment", "document": "判1号", "outcome": "granted", "served_at": trial["at"]}
    assert world.step(DING, court.ids[0], "judge", judgment).status_code == 200
    court.done(DING, f"/families/{made['id']}/follow", {"way": "go_on", "result": "支持本金"})
    court.lead()
    family = world.get(DING, f"/families/{made['id']}").json()
    assert family["counts"] == {"members": 2, "stood": 2, "followed": 2, "refused": 0, "left": 1}
    (gone,) = [one for one in family["members"] if one["left_at"]]
    assert (gone["case_id"], gone["left_because"], gone["state"]) == (court.ids[1], "要求单独审理", "filed")

    for who in (XU, DING, MA, SHI):
        answer = world.get(who, "/funnel", params={"batch": court.batch}).json()
        stages = {one["stage"]: (one["suits"], one["amount"]) for one in answer["stages"]}
        assert stages["filed"] == (4, "4012.00")
        assert stages["judged"] == (1, "1001.50")
    assert {one["suits"] for one in world.get(WANG, "/funnel").json()["stages"]} == {0}


@pytest.mark.parametrize("who", WHO)
def test_everybody_at_every_route_of_batches(world: World, who: str):
    court = Court(world)
    court.written_down()
    family = court.done(DING, "/families", court.choice(), 201)["id"]
    bodies = {
        "/submit": CONTACT,
        "/families": court.choice(),
        "/follow": {"way": "go_on", "result": "支持本金"},
        "/retry": {},
        "/leave": {"words": "要求单独审理"},
    }
    names = {"batch_id": court.batch, "family_id": family, "case_id": court.ids[3]}
    found: dict[tuple[str, str], int] = {}
    for method, path in EXPECTED:
        body = next((one for end, one in bodies.items() if path.endswith(end)), None)
        more = {"json": body} if method == "POST" else {}
        found[method, path] = world.ask(WHO[who], method, path.format(**names), **more).status_code
        world.client.forget()
    assert found == {row: int(line.split()[ORDER.index(who)]) for row, line in EXPECTED.items()}
