"""What each step of a mediation changes (调解各步骤写入的内容), answered from the form and the pack.

What does not live here: whether the step may be taken (rules) and the rows it writes elsewhere (desk).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.grammar import Question
from cases.ports import BEIJING
from cases.rules.agreement import SEAL
from cases.rules.appraisal import AGREED, DECLINED, FAILED, WITHDRAWN
from cases.rules.corrections import another_person
from cases.rules.performance import how_far, next_due
from cases.rules.talks import folder_of
from cases.rules.tiers import next_tier

Patch = dict[str, Any]
REFUSED, LEFT, EXPIRED = "一方明确拒绝调解", "当事人要求终止", "期限届满未延长"
BY_THE_PARTIES = frozenset({REFUSED, LEFT})
FULL = "full"


def _today(q: Question) -> str:
    return q.now.astimezone(BEIJING).date().isoformat()


def _more(q: Question, name: str, one: Any) -> Patch:
    """One more entry in a list among the facts."""
    return {name: [*q.piece.facts.get(name, []), one]}


def accepted(q: Question) -> Patch:
    """The committee takes the dispute on (受理); the parties' time runs from here."""
    matter = q.pack.matter(q.form.matter) if q.form.matter else None
    patch: Patch = {"note": q.form.note, "accepted_at": q.now.isoformat()}
    return patch if matter is None else {**patch, "matter": matter.code, "severity": matter.severity}


def declined(q: Question) -> Patch:
    """Why it is not taken on, and where else to go (不予受理)."""
    return {"outcome": DECLINED, "ended": q.form.reason, "routes": list(q.form.routes)}


def refused(q: Question) -> Patch:
    """A party refused (拒绝调解)."""
    return _end(REFUSED, q.pack.words("mediation.refused"))


def left(q: Question) -> Patch:
    """A party asked for the end (要求终止)."""
    return _end(LEFT, q.form.words)


def expired(q: Question) -> Patch:
    """The time is up and not extended (期限届满)."""
    return _end(EXPIRED, q.pack.words("mediation.expired"))


def ended(q: Question) -> Patch:
    """The committee ends it on a ground (终止、调解不成)."""
    return _end(q.form.ground, q.form.words)


def _end(ground: str, words: str) -> Patch:
    outcome = WITHDRAWN if ground in BY_THE_PARTIES else FAILED
    return {"ground": ground, "ended": words, "outcome": outcome}


def routed(q: Question) -> Patch:
    """Which other routes were named (分流)."""
    return {"routes": list(q.form.routes)}


def told_rights(q: Question) -> Patch:
    """Who was told their rights, and when (告知)."""
    told = dict(q.piece.facts.get("rights_told", {}))
    return {"rights_told": told | dict.fromkeys(q.form.parties, q.form.at.isoformat())}


def corrected(q: Question) -> Patch:
    """An entry was put right (更正): of another person nothing that was told to the first one counts."""
    party = folder_of(q).party_at(q.form.party)
    if party is None:
        return {}
    patch: Patch = {}
    told = q.piece.facts.get("rights_told", {})
    if party.id in told and another_person(q.form.changed):
        patch["rights_told"] = {one: at for one, at in told.items() if one != party.id}
    asked = q.piece.facts.get("asked_again", [])
    if q.form.ask_again and party.id not in asked:
        patch["asked_again"] = [*asked, party.id]
    return patch


def withdrawn(q: Question) -> Patch:
    """An entry was taken back (撤回): whoever is no party was told nothing."""
    ids, told = folder_of(q).ids, q.piece.facts.get("rights_told", {})
    kept = {one: at for one, at in told.items() if one in ids}
    return {"rights_told": kept} if kept != told else {}


def inquired(q: Question) -> Patch:
    """What was found out (调查)."""
    return {**_more(q, "inquiries", q.form.text), "evidence": [*q.piece.facts.get("evidence", []), *q.form.evidence]}


def met(q: Question) -> Patch:
    """One more talk is on record (调解会议、就地调解)."""
    return _more(q, "sessions", q.form.meeting or f"{q.form.at.isoformat()} {q.form.place}")


def appraised(q: Question) -> Patch:
    """What is being appraised (鉴定委托)."""
    return {"appraisal": q.form.model_dump(mode="json")}


def appraisal_over(q: Question) -> Patch:
    """What the appraisal came to (鉴定意见)."""
    return {"appraisal": {**q.piece.facts.get("appraisal", {}), **q.form.model_dump(mode="json")}}


def guided(q: Question) -> Patch:
    """What a judge advised (共享法庭指导)."""
    return _more(q, "guidance", q.form.model_dump(mode="json"))


def endangered(q: Question) -> Patch:
    """One more report to the police (报告公安)."""
    return {"dangers": int(q.piece.facts.get("dangers", 0)) + 1}


def raised(q: Question) -> Patch:
    """To the tier above (上交)."""
    return _moved(q, up=True, reason=q.form.reason)


def lowered(q: Question) -> Patch:
    """To the tier below (下交)."""
    return _moved(q, up=False, reason=q.form.reason)


def risen(q: Question) -> Patch:
    """To the tier above because the time of this one has passed (到期上交)."""
    return _moved(q, up=True, reason=q.pack.words("mediation.rises"))


def _moved(q: Question, *, up: bool, reason: str) -> Patch:
    found = next_tier(q.pack, q.piece, up=up)
    if found is None:
        return {}
    tier, keeper = found
    return {"tier": tier.code, "station": keeper, **_handed(q, keeper, tier.code, reason)}


