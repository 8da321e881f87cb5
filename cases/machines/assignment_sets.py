"""What each step of an assignment changes (部门任务各步骤写入的内容), answered from the form.

What does not live here: whether the step may be taken (rules) and the rows it writes elsewhere (desk).
"""

from __future__ import annotations

from typing import Any

from cases.grammar import Question
from cases.machines.clock_steps import extended

Patch = dict[str, Any]


def delivered(q: Question) -> Patch:
    """When the task reached the department (送达)."""
    return {"delivered": q.now.isoformat()}


def signed(q: Question) -> Patch:
    """Whoever signs has received it, also when the acknowledgement of the delivery is still on its way."""
    at = q.now.isoformat()
    return {
        "receiver": q.form.receiver or q.actor.name,
        "signed_at": at,
        "delivered": q.piece.facts.get("delivered") or at,
    }


def deemed(q: Question) -> Patch:
    """It arrived and nobody signed in time: it counts as signed for, as the department's delay (视为签收)."""
    late = list(q.piece.facts.get("overdue", []))
    return {
        "deemed": True,
        "signed_at": q.now.isoformat(),
        "overdue": late if "sign_for" in late else [*late, "sign_for"],
        "level": max(q.piece.level, 1),
    }


def extension_asked(q: Question) -> Patch:
    """Which clock, by how much, why, and who asks (延期申请); by a link it is whoever issued it."""
    by = q.actor.behind or q.actor.id
    return {"extension_asked": {"clock": q.form.clock, "amount": q.form.amount, "reason": q.form.reason, "by": by}}


def extension_granted(q: Question) -> Patch:
    """The extension stands; how often each clock was extended is counted."""
    return {**extended(q), "extension_asked": {}}


def extension_refused(q: Question) -> Patch:
    """The extension was refused."""
    return {"extension_asked": {}, "ruling": q.form.reason}


def return_asked(q: Question) -> Patch:
    """The return with its ground; it counts even if it is dropped (退单申请)."""
    facts = q.piece.facts
    return {
        "return_asked": q.form.model_dump(),
        "returns": int(facts.get("returns", 0)) + 1,
        "delivered": facts.get("delivered") or q.now.isoformat(),
    }


def ruled(q: Question) -> Patch:
    """The station's reason (退单裁定)."""
    return {"ruling": q.form.reason}


def rejected(q: Question) -> Patch:
    """A rejected return is final: the department keeps the task."""
    return {"ruling": q.form.reason, "final": True}


def verifying(q: Question) -> Patch:
    """Who goes (核查)."""
    return {"officers": list(q.form.officers)}


def found(q: Question) -> Patch:
    """Nothing unlawful was found."""
    return {"finding": q.form.text, "outcome": "no_violation"}


def corrected(q: Question) -> Patch:
    """Put right on the spot (当场改正)."""
    return {"finding": q.form.text, "outcome": "corrected", "after_photo": q.form.after_photo}


def ordered(q: Question) -> Patch:
    """What must change and by when (责令改正)."""
    return {
        "finding": q.form.text,
        "outcome": "ordered",
        "orders": int(q.piece.facts.get("orders", 0)) + 1,
        "complete_by": q.form.complete_by.isoformat(),
    }


def rechecked(q: Question) -> Patch:
    """Whether the order was followed (复查)."""
    return {"finding": q.form.text, "recheck_done": q.form.done, "outcome": "rectified" if q.form.done else "ordered"}


def interviewed(q: Question) -> Patch:
    """Who was spoken to (约谈)."""
    return {"finding": q.form.text, "outcome": "interviewed"}


def concluded(q: Question) -> Patch:
    """Measure and result, for the reporter (处置结果)."""
    return {
        "measure": q.form.measure,
        "result": q.form.text,
        "before_photo": q.form.before_photo,
        "after_photo": q.form.after_photo or q.piece.facts.get("after_photo", ""),
    }
