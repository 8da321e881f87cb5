"""Every way the domain says no.

A refusal is a sentence in Chinese for the person at the counter and a ``kind`` for the machine; one table at the
edge maps kinds to HTTP status codes and pages. What does not live here: programming errors (they stay exceptions of
their own and become a 500), and the wording of a guard (its docstring is the sentence).
"""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):
    """办不了:the request cannot be carried out, for a reason the asker can understand."""

    kind: ClassVar[str] = "refused"

    def __init__(self, sentence: str, **details: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details


class NotFound(Refusal):
    """没有这件:no such thing, or none that the asker may know of."""

    kind = "not_found"


class NotAllowed(Refusal):
    """无权办理:the asker's role or organisation may not do this."""

    kind = "not_allowed"


class NotNow(Refusal):
    """当前状态不能办理:the verb exists, but not from the state the case is in."""

    kind = "not_now"


class StillNeeded(Refusal):
    """还缺条件:a guard is not satisfied; ``missing`` holds the sentences that say what is needed."""

    kind = "still_needed"

    def __init__(self, missing: tuple[str, ...], **details: Any) -> None:
        super().__init__(";".join(missing), **details)
        self.missing = missing


class Overtaken(Refusal):
    """别人先办了:the case changed since it was read; read again and decide again."""

    kind = "overtaken"


class Malformed(Refusal):
    """填写有误:the form does not validate; ``fields`` maps field names to sentences."""

    kind = "malformed"

    def __init__(self, sentence: str, fields: dict[str, str] | None = None, **details: Any) -> None:
        super().__init__(sentence, **details)
        self.fields = fields or {}


class UnknownVerb(Refusal):
    """没有这个动作:the case type has no step of this name."""

    kind = "unknown_verb"


class PackBroken(Refusal):
    """地区包有误:a jurisdiction pack does not pass its check; the sentence names file, line and field."""

    kind = "pack_broken"


class NoCompetence(Refusal):
    """无法确定主办:no department, or more than one, is competent for the matter at that place and date."""

    kind = "no_competence"


class Conflict(Refusal):
    """相互矛盾:the request contradicts something already recorded (for example a reused idempotency key)."""

    kind = "conflict"


class Broken(Refusal):
    """系统出错:one case of a batch could not be decided because of a fault of ours; the others went on."""

    kind = "broken"


class ClockWrong(Refusal):
    """时间有误:the time handed in lies before what has already happened; a deadline counted from it would be wrong."""

    kind = "clock_wrong"


class Unsafe(Refusal):
    """不安全:the input or destination is refused for safety."""

    kind = "unsafe"
