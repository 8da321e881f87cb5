"""What each step of a clue changes (线索各步骤写入的内容): columns and facts, answered from the form and the pack.

What does not live here: whether the step may be taken (rules) and the rows it writes elsewhere (desk).
"""

from __future__ import annotations

from typing import Any

from cases.grammar import Question
from cases.rules.closing import this_round
from cases.packs.schema import Matter
from cases.rules.dissuasion import chosen_matter, dissuasion_flags, is_emergency, said_urgent

Patch = dict[str, Any]


def dissuaded(q: Question) -> Patch:
    return {"dissuasions": int(q.piece.facts.get("dissuasions", 0)) + 1}


def settled(q: Question) -> Patch:
    return {"answer": q.form.words, "decision": q.pack.words("settled")}


def classified(q: Question) -> Patch:
    matter = chosen_matter(q)
    if matter is None:
        return {}
    return {**_matter(q, matter), "urgent": said_urgent(q)}


def _matter(q: Question, matter: Matter) -> Patch:
    return {
        "matter": matter.code,
        "severity": matter.severity,
        "sealed": matter.sealed,
        "emergency": is_emergency(q, matter),
    }


def asked(q: Question) -> Patch:
    return {"asked_more": q.form.request}


def supplemented(q: Question) -> Patch:
    patch: Patch = {}
    if q.form.dissuasion is not None:
        patch["dissuasions"] = int(q.piece.facts.get("dissuasions", 0)) + 1
    matter = chosen_matter(q)
    if matter is not None:
        patch |= _matter(q, matter)
    return patch


def not_supplied(q: Question) -> Patch:
    return {"decision": q.pack.words("not_supplied")}


def accepted(q: Question) -> Patch:
    matter = chosen_matter(q)
    if matter is None:
        return {}
    return {**_matter(q, matter), "flags": dissuasion_flags(q, matter), "lane": "route"}


def declined(q: Question) -> Patch:
    return {"decision": q.form.reason, "channel": q.form.channel}


def objected(q: Question) -> Patch:
    return {"flags": [*q.piece.facts.get("flags", []), "objected"], "decision": ""}


def redirected(q: Question) -> Patch:
    return {"decision": q.form.reason, "channel": f"{q.form.channel} {q.form.phone}".strip()}


def merged(q: Question) -> Patch:
    master = q.other
    return {} if master is None else {"parent_id": master.id, "master": master.number}


def answered(q: Question) -> Patch:
    carrier = q.carrier
    if carrier is None:
        return {}
    return {"answer": carrier.facts.get("answer") or carrier.facts.get("decision", "")}


def _route(q: Question) -> Patch:
    return {
        "lead": q.form.lead,
        "assists": list(q.form.assists),
        "reason": q.form.reason,
        "runner_up": q.form.runner_up or "",
        "runner_up_reason": q.form.runner_up_reason,
    }


def proposed(q: Question) -> Patch:
    return {"proposal": _route(q), "lane": None}


def handed_over(q: Question) -> Patch:
    return {"hand_over": q.form.reason, "lane": None}


def dispatched(q: Question) -> Patch:
    return {"lead": q.form.lead, "route": _route(q), "proposal": {}, "hand_over": "", "lane": None}


def taken_back(q: Question) -> Patch:
    """The department whose return was upheld is not asked again; the router looks for the right one."""
    out = list(q.piece.facts.get("excluded", []))
    if q.carrier is not None and q.carrier.assignee and q.carrier.assignee not in out:
        out.append(q.carrier.assignee)
    return {"excluded": out, "lead": None, "lane": "route"}


def collected(q: Question) -> Patch:
    """What each department answered; a sealed task shows only the sentence the law allows."""
    results: list[Patch] = []
    for task in q.piece.children or ():
        if task.duty is None or task.state != "concluded" or not this_round(q, task):
            continue
        organisation = q.pack.organisation(task.assignee or "")
        results.append(
            {
                "org": task.assignee,
                "name": organisation.name if organisation else task.assignee,
                "duty": task.duty,
                "text": q.pack.words("sealed") if task.sealed else task.facts.get("result", ""),
            }
        )
    return {"results": results}


def fed_back(q: Question) -> Patch:
    """The answer: the sentence the law allows where the matter is sealed, else the operator's words or the results."""
    text = q.form.text or "\n".join(f"{r['name']}:{r['text']}" for r in q.piece.facts.get("results", []))
    if q.piece.sealed:
        text = q.pack.words("sealed")
    return {"answer": text, "fed_back_by": q.actor.id, "contact_tries": 1}


def reworked(q: Question) -> Patch:
    return {"rework": int(q.piece.facts.get("rework", 0)) + 1, "lane": "route", "satisfied": None}


def confirmed(q: Question) -> Patch:
    return {"satisfied": q.form.satisfied, "decision": q.pack.words("confirmed")}


def dissatisfied(q: Question) -> Patch:
    return {"dissatisfied": q.form.reason}


def unanswered(q: Question) -> Patch:
    return {"decision": q.pack.words("no_reply")}


def explained(q: Question) -> Patch:
    return {"decision": q.form.explanation}