def handed_over(q: Question) -> Patch:
    """To another kind of mediation, with the file (三调联动移交)."""
    tier = next((t.code for t in q.pack.tiers.values() if t.duty and t.duty in _duties(q, q.form.to)), "")
    return {
        "kind": q.form.kind,
        "tier": tier,
        "station": q.form.to,
        **_handed(q, q.form.to, q.form.kind, q.form.reason),
    }


def _duties(q: Question, org: str) -> tuple[str, ...]:
    organisation = q.pack.organisation(org)
    return organisation.duties if organisation else ()


def _handed(q: Question, to: str, level: str, reason: str) -> Patch:
    line = {"from": q.piece.station, "to": to, "level": level, "reason": reason, "at": q.now.isoformat()}
    return _more(q, "handed", line)


def extended(q: Question) -> Patch:
    """The parties agreed to go on (延长); the next extension needs answers given after this one."""
    times = dict(q.piece.facts.get("extended", {}))
    times[q.form.clock] = int(times.get(q.form.clock, 0)) + 1
    return {"extended": times, "extended_at": q.now.isoformat(), "delay": q.form.reason}


# --- the agreement


def _plan(q: Question, on: str) -> Patch:
    """The items of performance with their due days; what was done on the spot is done on ``on``."""
    plan: list[Patch] = []
    for n, one in enumerate(q.form.terms, 1):
        item = {"n": n, **one.model_dump(mode="json", exclude={"done"})}
        if one.done:
            item["done_on"] = on
        plan.append(item)
    return {"plan": plan, "next_due": next_due(plan)}


def drafted(q: Question) -> Patch:
    """What the parties agreed on, to be checked and signed (拟定协议)."""
    kept = {"findings", "issues", "responsibility", "common_parts"}
    fresh: Patch = {"checked": {}, "signatures": []}
    return {**q.form.model_dump(include=kept), "content": list(q.form.content), **_plan(q, _today(q)), **fresh}


def checked(q: Question) -> Patch:
    """The agreement was found lawful (合法性审核)."""
    return {"checked": {"by": q.actor.id, "at": q.now.isoformat(), "words": q.form.words}}


def unsound(_: Question) -> Patch:
    """The agreement goes back to the table (退回再议)."""
    return {"checked": {}, "signatures": []}


def signed(q: Question) -> Patch:
    """One more signature; one recorded again stands in the place of the first (签名)."""
    others = [one for one in q.piece.facts.get("signatures", []) if one["signer"] != q.form.signer]
    return {"signatures": [*others, q.form.model_dump(mode="json")]}


def sealed(q: Question) -> Patch:
    """In force from the last signature and the seal (人民调解法 29)."""
    moments = [one["at"] for one in q.piece.facts.get("signatures", [])]
    at = max([q.form.at.isoformat(), *moments], key=datetime.fromisoformat)
    stamp = {"signer": SEAL, "manner": "盖章", "at": q.form.at.isoformat()}
    performed = how_far(q.piece.facts.get("plan", []))
    return {
        **_more(q, "signatures", stamp),
        "effective_at": at,
        "outcome": AGREED,
        "performed": FULL if performed == FULL else "",
    }


def agreed_orally(q: Question) -> Patch:
    """In force since it was reached (人民调解法 30)."""
    reached = q.form.reached_at
    plan = _plan(q, reached.astimezone(BEIJING).date().isoformat())
    done = how_far(plan["plan"]) == FULL
    return {
        **plan,
        "oral": True,
        "content": list(q.form.content),
        "checked": {"by": q.actor.id, "at": q.now.isoformat(), "words": q.form.check.words},
        "effective_at": reached.isoformat(),
        "outcome": AGREED,
        "performed": FULL if done else "",
    }


# --- performance


def performed(q: Question) -> Patch:
    """An item, or part of it, was performed (履行)."""
    plan = [dict(item) for item in q.piece.facts.get("plan", [])]
    for item in plan:
        if item["n"] != q.form.item:
            continue
        paid = {"on": q.form.on.isoformat(), "amount": q.form.amount, "proof": q.form.proof}
        item["paid"] = [*item.get("paid", []), paid]
        if q.form.complete:
            item["done_on"] = q.form.on.isoformat()
    so_far = how_far(plan)
    kept = q.piece.facts.get("performed", "")
    # Whether terms were kept is counted only once one has passed, or all is done.
    return {"plan": plan, "next_due": next_due(plan), "performed": so_far if kept or so_far == FULL else ""}


def visited(q: Question) -> Patch:
    """One more call or visit (回访)."""
    return _more(q, "visits", {"at": q.now.isoformat(), "how": q.form.how, "words": q.form.words})


def defaulted(q: Question) -> Patch:
    """A term passed and was not kept (不履行)."""
    plan = q.piece.facts.get("plan", [])
    note = {"on": q.now.isoformat(), "due": q.piece.facts.get("next_due", ""), "words": q.form.words}
    return {"default": note, "performed": how_far(plan)}


def pressed(q: Question) -> Patch:
    """Whoever owes was urged to perform (催告)."""
    return {"pressed": int(q.piece.facts.get("pressed", 0)) + 1}


def executed(q: Question) -> Patch:
    """A court has enforced it (强制执行)."""
    plan = [{**item, "done_on": item.get("done_on") or _today(q)} for item in q.piece.facts["plan"]]
    return {"plan": plan, "next_due": "", "performed": FULL}
