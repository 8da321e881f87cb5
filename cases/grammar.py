"""The words a case type is written in: Role, Form, State, Step, Clock, CaseType. Frozen data, no behaviour of any case.

A case type (案件类型) is one screen of these rows; machine, buttons, the API's actions, the permission table, diagrams
and most tests are derived from them. What does not live here: deciding a step (engine) and writing one (desk).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pydantic import BaseModel, ConfigDict, field_validator

if TYPE_CHECKING:
    from cases.packs.schema import Pack
    from cases.piece import Piece
    from cases.rules.folder import Folder

STAY: Final = "="
"""Target of a step that records something and leaves the state as it is."""

EVERYWHERE: Final = frozenset({"*"})
"""The area (辖区) of somebody who supervises or audits all of an installation."""


def _can_be_kept(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    return all(map(_can_be_kept, value)) if isinstance(value, list | tuple) else True


class Form(BaseModel):
    """表单: what a person fills in for a step. Unknown fields are refused; text is stripped.

    ``names_case`` is the field that holds the id or number of another case, if the form has one.
    """

    names_case: ClassVar[str | None] = None

    @field_validator("*", mode="before")
    @classmethod
    def _no_control_signs(cls, value: Any) -> Any:
        """A sign no database stores in text (NUL) or no encoder writes (a lone surrogate) is refused."""
        if not _can_be_kept(value):
            raise ValueError("含有不能保存的字符")
        return value

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class Plain(Form):
    """A step that asks nothing."""


@dataclass(frozen=True, slots=True)
class Role:
    """角色: who may take a step.

    ``binds`` names the column of the case that must equal the actor's organisation ("station", "assignee"), or
    "reporter" for whoever made the report; None means the role is not tied to one organisation. ``inside`` marks the
    system's own hands (router, courier, timekeeper), which no account can hold.
    """

    code: str
    label: str
    label_en: str
    binds: str | None = None
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """经办人: whoever takes a step: an account, an API key, a reporter with a query code, or the system itself.

    ``own_cases`` is for those known only by the code of a case; ``area`` and ``desks`` are whose files somebody who
    supervises or audits has in sight (``rules.area``). Who is ``confined`` acts for an organisation in these cases only
    (a department's link; ``behind`` it is who issued it); the name is what they gave themselves, kept in the entry.
    """

    id: str
    name: str
    org: str | None
    roles: frozenset[str]
    own_cases: frozenset[str] = frozenset()
    area: frozenset[str] = frozenset()
    desks: frozenset[str] = frozenset()
    confined: bool = False
    behind: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """状态. ``ref`` is the state of the domain reference it stands for; ``holder`` says in whose hands the case is
    ("station", "assignee", "reporter", "departments", "none", or "receiver": the assignee once it has arrived there, by
    the fact ``delivered``, and until then the station); an ``end`` is a state the case may rest in for ever.
    """

    code: str
    ref: str
    label: str
    label_en: str
    holder: str
    end: bool = False
    no_clock_because: str = ""


@dataclass(slots=True)
class Question:
    """Everything a guard may look at: the case, who asks, the filled form, the time handed in, the city's pack.

    ``carrier`` is the case whose step carried this one along (a child at its parent, a master at its followers);
    ``other`` is the case the form names, where the form names one; ``folder`` is what lies beside the case in tables
    of its own (parties, consents, mediator, meetings), where its type has such a folder.
    """

    piece: Piece
    actor: Actor
    now: datetime
    pack: Pack
    form: Any = None
    carrier: Piece | None = None
    other: Piece | None = None
    folder: Folder | None = None
    chosen: Step | None = None
    missing: list[tuple[str, ...]] = field(default_factory=list)


Guard = Callable[[Question], bool]
Setter = Callable[[Question], Mapping[str, Any]]


def asks_form(guard: Guard) -> Guard:
    """Mark a guard that can be answered only when the form is filled; a list of actions leaves it out."""
    setattr(guard, "asks_form", True)  # noqa: B010  a function attribute, which type checkers do not know
    return guard


def says(wording: Callable[[Question], str]) -> Callable[[Guard], Guard]:
    """Give a guard a sentence that names what is missing in this very case; its docstring stays the general one."""

    def mark(guard: Guard) -> Guard:
        setattr(guard, "says", wording)  # noqa: B010
        return guard

    return mark


def gives_cause(guard: Guard) -> Guard:
    """Mark a guard before which the step has no sense (an answer to nobody): a list of actions leaves the step out."""
    setattr(guard, "gives_cause", True)  # noqa: B010
    return guard


def reads_children(guard: Guard) -> Guard:
    """Mark a guard that joins over the child cases, so that they are loaded with the case."""
    setattr(guard, "reads_children", True)  # noqa: B010
    return guard


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a case type: who does what, from where to where, with which form, if what holds, and what then.

    ``then`` is a tuple of effect names (see EFFECTS); ``sets`` answers which columns and facts the step changes.
    """

    who: Role | tuple[Role, ...]
    does: str
    frm: str | tuple[str, ...]
    to: str
    form: type[Form] = Plain
    needs: tuple[Guard, ...] = ()
    then: tuple[str, ...] = ()
    sets: Setter | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        return self.who if isinstance(self.who, tuple) else (self.who,)

    @property
    def sources(self) -> tuple[str, ...]:
        return self.frm if isinstance(self.frm, tuple) else (self.frm,)


@dataclass(frozen=True, slots=True)
class Birth:
    """A case about to be opened (立卷): its first state, its columns and facts, and what its first entry records.

    ``rows`` are rows of other tables that belong to the opening, as (table, values); the case's id is filled in.
    """

    columns: Mapping[str, Any]
    facts: Mapping[str, Any]
    payload: Mapping[str, Any]
    state: str = ""
    rows: tuple[tuple[str, Mapping[str, Any]], ...] = ()


@dataclass(frozen=True, slots=True)
class Founding:
    """What a case of its own is opened from (立案来源): the filled form, who files it, the time handed in, the pack."""

    form: Any
    actor: Actor
    now: datetime
    pack: Pack


Founder = Callable[[Founding], Birth]
"""Answers the case a form opens; raises the refusal where none can be opened."""

Bearer = Callable[[Question], Sequence[Birth]]
"""Answers the child cases a parent's step opens; the question's piece is the parent."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case of the type begins: who may open it, in which states, with which form.

    ``founded`` answers the case of its own that the form opens, ``born`` the children a parent's ``open:TYPE`` opens; a
    type may be opened both ways. ``then`` is told once the case stands; an empty state of a birth is the first one.
    """

    who: tuple[Role, ...]
    states: tuple[str, ...]
    form: type[Form]
    then: tuple[str, ...] = ()
    founded: Founder | None = None
    born: Bearer | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """时限: a deadline of the case type. It runs while the case is in one of ``during``.

    It starts on entering ``during``, or, if ``after`` names verbs, when one of them is taken. It stops on leaving
    ``during`` or with a verb of ``until``; a verb of ``again`` ends it and begins it anew. Its length is a limit of the
    pack, or runs to the date in the form field or fact ``given``; a date that is not there starts no clock. ``by``
    names a fact whose value picks the limit: the pack's rule for the clock ``CODE_VALUE``. ``since`` names a fact with
    the moment it is counted from, where that is not the moment of the step.
    ``lapse`` is the verb the timekeeper takes when it runs out. In the states of ``stands`` a clock that runs stands
    still, on the ground ``ground`` of the pack, and goes on where it was on coming back. ``runs_on`` says whose time it
    is where it is not the holder's ("station", "assignee"): whom reminders reach and who is supervised.
    """

    code: str
    during: tuple[str, ...]
    after: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    given: str | None = None
    lapse: str | None = None
    stands: tuple[str, ...] = ()
    ground: str = ""
    runs_on: str | None = None
    again: tuple[str, ...] = ()
    by: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step sets going besides its own change of state.

    ``tell:WHO`` writes a notice; ``tell:WHO+verb`` also takes ``verb`` when the notice has arrived; ``open:TYPE`` opens
    child cases; ``parent:verb`` and ``children:verb`` carry a step along, all or nothing; a ``?`` after the kind makes
    the carried step optional (if its guards hold now); ``followers:verb`` is for merged reports; ``erase:payloads``
    and ``erase:identity`` remove what the form names, leaving a tombstone; ``clock:pause`` and the other clock deeds
    move the clocks of the case; ``release:mediator`` ends the appointment of whoever mediates it and their planned
    meetings; ``release:family`` lets a suit leave the family it stands in.
    """

    kind: str
    arg: str
    optional: bool = False
    on_arrival: str | None = None


EFFECTS: Final = frozenset({"tell", "open", "parent", "children", "followers", "erase", "clock", "release"})
CLOCK_DEEDS: Final = frozenset({"pause", "resume", "extend", "rebase", "recount"})
ADDRESSEES: Final = frozenset({"holder", "reporter", "station", "assignee", "lead", "named", "parties"})


def read_effect(name: str) -> Effect:
    """Parse an effect name; ValueError for a word the grammar does not know."""
    kind, _, arg = name.partition(":")
    optional = kind.endswith("?")
    kind = kind.removesuffix("?")
    arg, _, arrival = arg.partition("+")
    wrong = (kind == "tell" and arg not in ADDRESSEES) or (kind == "clock" and arg not in CLOCK_DEEDS)
    if kind not in EFFECTS or not arg or wrong:
        raise ValueError(f"unknown effect {name!r}")
    return Effect(kind, arg, optional, arrival or None)


@dataclass(frozen=True)
class CaseType:
    """案件类型: the whole truth about one kind of case.

    ``folder`` says whose folder (parties, consents, meetings) its guards look at: ``own``, the ``parent``'s, or none.
    """

    code: str
    label: str
    label_en: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...]
    opening: Opening
    facts: type
    verbs: Mapping[str, tuple[str, str]]
    number_mark: str
    folder: str = ""

    def state(self, code: str) -> State:
        for state in self.states:
            if state.code == code:
                return state
        raise KeyError(code)
