"""Does the checklist of a pack (筛查要点) hold together: every check present, every sentence sayable, its limit known.

What does not live here: what the checks are (``screening``) and how cells are read (``tables``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cases.packs import tables
from cases.packs.finding import Finding
from cases.packs.names import plain
from cases.packs.reading import Draft, Placed
from cases.packs.screening import CHECKS, ITEMS, LIMITATION, SIGNALS

_FACT = re.compile(r"\{([^{}]*)\}")


def checklist_faults(draft: Draft) -> Iterator[Finding]:
    """Missing checks and signals, facts a sentence cannot know, half a cure, half a citation, an unknown limit."""
    yield from _missing(draft, tables.SCREENING, CHECKS, "要点")
    yield from _missing(draft, tables.SCREENING_SIGNALS, SIGNALS, "信号")
    for one in draft.lines(tables.SCREENING):
        yield from _sentence(one)
        yield from _halves(one)
    for one in draft.lines(tables.SCREENING_SIGNALS):
        yield from _deaf(one)
    yield from _elsewhere(draft)


def _missing(draft: Draft, table: tables.Table, needed: Iterable[str], noun: str) -> Iterator[Finding]:
    there = {getattr(one.row, table.key[0]) for one in draft.lines(table)} | draft.illegible
    for code in sorted(set(needed) - there):
        yield Finding(table.file, 0, table.key[0], f"缺少{noun}「{code}」", "每项一行,不用的要点 weight 写 off")


def _sentence(one: Placed) -> Iterator[Finding]:
    known = CHECKS[one.row.code][1]
    for field in ("sentence", "supply"):
        text = getattr(one.row, field)
        unknown = [name for name in _FACT.findall(text) if name not in known]
        if unknown or "{" in _FACT.sub("", text) or "}" in _FACT.sub("", text):
            right = "、".join(f"{{{name}}}" for name in known) or "不用花括号"
            yield Finding(one.file, one.line, field, f"这一要点没有「{'、'.join(unknown) or '{'}」可填", right)


def _halves(one: Placed) -> Iterator[Finding]:
    if bool(one.row.whom) != bool(one.row.supply):
        yield Finding(one.file, one.line, "whom", "由谁办、办什么只写了一半", "whom 与 supply 同填或同空")
    if one.row.weight == "repair" and not one.row.supply:
        yield Finding(one.file, one.line, "supply", "要求补正却没有写补什么", "写明补什么,由谁补")
    if bool(one.row.law) != bool(one.row.article):
        yield Finding(one.file, one.line, "article", "法规名称与条文不配", "law 与 article 同填或同空")


def _deaf(one: Placed) -> Iterator[Finding]:
    """Phrases that hold a word which takes them back: they could never be heard."""
    for phrase in one.row.phrases:
        word = next((word for word in one.row.unless if word in phrase), None)
        if word is not None:
            wrong = f"「{phrase}」含有除外词「{word}」,永远不会被认出"
            yield Finding(one.file, one.line, "unless", wrong, "除外词不出现在短语之中")
        if not plain(phrase.strip("「」").replace("…", "")):
            yield Finding(one.file, one.line, "phrases", f"「{phrase}」没有文字", "至少一个字")


def _elsewhere(draft: Draft) -> Iterator[Finding]:
    limits = {one.row.code for one in draft.lines(tables.LIMITS)} | draft.illegible
    if LIMITATION not in limits:
        yield Finding(tables.LIMITS.file, 0, "code", f"没有期限「{LIMITATION}」", "诉讼时效一行,单位为 y")
    for one in draft.lines(tables.LIMITS):
        if one.row.code == LIMITATION and one.row.unit != "y":
            yield Finding(one.file, one.line, "unit", f"诉讼时效的单位是「{one.row.unit}」", "y")
    worded = {one.row.key for one in draft.lines(tables.WORDING)} | draft.illegible
    for key in sorted({f"screening.{item}" for item in (*ITEMS, "pass", "repair", "reject")} - worded):
        yield Finding(tables.WORDING.file, 0, "key", f"没有用语「{key}」", "筛查表各项和三种结论各一行")
