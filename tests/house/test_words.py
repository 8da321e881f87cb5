"""The words of the house: the office's nouns and verbs, no city in the code, one door, and time handed in."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, Source, sources

# Words that say nothing about what a thing is.
EMPTY_WORDS = {"manager", "helper", "helpers", "util", "utils", "data", "info", "processor", "misc", "common", "stuff"}
# Chinese terms of the trade as they get spelled when nobody looks up the English; matter codes are data, not names.
PINYIN = set(
    re.findall(
        r"\w+",
        """anjian banjie banli baoan beian bumen caijue caiwu chengguan chufa chuli cuiban dafu diaocha diaojie duban
    fabu fankui fayuan gongan gongdan gonggao gongshi guanli guidang huifu huiyi jiance jianguan jiean jiedao jiedaoban
    jubao juece juzhu leixing lian lianhe liucheng menpai minjing mingcheng paichusuo paidan qianshou qingdan qunzhong
    quanxian renmin renwu shangbao shenhe shenpi shequ shiqu shixian shouli sifa songda tiaojie tousu tuihui wangge
    wanggeyuan wenshu wuye xianchang xiangmu xiansuo xiaoqu xiezhu xinfang yanqi yezhu yewei yeweihui zhengju zhifa
    zhubu zhuanban zhuangtai zhengfu zeren zhenggai""",
    )
)
# The one module that may ask the machine for the time; everybody else is told.
CLOCK = "cases/clocks.py"
# The engine decides and the desk writes through the store; nobody else moves a case.
DOOR = re.compile(r"cases/(desk|store)(/.*|_\w+)?\.py|cases/(desk|store)/.*|cases/engine\.py")


def names(source: Source) -> Iterator[tuple[int, str]]:
    """Every name this file gives to something, with its line."""
    yield 1, Path(source.place).stem
    for node in source.nodes():
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr
            case _:
                pass


def words(name: str) -> set[str]:
    """``DueClock`` and ``due_clock`` are both the words due and clock."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def empty_words(source: Source) -> Iterator[str]:
    """Modules and classes with a name that names nothing; a copy with a version number."""
    stem = Path(source.place).stem
    if words(stem) & EMPTY_WORDS or re.search(r"_v?\d+$", stem):
        yield f"{source.place}: a module name that names nothing"
    for node in source.nodes():
        if isinstance(node, ast.ClassDef) and words(node.name) & EMPTY_WORDS:
            yield f"{source.place}:{node.lineno}: {node.name}"


def pinyin(source: Source) -> Iterator[str]:
    """Identifiers that spell a Chinese term instead of saying it in English."""
    for line, name in names(source):
        if found := words(name) & PINYIN:
            yield f"{source.place}:{line}: {name} ({', '.join(sorted(found))})"


def clock_readers(source: Source) -> Iterator[str]:
    """Code that asks the machine for the time instead of being told."""
    if source.place == CLOCK:
        return
    for node in source.nodes():
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        if (owner in {"datetime", "date"} and node.attr in {"now", "utcnow", "today"}) or (
            owner == "time" and node.attr in {"time", "time_ns", "localtime", "gmtime"}
        ):
            yield f"{source.place}:{node.lineno}: {owner}.{node.attr}"


def movers(source: Source) -> Iterator[str]:
    """Code outside the door that sets a state: by assignment, by setattr or in an UPDATE."""
    if DOOR.fullmatch(source.place):
        return
    for node in source.nodes():
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store | ast.Del):
            yield f"{source.place}:{node.lineno}: assigns .state"
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        named = [argument.value for argument in node.args[1:2] if isinstance(argument, ast.Constant)]
        if called in {"setattr", "__setattr__"} and "state" in named:
            yield f"{source.place}:{node.lineno}: sets state by name"
        if called == "values" and "state" in {keyword.arg for keyword in node.keywords}:
            yield f"{source.place}:{node.lineno}: writes state in a statement"


def city_names(packs: Path) -> set[str]:
    """Every name that a jurisdiction pack gives to an organisation or a community."""
    found: set[str] = set()
    for file in [*packs.glob("*/organisations.csv"), *packs.glob("*/communities.csv")]:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.DictReader(handle):
                found |= {value.strip() for column, value in row.items() if column and "name" in column and value}
    return {name for name in found if len(name) >= 3}


def city_in_code(source: Source, city: set[str]) -> Iterator[str]:
    """Names from a pack written into code, a comment or a docstring."""
    for name in sorted(city):
        if name in source.text:
            line = source.text[: source.text.index(name)].count("\n") + 1
            yield f"{source.place}:{line}: {name} belongs in a pack"


def complaints(rule: Callable[[Source], Iterator[str]], files: list[Source] | None = None) -> list[str]:
    return [complaint for source in (sources() if files is None else files) for complaint in rule(source)]


@pytest.mark.parametrize("rule", [empty_words, pinyin, clock_readers, movers])
def test_the_house_keeps_its_words(rule: Callable[[Source], Iterator[str]]):
    assert complaints(rule) == []


def test_no_city_in_the_code():
    city = city_names(ROOT / "cases" / "packs")
    assert len(city) > 20, "the packs name no organisations: this test would check nothing"
    assert complaints(lambda source: city_in_code(source, city)) == []


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        (empty_words, "cases/case_utils.py", ""),
        (empty_words, "cases/engine_v2.py", ""),
        (empty_words, "cases/desk.py", "class StepManager: ..."),
        (pinyin, "cases/rules/xiansuo.py", ""),
        (pinyin, "cases/rules/routing.py", "def count(wuye_name): ..."),
        (pinyin, "cases/rules/routing.py", "piece.jiedao = 1"),
        (clock_readers, "cases/desk.py", "import datetime\nnow = datetime.datetime.now(datetime.UTC)"),
        (clock_readers, "api/deps.py", "stamp = Field(default_factory=datetime.utcnow)"),
        (clock_readers, "workflows/serve.py", "began = time.time()"),
        (movers, "cases/rules/routing.py", "piece.state = 'closed'"),
        (movers, "api/routes/cases.py", "setattr(row, 'state', 'closed')"),
        (movers, "workflows/deadlines.py", "update(CaseFile).values(state='closed')"),
        (movers, "cases/storehouse.py", "row.state = 'closed'"),
    ],
)
def test_what_breaks_a_rule_is_found(rule: Callable[[Source], Iterator[str]], place: str, text: str):
    assert len(complaints(rule, [Source(place, text)])) == 1


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        (empty_words, "cases/desk.py", "class Metadata: ..."),
        (clock_readers, CLOCK, "now = datetime.now(UTC)"),
        (clock_readers, "api/deps.py", "began = time.monotonic()"),
        (movers, "cases/desk/steps.py", "row.state = target"),
        (movers, "cases/store.py", "update(CaseFile).values(state=target)"),
        (movers, "api/app.py", "app.state.packs = packs"),
    ],
)
def test_what_keeps_a_rule_is_let_be(rule: Callable[[Source], Iterator[str]], place: str, text: str):
    assert complaints(rule, [Source(place, text)]) == []


def test_a_city_name_in_a_comment_is_found(tmp_path: Path):
    pack = tmp_path / "somewhere"
    pack.mkdir()
    (pack / "organisations.csv").write_text("code,name\nSH,某某区水务局\nX,局\n", encoding="utf-8")
    city = city_names(tmp_path)
    assert city == {"某某区水务局"}
    (found,) = city_in_code(Source("cases/rules/routing.py", "x = 1\n# 某某区水务局 goes first\n"), city)
    assert found == "cases/rules/routing.py:2: 某某区水务局 belongs in a pack"
