"""A demo department for tests; everything about it can be changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from api.receiver.roster import Behaviour, Department, Wording

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

WORDING = (
    Wording(group="XF", outcome="corrected", measure="当场清理", text="已清理"),
    Wording(group="CG", outcome="ordered", measure="责令改正", text="已改正", article="第二十八条"),
    Wording(group="ZJ", outcome="interviewed", object="物业", measure="约谈", text="已约谈"),
    Wording(group="*", kind="mediation", outcome="interviewed", measure="调解", text="达成协议"),
    Wording(outcome="no_violation", measure="核查", text="未发现"),
    Wording(outcome="return", measure="同意退单", text="已看护", article="第十七条"),
)


def a_department(tmp_path: Path | None = None, **changed: Any) -> Department:
    fields: dict[str, Any] = {
        "org": "D1",
        "name": "第一局",
        "kind": "fire",
        "port": 1,
        "api_key": "hy_a_b",
        "secret": SECRET,
        "inbox": (tmp_path or Path()) / "d1.db",
        "officers": ("甲", "乙"),
        "wording": WORDING,
        "peers": ("D2", "D3"),
        "behaviour": Behaviour(),
    }
    return Department(**(fields | changed))


def a_case(state: str = "dispatched", **changed: Any) -> dict[str, Any]:
    """A task as the API shows it to its department."""
    case: dict[str, Any] = {
        "id": "0193",
        "number": "X-PQ01",
        "state": state,
        "version": 1,
        "duty": "lead",
        "emergency": False,
        "matter": {"code": "XF01", "name": "飞线充电"},
        "community": {"code": "C1", "name": "小区"},
        "next_due": None,
        "facts": {},
    }
    return case | changed
