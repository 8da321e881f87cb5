"""The sentences the house says no with (用语), read off the source: what a refusal is raised with, in the rooms whose
refusals come to a page.

A value in a sentence is a hole (``HOLE``). What does not live here: rules.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from cases import errors
from tests.house.tree import Source, sources

CHINESE = re.compile("[\u4e00-\u9fff]")
HOLE = "\ue000"
"""Stands for a value nobody knows before the sentence is said."""

AT_THE_EDGE = {"AtTheEdge", "problem", "unauthenticated", "LinkShut", "TooLarge"}
ALSO_SAY_NO = {"ValueError", "Shut", "Try", "require", "seat_for", "_asked"}
"""What else is called with the sentence it says no with."""

FINDINGS = {"faults", "missing", "wrong"}
"""What findings beside a field are gathered in."""

REASONS = re.compile(r"(why_|refusal|conflict_of|exclusion_of)\w*")
"""Functions that answer a sentence."""

REFUSALS = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, errors.Refusal)}
SAY_NO = (REFUSALS | AT_THE_EDGE | ALSO_SAY_NO) - {"PackBroken"}
"""Whose words are shown to whoever works at a page; a broken pack is told to whoever edits its files, in Chinese."""

NO_PAGE = re.compile(
    r"api/(cli|demo|bench|receiver)/|api/console/english|cases/(packs|intake|migrations|suggest)/|cases/rules/screening/papers"
)
"""Rooms nobody meets on a page: the command line, the demonstration, files taken in, packs."""


Known = dict[str, ast.expr]


def sentences() -> dict[str, str]:
    """Every sentence with the place it is said at."""
    found: dict[str, str] = {}
    files = sources(rooms=("cases", "api"))
    shared: Known = {}
    for source in files:
        shared |= {name: one for name, one in _named(source.tree.body).items() if name.isupper()}
    for source in files:
        if not NO_PAGE.search(source.place):
            for line, words in (*said_in(source, shared), *said_of_a_case(source, shared)):
                found.setdefault(words, f"{source.place}:{line}")
    return found


def said_in(source: Source, shared: Known | None = None) -> Iterator[tuple[int, str]]:
    """The sentences of one file, with their lines; ``shared`` are constants of other files."""
    constants = (shared or {}) | _named(source.tree.body)
    for scope in source.nodes():
        if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
            known = constants | _named(ast.walk(scope) if not isinstance(scope, ast.Module) else ())
            for line, one in _sayings(scope):
                yield from ((line, words) for words in _words(one, known) if CHINESE.search(words))


def _sayings(scope: ast.FunctionDef | ast.AsyncFunctionDef | ast.Module) -> Iterator[tuple[int, ast.expr]]:
    """The expressions a scope says no with; a module those outside its functions."""
    whole = not isinstance(scope, ast.Module)
    answers = isinstance(scope, ast.FunctionDef) and REASONS.fullmatch(scope.name)
    for node in ast.walk(scope) if whole else _outside(scope):
        match node:
            case ast.Call(args=args, keywords=more) if _called(node) in SAY_NO:
                yield from ((node.lineno, one) for one in (*args, *(each.value for each in more)))
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))], value=value) if name in FINDINGS:
                yield node.lineno, value
            case ast.Return(value=ast.expr() as value) if answers:
                yield node.lineno, value
            case _:
                pass


def _outside(module: ast.Module) -> Iterator[ast.AST]:
    for one in module.body:
        if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from ast.walk(one)


def said_of_a_case(source: Source, shared: Known | None = None) -> Iterator[tuple[int, str]]:
    """What the guards of one file say of a very case (``says``), with their lines."""
    constants = (shared or {}) | _named(source.tree.body)
    functions = {one.name: one for one in source.tree.body if isinstance(one, ast.FunctionDef)}
    for guard in functions.values():
        for mark in guard.decorator_list:
            if isinstance(mark, ast.Call) and _called(mark) == "says" and isinstance(mark.args[0], ast.Name):
                wording = functions[mark.args[0].id]
                known = constants | _named(ast.walk(wording))
                for one in ast.walk(wording):
                    if isinstance(one, ast.Return) and one.value is not None:
                        said = _words(one.value, known)
                        yield from ((one.lineno, words) for words in said if CHINESE.search(words))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _named(body: Iterable[ast.AST]) -> Known:
    """Names that stand for a text written out."""
    found: Known = {}
    for one in body:
        if isinstance(one, ast.Assign) and len(one.targets) == 1 and isinstance(one.targets[0], ast.Name):
            found[one.targets[0].id] = one.value
    return found


def _words(node: ast.AST, known: Known) -> Iterator[str]:
    """The texts an expression may be, with a hole for each value."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(_piece(one, known) for one in values)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from (a + b for a in _words(left, known) for b in _words(right, known))
        case ast.DictComp(value=value):
            yield from _words(value, known)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_words(body, known), *_words(orelse, known))
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Dict(values=parts):
            for one in parts:
                yield from _words(one, known)
        case _:
            yield from _behind(node, known)


def _behind(node: ast.AST, known: Known) -> Iterator[str]:
    """The texts behind a name, or filled in by ``format``."""
    match node:
        case ast.Name(id=name) if name in known:
            yield from _words(known[name], {other: one for other, one in known.items() if other != name})
        case ast.Call(func=ast.Attribute(value=value, attr="format")):
            yield from (re.sub(r"\{\w*\}", HOLE, one) for one in _words(value, known))
        case _:
            return


def _piece(node: ast.expr, known: Known) -> str:
    """A part of a formatted text: what stands there, a constant, or a hole."""
    if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Name):
        node = known.get(node.value.id, node)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else HOLE
