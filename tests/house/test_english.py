"""Whoever works in English is told in English why something cannot be done: every guard, refusal and finding."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from api.console.english import SAID
from api.console.sentences import english_of, needed, spoken
from api.problems import TABLE
from cases.engine import sentence
from cases.faults import SENTENCES
from cases.grammar import Guard, Step
from cases.machines import CASE_TYPES
from cases.ports import BEIJING
from cases.rules.counting import due
from cases.rules.pauses import Pause
from cases.rules.provenance import (
    CERTAINTY,
    Moved,
    Stood,
    day_lines,
    move_lines,
    source_lines,
    stand_lines,
    version_line,
)
from cases.rules.spans import parse_rule
from tests.builders import FRIDAY
from tests.cases.machines.test_squares import ENGINES
from tests.cases.machines.willing import FILLED, PACK, SPOILERS, willing
from tests.cases.rules.slow_count import CALENDAR
from tests.house.spoken import CHINESE, HOLE, said_in, said_of_a_case, sentences
from tests.house.tree import Source

VALUE = "7"
"""Fits where a number stands and where a name does."""

AS_IN_A_NOTICE = {"一、元旦:1月1日……"}
"""Chinese on purpose: how a notice of the State Council is written."""


def unsaid(words: str) -> bool:
    """Whether a sentence has no English, or English with Chinese in it."""
    english = english_of(words.replace(HOLE, VALUE))
    for quoted in AS_IN_A_NOTICE:
        english = english and english.replace(quoted, "")
    return english is None or bool(CHINESE.search(english))


def test_every_refusal_has_english():
    found = sentences()
    assert len(found) > 350, "hardly anything was read off the source: this test would check nothing"
    assert {words: place for words, place in found.items() if unsaid(words)} == {}


def test_every_guard_has_english():
    guards = {guard for kind in CASE_TYPES for step in kind.steps for guard in step.needs}
    assert len(guards) > 100
    assert [guard.__name__ for guard in guards if unsaid((guard.__doc__ or "").strip())] == []


SPEAKING = [
    pytest.param(guard, step, id=f"{kind.code}-{step.does}-{guard.__name__}")
    for kind in CASE_TYPES
    for step in kind.steps
    for guard in step.needs
    if hasattr(guard, "says")
]


@pytest.mark.parametrize(("guard", "step"), SPEAKING)
def test_what_a_guard_says_of_a_very_case_has_english(guard: Guard, step: Step):
    engine = next(one for one in ENGINES.values() if step in one.case_type.steps)
    question, form = willing(engine, step.sources[0], step.roles[0]), dict(FILLED[step.form])
    SPOILERS[guard](question, form)
    question.form = step.form.model_validate(form)
    said = sentence(guard, question)
    english = english_of(said)
    assert english is not None, said
    names = {one.name for one in (*question.pack.matters.values(), *question.pack.limits.values())}
    names |= {one.law for one in question.pack.limits.values()}
    names |= {name for one in question.pack.exclusions.values() for name in (one.name, one.law)}
    for name in sorted(names, key=len, reverse=True):
        english = english.replace(name, "") if name else english
    assert not CHINESE.search(english.replace("第", "").replace("条", "")), (said, english)


def test_every_finding_and_every_title_has_english():
    findings = {kind: re.sub(r"\{\w+\}", HOLE, said) for kind, said in SENTENCES.items() if CHINESE.search(said)}
    assert len(findings) > 20
    assert [kind for kind, said in findings.items() if unsaid(said)] == []
    assert [code for code, (_, title) in TABLE.items() if unsaid(title)] == []


def a_move(kind: str, **more: str) -> Moved:
    return Moved(kind, FRIDAY, "Li", FRIDAY, FRIDAY, **more)


WHOLE = {
    "ground": "A",
    "document": "No. 1",
    "reason": "first, then",
    "spoken": "3个工作日",
    "pack": "p 1",
    "calendar": "c 1",
}
MOVED = [
    *move_lines([a_move(kind, **WHOLE) for kind in ("extend", "rebase", "recount")]),
    *move_lines([a_move("extend"), a_move("extend", reason="A,B")]),
    *stand_lines(
        [
            Stood(FRIDAY, ends, FRIDAY, ground, began)
            for ends in (None, FRIDAY)
            for ground in ("", "A")
            for began in (None, a_move("pause", **WHOLE))
        ]
    ),
    version_line("p 1", "c 1"),
]


def test_what_moved_a_limit_has_english():
    assert [line for line in MOVED if not CHINESE.search(line)] == []
    assert [line for line in MOVED if unsaid(line)] == []


def test_how_sure_a_source_is_has_english():
    for sure in CERTAINTY:
        limit = replace(
            next(iter(PACK.limits.values())), name="N", law="L", basis="b (1)", start_event="E", confidence=sure
        )
        assert [line for line in source_lines(limit) if unsaid(line)] == []
    assert [line for line in source_lines(None) if unsaid(line)] == []


@pytest.mark.parametrize("rule", ["3wd", "12wd", "30d", "30d!", "48h", "30min", "12work_h", "2m", "1y"])
@pytest.mark.parametrize("start", ["2026-09-29T17:40", "2026-09-30T10:00", "2026-11-20T08:00", "2029-04-30T10:00"])
def test_every_day_of_a_limit_has_english(rule: str, start: str):
    moment = datetime.fromisoformat(start).replace(tzinfo=BEIJING)
    stood = Pause(moment + timedelta(days=1), moment + timedelta(days=1, hours=5), "A")
    for pauses in ((), (stood,)):
        found = due(moment, parse_rule(rule), CALENDAR, explain=True, pauses=pauses)
        lines = [
            line
            for line in day_lines(found, min(1, found.span.amount - 1), FRIDAY, "c 1")
            if not line.startswith("计算规则")
        ]
        assert [line for line in lines if unsaid(line)] == []


def test_a_template_and_its_english_name_the_same_values():
    slots = re.compile(r"\{(\w+)\}")
    assert [key for key, said in SAID.items() if sorted(slots.findall(key)) != sorted(slots.findall(said))] == []
    assert [key for key in SAID if "}{" in key] == [], "nobody could tell where the first value ends"
    assert [said for said in SAID.values() if CHINESE.search(said.replace("一、元旦:1月1日……", ""))] == []


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("当前状态“已派遣”不能受理", "“Accept” is not possible in the state “Dispatched”"),
        (
            "该时限一次最多延长3个工作日,申请延长30日",
            "This limit is extended by 3 working days at most at a time; 30 days was asked for",
        ),
        (
            "还需:第1项的金额、履行内容、第2项的履行期限(人民调解法第二十九条)",
            "Still needed: of item 1: amount, content, of item 2: date (People's Mediation Law, art. 29)",
        ),
        (
            "还没有待答复的催办;还需:选定调解员",
            "There is no reminder that waits for an answer; Still needed: a mediator is chosen",
        ),
        ("正擅长这一事项(+30)", "expert in this very matter (+30)"),
        ("请假2026年12月1日09:00至12:00", "on leave, 2026-12-1 09:00 to 12:00"),
        ("没有这句话", None),
        ("某某 件", None),
    ],
)
def test_values_are_put_into_words_too(said: str, english: str | None):
    assert english_of(said) == english


@pytest.mark.parametrize(
    "said",
    [
        "没有“" + "自 至 ,年月日、: ;" * 700 + "”这个动作",
        "没有“" + "、" * 900 + "”这个动作",
        "请假" * 450,
        ";" * 900 + "没有",
    ],
)
def test_what_a_stranger_sends_in_a_sentence_takes_no_strength(said: str):
    """The values would nest and the forms overlap without end: neither deep nor tried again."""
    assert str(spoken("en", said))


def test_what_stays_chinese_is_marked_as_chinese_and_nothing_is_markup():
    assert spoken("zh", "没有这件案件") == "没有这件案件"
    assert spoken("en", "没有这<i>句话") == '<span lang="zh-CN">没有这&lt;i&gt;句话</span>'
    assert spoken("en", "事项目录中没有「<b>甲」,请先认定事项") == (
        'The catalogue has no “&lt;b&gt;<span lang="zh-CN">甲</span>”; say the matter first'
    )
    assert spoken("en", "Already English & plain") == "Already English & plain"
    assert needed("en", "还需:<i>甲</i>") == '&lt;i&gt;<span lang="zh-CN">甲</span>&lt;/i&gt;'
    assert (needed("zh", "还需:选定调解员"), needed("en", "该任务已经送达")) == (
        "选定调解员",
        "The task was delivered already",
    )


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("raise NotNow('没有')", ["没有"]),
        ("raise NotNow(f'{PLACE}没有{x}')", [f"{HOLE}没有{HOLE}"]),
        ("raise Malformed(SAID, {'a': '必填'})", ["不行", "必填"]),
        ("text = f'第{n}行'\n    raise Malformed(text)", [f"第{HOLE}行"]),
        ("raise StillNeeded(('还需' if x else '没有',))", ["还需", "没有"]),
        ("raise Conflict('有{n}件'.format(n=1))", [f"有{HOLE}件"]),
        ("raise PackBroken('坏了')", []),
        ("require(x, ROLES, '不让')", ["不让"]),
        ("faults['a'] = '太早'", ["太早"]),
        ("missing = {n: '请写' for n in x}\n    raise Malformed('缺', missing)", ["缺", "请写"]),
        ("log('没有')", []),
    ],
)
def test_what_is_raised_is_found(code: str, found: list[str]):
    source = Source("cases/invented.py", f"SAID = '不行'\ndef say(x):\n    {code}\n")
    assert [words for _, words in said_in(source)] == found


def test_what_a_function_answers_and_a_module_says_is_found():
    source = Source(
        "cases/invented.py", "Seat = Depends(seat_for(ROLES, '不让'))\ndef why_none(x):\n    return '没有'\n"
    )
    assert [words for _, words in said_in(source)] == ["不让", "没有"]


def test_what_a_guard_says_is_found():
    source = Source(
        "cases/rules/invented.py",
        "def _why(q):\n    return f'还需:{q.x}' if q else '没有'\n\n@says(_why)\ndef guard(q): ...\n",
    )
    assert [words for _, words in said_of_a_case(source)] == [f"还需:{HOLE}", "没有"]
