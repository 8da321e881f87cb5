"""What each step of a suit changes (诉讼各步骤写入的内容), answered from the form and the pack.

What does not live here: whether the step may be taken (rules) and the rows it writes elsewhere (desk).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.grammar import Question
from cases.machines.litigation_births import advice, demanded, screened

Patch = dict[str, Any]


def _more(q: Question, name: str, one: Any) -> Patch:
    return {name: [*q.piece.facts.get(name, []), one]}


def _kept(q: Question) -> Patch:
    return q.form.model_dump(mode="json")


def _until(day: date | None) -> Patch:
    """The last day of performance, as a moment the clock of execution is counted from."""
    return {"perform_until": f"{day.isoformat()}T00:00:00+08:00"} if day is not None else {}


# --- before a court has it


def pressed(q: Question) -> Patch:
    """One more written demand (催告)."""
    return demanded(q.form, q.piece.facts.get("demands", []))


def examined(q: Question) -> Patch:
    """What the screening found (筛查)."""
    return screened(q.form, q.actor, q.now)


def mended(q: Question) -> Patch:
    """What was supplied or put right (补正)."""
    patch: Patch = {"repairs": int(q.piece.facts.get("repairs", 0)) + 1, "words": q.form.words}
    if q.form.amount:
        patch["amount"] = q.form.amount
    return patch | (demanded(q.form.demand, q.piece.facts.get("demands", [])) if q.form.demand else {})


def advised(q: Question) -> Patch:
    """What was told to one side (法律提示)."""
    return _more(q, "advised", advice(q.form.side, q.form.words, q.form.how, q.actor, q.now))


def joined(q: Question) -> Patch:
    """Which family it belongs to (同类案件组)."""
    return {"family": q.form.family}


def submitted(q: Question) -> Patch:
    """To which court, in which batch (批次提交)."""
    kept = {"batch": q.form.batch, "manifest": q.form.manifest, "position": q.form.position}
    return {"assignee": q.form.court, **kept}


def received(q: Question) -> Patch:
    """The court's receipt (收件回执)."""
    return {"receipt": q.form.receipt}


def withdrawn(q: Question) -> Patch:
    """Why it is withdrawn (撤回)."""
    return {"words": q.form.words}


# --- mediation, model cases


def referred(q: Question) -> Patch:
    """To which body it was referred (委派、委托调解)."""
    return {"referred": q.form.committee, "referrals": int(q.piece.facts.get("referrals", 0)) + 1}


def settled(q: Question) -> Patch:
    """Mediation ended with an agreement (调解成功)."""
    return {"concluded": "agreed", "effective_at": q.now.isoformat()}


def not_settled(_: Question) -> Patch:
    """Mediation ended without one (调解未成)."""
    return {"referred": ""}


def chosen_model(q: Question) -> Patch:
    """It is the model of its family (示范案件)."""
    return {"family": q.form.family, "place_in_family": "model", "ruling": q.form.document}


def waits(q: Question) -> Patch:
    """It waits for the model of its family (平行案件)."""
    return {"family": q.form.family, "place_in_family": "sibling", "model": q.form.model}


def follows(q: Question) -> Patch:
    """It follows the result of the model (参照示范裁判)."""
    patch: Patch = {"model_result": q.form.result}
    return patch | referred(q) if q.form.way == "mediate" else patch


def left(q: Question) -> Patch:
    """A party wanted it to go its own way (退出同类案件组)."""
    return {"place_in_family": "left", "left_family": q.now.isoformat(), "words": q.form.words}


# --- before the court


def filed(q: Question) -> Patch:
    """Under which number, by which procedure (立案)."""
    at = q.form.at.isoformat()
    return {"court_number": q.form.number, "procedure": q.form.procedure, "filed_at": at}


def not_filed(q: Question) -> Patch:
    """Why it was not accepted (不予受理)."""
    served = q.form.served_at.isoformat()
    return {"ruling_kind": "ruling", "ruling": q.form.document, "served_at": served, "words": q.form.words}


def served(q: Question) -> Patch:
    """The copy of the claim reached the defendant (送达)."""
    return {"service": _kept(q)}


def answered(q: Question) -> Patch:
    """The defendant answered (答辩)."""
    return {"answered": _kept(q)}


def heard(q: Question) -> Patch:
    """One more hearing (开庭)."""
    return _more(q, "hearings", _kept(q))


def converted(q: Question) -> Patch:
    """By another procedure (转换程序)."""
    return {"procedure": q.form.procedure, "ruling": q.form.document}


