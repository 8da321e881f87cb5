"""Calendar feeds read back by a library: what stands in them, how it is written, and who has the key."""

from __future__ import annotations

from icalendar import Calendar
from sqlalchemy import update

from cases.store.accounts import set_active
from cases.store.sheaf import table
from tests.api.chambers import CANARY, Chambers
from tests.cases.chamber import ROOM, hours
from tests.people import BAI, GAO


def feed(chambers: Chambers, mediator_id: str = "M1") -> tuple[str, str]:
    made = chambers.made(BAI, f"/mediators/{mediator_id}/feed-keys", {})
    return made["id"], made["path"].removeprefix("/api/v1")


def test_a_calendar_read_back_says_when_and_where_and_nothing_of_the_parties(chambers: Chambers):
    case_id = chambers.table.ready("M1")
    meeting = chambers.planned(case_id)
    visit = chambers.planned(case_id, "14:00", "15:30", kind="visit", room_id=None, address="锦苑6幢302室")
    chambers.made(BAI, f"/cases/{case_id}/meetings/{visit['id']}/cancel", {"reason": CANARY}, 200)
    answer = chambers.get(None, feed(chambers)[1])
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines), "folded at 75 octets"
    assert b"\n" not in answer.content.replace(b"\r\n", b""), "every line ends in CRLF"
    for line in lines:
        line.decode("utf-8")  # no sign is cut in two
    found = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert [str(event["STATUS"]) for event in found] == ["CONFIRMED", "CANCELLED"]
    number = chambers.table.counter.piece(case_id).number
    assert str(found[0]["SUMMARY"]) == f"调解会议 {number} 第1次"
    assert (found[0].decoded("DTSTART"), found[0].decoded("DTEND")) == (
        hours("09:00", "10:00").starts, hours("09:00", "10:00").ends,
    )  # fmt: skip
    assert str(found[0]["LOCATION"]) == "第一调解室 二楼"
    assert str(found[0]["UID"]).startswith(meeting["id"])
    text = "".join(str(value) for event in found for value in event.values())
    unfolded = answer.text.replace("\r\n ", "")
    for secret in ("甲方", "乙方", "6幢302", CANARY, "138000"):
        assert secret not in text
        assert secret not in unfolded


def test_signs_that_mean_something_to_a_calendar_are_escaped(chambers: Chambers):
    with chambers.office.database.writing() as connection:
        rooms = table("room")
        name = "调解室;甲,乙\\丙\n二楼" + "很长的名字" * 20
        connection.execute(update(rooms).where(rooms.c.id == ROOM).values(name=name))
    chambers.planned(chambers.table.ready("M1"))
    answer = chambers.get(None, feed(chambers)[1])
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["LOCATION"]) == f"{name} 二楼"
    assert b"\\;" in answer.content
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_a_meeting_keeps_its_uid_and_grows_its_sequence(chambers: Chambers):
    case_id = chambers.table.ready("M1")
    meeting, path = chambers.planned(case_id), feed(chambers)[1]

    def seen() -> tuple[str, int, str]:
        (event,) = Calendar.from_ical(chambers.get(None, path).content).walk("VEVENT")
        return str(event["UID"]), int(event.decoded("SEQUENCE")), str(event["STATUS"])

    uid = seen()[0]
    span = hours("11:00", "12:00")
    moved = {"starts": span.starts.isoformat(), "ends": span.ends.isoformat(), "reason": "改期"}
    chambers.made(BAI, f"/cases/{case_id}/meetings/{meeting['id']}/move", moved, 200)
    assert seen() == (uid, 1, "CONFIRMED")
    objection = {"party_id": chambers.table.parties(case_id)[0]}
    chambers.made(BAI, f"/cases/{case_id}/mediators/objections", objection)
    assert seen() == (uid, 2, "CANCELLED"), "no longer this mediator's meeting"


def test_a_feed_key_is_a_secret_that_can_be_revoked(chambers: Chambers):
    key_id, path = feed(chambers)
    assert chambers.get(None, path).status_code == 200
    wrong = [path[:-1], path.replace("M1", "M2"), "/mediators/M1/calendar.ics", "/mediators/none/calendar.ics?key=x"]
    for address in wrong:
        answer = chambers.get(None, address)
        assert (answer.status_code, answer.json()["detail"]) == (404, "没有这个日历,或订阅密钥不正确")
    kept = str(chambers.table.counter.rows("feed_key")) + chambers.get(BAI, "/mediators/M1/feed-keys").text
    assert path.partition("key=")[2] not in kept
    chambers.ask(BAI, "DELETE", f"/mediators/M1/feed-keys/{key_id}")
    assert chambers.get(None, path).status_code == 404


def test_a_mediators_own_account_keeps_the_keys_of_their_calendar(chambers: Chambers):
    assert chambers.post(GAO, "/mediators/M1/feed-keys").status_code == 403
    assert chambers.post(GAO, "/mediators/M3/feed-keys").status_code == 201, "the committee, for one without an account"
    with chambers.office.database.writing() as connection:
        register = table("mediator")
        connection.execute(update(register).where(register.c.id == "M1").values(committee="JT-DC-TJ"))
    assert chambers.post(GAO, "/mediators/M1/feed-keys").status_code == 403


def test_a_feed_ends_with_the_account_of_the_mediator_and_of_whoever_made_its_key(chambers: Chambers):
    _, address = feed(chambers)
    helped = chambers.made(GAO, "/mediators/M3/feed-keys", {})["path"].removeprefix("/api/v1")
    assert [chambers.get(None, one).status_code for one in (address, helped)] == [200, 200]
    with chambers.office.database.writing() as connection:
        for who in (BAI, GAO):
            set_active(connection, who.login, False)
    assert [chambers.get(None, one).status_code for one in (address, helped)] == [404, 404]
