"""What the other side said to one try (对方答复), the same for every gate.

What does not live here: what follows from it (post room).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Kind = Literal["accepted", "refused", "gone", "silent", "unsafe"]


@dataclass(frozen=True, slots=True)
class Answer:
    """``accepted``: it arrived. ``refused``: it answered, but not so. ``gone``: it wants nothing more. ``silent``: no
    answer in time or no connection. ``unsafe``: it was not even asked, and asking again will not help.

    ``detail`` holds at most two kilobytes of what came back; never a secret, a telephone number or a name.
    """

    kind: Kind
    channel: str
    status: int | None = None
    milliseconds: int = 0
    detail: str = ""
    retry_after: timedelta | None = None