def longer(q: Question) -> Patch:
    """How often each clock was extended, and why (延长)."""
    times = dict(q.piece.facts.get("extended", {}))
    times[q.form.clock] = int(times.get(q.form.clock, 0)) + 1
    return {"extended": times, "delay": q.form.reason}


def judged(q: Question) -> Patch:
    """How the court decided, and when it was served (裁判)."""
    return {
        "ruling_kind": q.form.kind,
        "ruling": q.form.document,
        "outcome": q.form.outcome,
        "served_at": q.form.served_at.isoformat(),
        "content": list(q.form.content),
        **_until(q.form.perform_by),
    }


def judged_finally(q: Question) -> Patch:
    """The decision is final as soon as it is served (一审终审)."""
    return {**judged(q), "effective_at": q.form.served_at.isoformat()}


def papered(q: Question) -> Patch:
    """What was agreed before the court (民事调解书)."""
    return {
        "ruling_kind": "mediation",
        "ruling": q.form.document,
        "outcome": "granted",
        "effective_at": q.form.signed_at.isoformat(),
        "content": list(q.form.content),
        **_until(q.form.perform_by),
    }


def appealed(q: Question) -> Patch:
    """Which side appealed (上诉)."""
    return {"appeal": _kept(q)}


def ruled_again(q: Question) -> Patch:
    """How the second instance decided (二审)."""
    patch: Patch = {"second": _kept(q), "outcome": q.form.outcome}
    if q.form.result in {"upheld", "changed"}:
        patch["effective_at"] = q.form.at.isoformat()
    elif q.form.result == "retrial":  # the term of the new trial is counted from here
        patch["filed_at"] = q.form.at.isoformat()
    return patch | _until(q.form.perform_by)


def in_force(q: Question) -> Patch:
    """The court's word that it is in force (生效证明)."""
    return {"effective_proof": q.form.document, "effective_at": q.now.isoformat(), **_until(q.form.perform_by)}


def order_in_force(q: Question) -> Patch:
    """Nobody objected to the payment order in time (支付令生效)."""
    return {**in_force(q), "ruling_kind": "payment_order", "outcome": "granted"}


def wants_out(q: Question) -> Patch:
    """The plaintiff asks to withdraw (申请撤诉)."""
    return {"withdrawal_asked": q.now.isoformat(), "words": q.form.words}


def let_go(q: Question) -> Patch:
    """The court lets it be withdrawn (准许撤诉)."""
    return {"ruling": q.form.document, "concluded": "withdrawn"}


def concluded(q: Question) -> Patch:
    """The agreement was confirmed, or performed (确认、履行)."""
    return {"ruling": q.form.document, "words": q.form.words}


# --- payment order, performance, execution


def order_asked(q: Question) -> Patch:
    """Before which court (支付令申请)."""
    return {"assignee": q.form.court, "order": {"asked_at": q.now.isoformat()}}


def order_refused(q: Question) -> Patch:
    """The court did not take the application, or dismissed it (驳回)."""
    return {"ruling": q.form.document, "words": q.form.words}


def ordered(q: Question) -> Patch:
    """The order was served on the debtor (支付令送达)."""
    order = {**q.piece.facts.get("order", {}), "document": q.form.document}
    return {"order": order, "order_served_at": q.form.served_at.isoformat()}


def objected(q: Question) -> Patch:
    """The debtor objected; the order lapses (异议)."""
    return {"objection": _kept(q)}


def sued(_: Question) -> Patch:
    """After a lapsed order the suit goes its way from the beginning (转入诉讼)."""
    return {"assignee": None}


def performed(q: Question) -> Patch:
    """Something was performed (履行)."""
    return _more(q, "performed", _kept(q))


def lodged(q: Question) -> Patch:
    """Execution was applied for (申请执行)."""
    return {"unperformed": q.form.unperformed, "execution_asked_at": q.now.isoformat()}


def executed(q: Question) -> Patch:
    """How the execution ended (执行结案)."""
    return {"executed": q.form.complete, "ruling": q.form.document}


def higher(q: Question) -> Patch:
    """The higher court was asked to execute (向上一级法院申请执行)."""
    return {"higher_court": q.now.isoformat(), "words": q.form.words}


def execution_over(q: Question) -> Patch:
    """When the time to apply for execution ended (期满)."""
    return {"execution_ended": q.piece.clocks.get("execution", "")}
