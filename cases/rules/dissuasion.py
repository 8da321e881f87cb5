"""Dissuasion first (先劝阻后报告, reference M04 and 3.3): when a report needs a record of dissuasion, and when not.

A record is required before acceptance unless the pack puts the matter on the emergency bypass list; where dissuasion
is forbidden, a report that shows one is accepted and flagged; where it is an element of the offence it is required
even in an emergency. Mediation that took place is such a record too (治安管理处罚法 88). What does not live here: the
records themselves (a table) and which matter needs what (packs).
"""

from __future__ import annotations

from cases.grammar import Question, asks_form, says
from cases.packs.schema import Matter

WHO = {"property": "物业服务企业", "owners_committee": "业主委员会(物管会)", "community": "社区居委会"}


def chosen_matter(q: Question) -> Matter | None:
    """The matter the step is about: chosen in the form, else already on the case."""
    code = getattr(q.form, "matter", None) or q.piece.matter
    return q.pack.matter(code) if code else None


def is_emergency(q: Question, matter: Matter) -> bool:
    """An emergency is what the matter says; where it depends on circumstances, what operator or reporter said."""
    if matter.emergency == "conditional":
        return said_urgent(q)
    return matter.emergency == "yes"


def needs_record(q: Question, matter: Matter) -> bool:
    """Whether this report of this matter needs a dissuasion record before it is accepted."""
    if matter.dissuasion == "element":
        return True
    if matter.dissuasion in {"none", "forbidden"} or matter.bypass == "yes":
        return False
    if matter.bypass == "conditional":
        return not said_urgent(q)
    return True


def said_urgent(q: Question) -> bool:
    """Whether operator or reporter said that this very case is an emergency, whatever the matter usually is."""
    said = getattr(q.form, "emergency", None)
    return bool(q.piece.facts.get("urgent", False) if said is None else said)


def missing_record(q: Question) -> str:
    """The refusal in words: whose record, of what."""
    matter = chosen_matter(q)
    if matter is None:
        return "还需:物业已劝阻并留有记录"
    who = "、".join(WHO.get(d, d) for d in matter.dissuaders) or WHO["property"]
    element = ";劝阻或调解记录是认定该行为的要件" if matter.dissuasion == "element" else ""
    return f"还需:{who}对“{matter.name}”的劝阻记录(劝阻时间、劝阻人、劝阻内容){element}"


@asks_form
def matter_known(q: Question) -> bool:
    """还需:选定事项清单中的事项"""
    code = getattr(q.form, "matter", None) or q.piece.matter
    return bool(code) and q.pack.matter(code) is not None


@asks_form
@says(missing_record)
def dissuaded_first(q: Question) -> bool:
    """还需:物业已劝阻并留有记录"""
    matter = chosen_matter(q)
    return matter is None or not needs_record(q, matter) or on_record(q)


def on_record(q: Question) -> bool:
    """Whether somebody dissuaded, or mediation took place, before."""
    mediated = any(one.get("took_place") for one in q.piece.facts.get("mediations", []))
    return mediated or int(q.piece.facts.get("dissuasions", 0)) > 0


def dissuasion_failed(q: Question) -> bool:
    """还需:已劝阻无效的记录,或属于紧急情形"""
    matter = chosen_matter(q)
    return (matter is not None and not needs_record(q, matter)) or on_record(q)


def dissuasion_flags(q: Question, matter: Matter) -> list[str]:
    """Marks to set on acceptance: a suspect may have been warned although dissuasion is forbidden."""
    flags = list(q.piece.facts.get("flags", []))
    if matter.dissuasion == "forbidden" and int(q.piece.facts.get("dissuasions", 0)) > 0:
        flags.append("dissuaded_though_forbidden")
    return flags
