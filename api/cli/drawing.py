"""Diagrams and glossary (状态图与术语表), drawn from the tables between marks in a Markdown file.

What does not live here: the tables.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cases.grammar import STAY, CaseType
from cases.machines import CASE_TYPES

FILES = (Path("cases/README.md"), Path("README.md"))


def draw_all() -> int:
    """Draw into the files of the project; 2 when this is not its folder."""
    if not all(file.is_file() for file in FILES):
        sys.stderr.write("请在项目目录中运行。\n")
        return 2
    for file in FILES:
        draw_into(file)
        sys.stdout.write(f"{file} 已更新\n")
    return 0


def draw_into(file: Path) -> None:
    """Replace what stands between ``<!-- draw:TYPE -->`` and ``<!-- glossary -->`` marks."""
    text = file.read_text(encoding="utf-8")
    for case_type in CASE_TYPES:
        text = between(text, f"draw:{case_type.code}", mermaid(case_type))
    file.write_text(between(text, "glossary", glossary()), encoding="utf-8")


def between(text: str, mark: str, inside: str) -> str:
    """The text with ``inside`` between the opening and closing mark; unchanged where the mark is missing."""
    pattern = rf"<!-- {re.escape(mark)} -->.*?<!-- /{re.escape(mark)} -->"
    return re.sub(pattern, lambda _: f"<!-- {mark} -->\n{inside}\n<!-- /{mark} -->", text, flags=re.DOTALL)


def mermaid(case_type: CaseType) -> str:
    """The state diagram of a case type, with Chinese labels; steps between the same two states share an arrow."""
    labels = {state.code: state.label for state in case_type.states}
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in case_type.steps:
        for source in step.sources:
            if step.to != STAY:
                words = arrows.setdefault((source, step.to), [])
                verb = case_type.verbs[step.does][0]
                if verb not in words:
                    words.append(verb)
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{label}" as {code}' for code, label in labels.items()]
    lines += [f"    [*] --> {code}" for code in case_type.opening.states]
    lines += [f"    {source} --> {target} : {'、'.join(words)}" for (source, target), words in arrows.items()]
    lines += [f"    {state.code} --> [*]" for state in case_type.states if state.end]
    return "\n".join([*lines, "```"])


def glossary() -> str:
    """Every state with the reference state it stands for, and every verb."""
    rows: list[str] = []
    for case_type in CASE_TYPES:
        rows += [
            f"### {case_type.label} {case_type.label_en} (`{case_type.code}`)",
            "",
            "| 状态 | state | identifier | reference | holder |",
            "|---|---|---|---|---|",
            *(f"| {s.label} | {s.label_en} | `{s.code}` | {s.ref} | {s.holder} |" for s in case_type.states),
            "",
            "| 动作 | verb | identifier | who |",
            "|---|---|---|---|",
            *_verbs(case_type),
            "",
        ]
    return "\n".join(rows).rstrip()


def _verbs(case_type: CaseType) -> list[str]:
    who: dict[str, list[str]] = {}
    for step in case_type.steps:
        roles = who.setdefault(step.does, [])
        roles += [role.label for role in step.roles if role.label not in roles]
    return [
        f"| {zh} | {en} | `{verb}` | {'、'.join(who.get(verb, []))} |"
        for verb, (zh, en) in case_type.verbs.items()
        if verb in who
    ]
