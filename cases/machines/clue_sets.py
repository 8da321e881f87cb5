"""What each step of a clue changes (线索各步骤写入的内容): columns and facts, answered from the form and the pack.

What does not live here: whether the step may be taken (rules) and the rows it writes elsewhere (desk).
"""

from __future__ import annotations

from typing import Any

from cases.grammar import Question
from cases.packs.schema import Matter
from cases.rules.closing import this_round
from cases.rules.dissuasion import chosen_matter, dissuasion_flags, is_emergency, said_urgent

Patch = dict[str, Any]


def dissuaded(q: Question) -> Patch:
    """One more dissuasion is on record (劝阻)."""
    return {"dissuasions": int(q.piece.facts.get("dissuasions", 0)) + 1}


def settled(q: Question) -> Patch:
    """The person concerned complied (劝阻解决)."""
    return {"answer": q.form.words, "decision": q.pack.words("settled")}


def classified(q: Question) -> Patch:
    """The matter is settled by the operator (认定事项)."""
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
    """What must be supplied, once (补正)."""
    return {"asked_more": q.form.request}


def supplemented(q: Question) -> Patch:
    """What the reporter supplied."""
    patch: Patch = {}
    if q.form.dissuasion is not None:
        patch["dissuasions"] = int(q.piece.facts.get("dissuasions", 0)) + 1
    matter = chosen_matter(q)
    if matter is not None:
        patch |= _matter(q, matter)
    return patch


def not_supplied(q: Question) -> Patch:
    """Nothing was supplied in time."""
    return {"decision": q.pack.words("not_supplied")}


def accepted(q: Question) -> Patch:
    """Matter, severity and seal are fixed, and the clue waits for the router (受理)."""
    matter = chosen_matter(q)
    if matter is None:
        return {}
    return {**_matter(q, matter), "flags": dissuasion_flags(q, matter), "lane": "route"}


def declined(q: Question) -> Patch:
    """Why, and where else to go (不予受理)."""
    return {"decision": q.form.reason, "channel": q.form.channel}


def objected(q: Question) -> Patch:
    """The refusal is looked at again (异议)."""
    return {"flags": [*q.piece.facts.get("flags", []), "objected"], "decision": ""}


def redirected(q: Question) -> Patch:
    """Which other channel is open (转其他渠道)."""
    return {"decision": q.form.reason, "channel": f"{q.form.channel} {q.form.phone}".strip()}


def merged(q: Question) -> Patch:
    """The report follows its master (并案)."""
    master = q.other
    return {} if master is None else {"parent_id": master.id, "master": master.number}


def answered(q: Question) -> Patch:
    """The master's answer is this reporter's answer too."""
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
    """What the router would do, for the operator to confirm."""
    return {"proposal": _route(q), "lane": None}


def handed_over(q: Question) -> Patch:
    """Why the router could not decide."""
    return {"hand_over": q.form.reason, "lane": None}


def dispatched(q: Question) -> Patch:
    """The lead and the reasons of the route (派遣)."""
    return {"lead": q.form.lead, "route": _route(q), "proposal": {}, "hand_over": "", "lane": None}


def referred(q: Question) -> Patch:
    """The reporter agreed to be named, and how (转调解)."""
    return {"named": q.form.how, "lane": None, "proposal": {}, "hand_over": ""}


def _mediated(q: Question) -> Patch:
    """That there was mediation, where and when, and how it ended in one word: nothing that was said in it."""
    carrier = q.carrier
    if carrier is None:
        return {}
    organisation = q.pack.organisation(carrier.station or "")
    line = {
        "number": carrier.number,
        "committee": organisation.name if organisation else carrier.station,
        "began": carrier.facts.get("accepted_at", ""),
        "ended": q.now.isoformat(),
        "outcome": carrier.facts.get("outcome", ""),
        "took_place": bool(carrier.facts.get("sessions")),
    }
    return {"mediations": [*q.piece.facts.get("mediations", []), line]}


def settled_in_mediation(q: Question) -> Patch:
    """The parties agreed (调解成功): the answer says so and no more. Where no department has dealt with the matter
    there is no record to be sealed."""
    carrier = q.carrier
    org = carrier.station if carrier else None
    organisation = q.pack.organisation(org or "")
    name = organisation.name if organisation else org
    text = q.pack.words("mediation.settled_answer")
    handled = [r for r in q.piece.facts.get("results", []) if r["duty"] != "mediation"]
    result = {"org": org, "name": name, "duty": "mediation", "text": text}
    return {**_mediated(q), "results": [*handled, result], "sealed": q.piece.sealed and bool(handled)}


def mediated_in_vain(q: Question) -> Patch:
    """It came to nothing (调解未成): the report is handled on, with the proof that mediation took place."""
    return {**_mediated(q), "results": [], "lane": "route"}


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
    return {"answer": text, "fed_back_by": q.actor.id, "contact_tries": 1, "contacted_at": q.now.isoformat()}


def called(q: Question) -> Patch:
    """One more try to reach the reporter (回访)."""
    return {"contact_tries": int(q.piece.facts.get("contact_tries", 0)) + 1, "contacted_at": q.now.isoformat()}


def reworked(q: Question) -> Patch:
    """A new round of handling begins (重办)."""
    return {"rework": int(q.piece.facts.get("rework", 0)) + 1, "lane": "route", "satisfied": None}


def confirmed(q: Question) -> Patch:
    """The reporter says it is solved (确认)."""
    return {"satisfied": q.form.satisfied, "decision": q.pack.words("confirmed")}


def dissatisfied(q: Question) -> Patch:
    """What the reporter says is not solved (不满意)."""
    return {"dissatisfied": q.form.reason}


def unanswered(q: Question) -> Patch:
    """Two tries to reach the reporter stayed without reply."""
    return {"decision": q.pack.words("no_reply")}


def explained(q: Question) -> Patch:
    """Why the outcome stands (解释结案)."""
    return {"decision": q.form.explanation}
