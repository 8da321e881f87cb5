"""A file stays readable in one sitting, a function on one screen. House size: 300 and 40; here: the hard limits."""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import Source, sources

FILE_LINES = 320
FUNCTION_LINES = 60
EVERYWHERE = ("cases", "workflows", "api", "tests")


def too_long(files: list[Source]) -> list[str]:
    """Every file and function over its limit; generated migrations are exempt."""
    found: list[str] = []
    for source in files:
        if "/migrations/versions/" in source.place:
            continue
        lines = source.text.count("\n")
        if lines > FILE_LINES:
            found.append(f"{source.place}: {lines} lines; split it by noun")
        for node in source.nodes():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    found.append(f"{source.place}:{node.lineno}: {node.name} has {length} lines")
    return found


def test_no_file_and_no_function_outgrows_its_limit():
    files = sources(rooms=EVERYWHERE)
    assert {"cases/errors.py", "tests/house/test_size.py"} <= {source.place for source in files}
    assert too_long(files) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("\n" * (FILE_LINES + 1), "split it by noun"),
        ("async def long():\n" + "    await one()\n" * FUNCTION_LINES, "long has 61 lines"),
    ],
)
def test_what_is_too_long_is_found(text: str, complaint: str):
    (found,) = too_long([Source("cases/invented.py", text)])
    assert complaint in found
    assert too_long([Source("cases/migrations/versions/0001_invented.py", text)]) == []
