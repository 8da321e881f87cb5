"""What a demo department is told before it opens (部门名册): who it is, where it listens, how it behaves. Plain data.

What does not live here: what it does with that (``bureau``, ``clerk``, ``court``).
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from api.receiver.court_script import CourtScript

COURT = "court"
"""The kind of a receiver that plays a court; any other is a department."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Behaviour(_Row):
    """How a department behaves, as shares from 0 to 1 of its messages or tasks."""

    fails: float = Field(default=0.0, ge=0, le=1, description="messages answered 500 on the first one or two attempts")
    hangs: float = Field(default=0.0, ge=0, le=1, description="messages taken in but answered too late, once")
    hang_seconds: float = Field(default=20.0, ge=0, le=60, description="real seconds such an answer is held back")
    returns: float = Field(default=0.0, ge=0, le=1, description="tasks sent back as not ours")
    late: float = Field(default=0.0, ge=0, le=1, description="tasks worked on only after their time limit")
    deaf: bool = Field(default=False, description="takes nothing in until told to over /control?accept=on")


class Wording(_Row):
    """How such a matter may end: one row of the demo wording of a pack. ``weight`` makes it likelier."""

    group: str = "*"
    kind: str = "*"
    outcome: str
    object: str = ""
    weight: int = Field(default=1, ge=1)
    measure: str
    text: str
    article: str = ""


class Department(_Row):
    """One department, or a court. ``proposes`` names, by ``matter|community`` or ``matter``, who would be competent
    instead when it sends a task back; without an entry it names one of its ``peers``. ``court`` is what a court
    answers. A ``prompt`` one needs nobody to tell it the time: it goes on at once, at the time of the message.
    """

    org: str
    name: str
    kind: str
    port: int = Field(ge=1, le=65535)
    api_key: str
    secret: str
    inbox: Path
    seed: str = "1"
    officers: tuple[str, ...] = ()
    behaviour: Behaviour = Behaviour()
    wording: tuple[Wording, ...] = ()
    proposes: dict[str, str] = {}
    peers: tuple[str, ...] = ()
    court: CourtScript | None = None
    prompt: bool = False


class Roster(_Row):
    """All departments of a process; those that share a port share a process."""

    api: str = Field(description="scheme, host and port of the API")
    departments: tuple[Department, ...]


def hook_address(department: Department, host: str = "127.0.0.1") -> str:
    """Where a department receives its webhooks."""
    return f"http://{host}:{department.port}/{department.org}/hook"
