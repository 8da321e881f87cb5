"""Is an agreement whole, lawful and signed (调解协议): what it must state, who must have signed, when it takes effect.

A written one takes effect with the last signature and the seal (人民调解法 29), an oral one when it is reached (30).
What does not live here: whether it is performed (performance) and the paper itself (papers).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cases.grammar import Question, asks_form, says
from cases.rules.talks import folder_of

PAYMENT = "给付金钱"
MEDIATOR = "mediator"
"""How a signature names the mediator."""

SEAL = "seal"
"""How the committee's seal stands among the signatures."""

ARTICLE = "人民调解法第二十九条"
CHECKED = {
    "lawful": "不违反法律的强制性规定",
    "harmless": "不损害国家、集体、他人利益和公序良俗",
    "voluntary": "出于各方自愿",
    "clear": "内容明确、可以履行",
    "owners": "需要全体权利人或业主共同决定的已取得同意",
    "guardians": "无民事行为能力、限制民事行为能力人由监护人代理",
}
"""审核要点, by the field of the form."""


def _gaps(n: int, one: Any) -> Iterable[str]:
    needed = [("履行内容", one.content), ("履行期限", one.due), ("履行方式", one.manner)]
    if one.kind == PAYMENT:
        needed[:0] = [("金额", one.amount)]
    lacking = [name for name, value in needed if not value]
    return [f"第{n}项的{'、'.join(lacking)}"] if lacking else []


def gaps(q: Question) -> list[str]:
    """What the terms in the form lack, by item, and parties nobody knows."""
    terms = q.form.terms
    found = [gap for n, one in enumerate(terms, 1) for gap in _gaps(n, one)]
    known = {party.ordinal for party in folder_of(q).parties}
    found += [f"第{n}项的当事人" for n, one in enumerate(terms, 1) if not {one.obligor, one.obligee} <= known]
    return found if terms else ["协议的履行事项"]


def _what_is_missing(q: Question) -> str:
    found = gaps(q)
    return f"还需:{'、'.join(found)}({ARTICLE})" if found else ""


@asks_form
@says(_what_is_missing)
def terms_whole(q: Question) -> bool:
    """还需:每项的金额、履行内容、履行期限、履行方式和当事人(人民调解法第二十九条)"""
    return not gaps(q)


def faults(check: Any) -> list[str]:
    """The points of a legal check that do not hold, as codes."""
    return [name for name in CHECKED if not getattr(check, name)]


def _check_of(q: Question) -> Any:
    return getattr(q.form, "check", None) or q.form


def _what_is_wrong(q: Question) -> str:
    found = faults(_check_of(q))
    return f"协议不符合:{'、'.join(CHECKED[name] for name in found)}" if found else ""


@asks_form
@says(_what_is_wrong)
def terms_lawful(q: Question) -> bool:
    """还需:协议经合法性审核"""
    return not faults(_check_of(q))


@asks_form
def terms_faulty(q: Question) -> bool:
    """合法性审核没有发现问题"""
    return not terms_lawful(q)


def terms_checked(q: Question) -> bool:
    """还需:签名前先作合法性审核"""
    return bool(q.piece.facts.get("checked"))


def signed_by(q: Question) -> set[str]:
    """Who has signed so far: ids of parties, or mediator."""
    return {one["signer"] for one in q.piece.facts.get("signatures", [])}


@asks_form
def signer_belongs(q: Question) -> bool:
    """签名人须为本案当事人或调解员"""
    return q.form.signer in {*folder_of(q).ids, MEDIATOR}


def unsigned(q: Question) -> list[str]:
    """Whose signature is still missing, as a refusal names them."""
    signed = signed_by(q)
    found = [party.called for party in folder_of(q).parties if party.id not in signed]
    return found if MEDIATOR in signed else [*found, "调解员"]


def _who_is_missing(q: Question) -> str:
    found = unsigned(q)
    return f"还需:{'、'.join(found)}的签名、盖章或者按指印({ARTICLE})" if found else ""


@says(_who_is_missing)
def everybody_signed(q: Question) -> bool:
    """还需:各方当事人和调解员的签名、盖章或者按指印(人民调解法第二十九条)"""
    return bool(folder_of(q).parties) and not unsigned(q)


@asks_form
def all_done_at_once(q: Question) -> bool:
    """协议还有未履行的事项"""
    return all(one.done for one in q.form.terms)


@asks_form
def something_left_to_do(q: Question) -> bool:
    """协议事项已全部当场履行"""
    return not all_done_at_once(q)


def nobody_signed(q: Question) -> bool:
    """协议已有人签名,当事人不能更正或撤回;确需更正的,先退回再议"""
    return not q.piece.facts.get("signatures")


def not_signing(q: Question) -> bool:
    """协议已开始签署,期满后仍可签完"""
    return not q.piece.facts.get("signatures")
