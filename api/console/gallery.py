"""Before and after (前后对照): what was reported and what the departments left behind, side by side in pictures.

Only pictures the reader may see as files of the case are shown. What does not live here: drawing a picture small
(pictures) and who may see a file (filing).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.console.entrance import Seat
from api.console.labels import Labels
from api.filing import Filing
from cases.desk.views import View

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})

File = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """What one department handled: the picture before, if there is one, and the one after."""

    who: str
    before: File | None
    after: File | None


def pictures_in(files: Iterable[File]) -> list[File]:
    """The files that are pictures."""
    return [one for one in files if one["media_type"] in PICTURES]


def pairs_of(view: View, files: Sequence[File], tasks: Iterable[View], seat: Seat, labels: Labels) -> list[Pair]:
    """One pair for each department that left a picture; a task has its own, and beside it the report's files. Where a
    department names no picture from before, that is the report's first."""
    if view["duty"]:
        return list(_pair(view, files, labels))
    filing, pairs = Filing(seat.house), list[Pair]()
    for task in tasks:
        if task["facts"].get("before_photo") or task["facts"].get("after_photo"):
            theirs = filing.listed(seat.reader, task["id"])["items"]
            pairs += _pair(task, [*files, *theirs], labels)
    return pairs


def _pair(task: View, files: Iterable[File], labels: Labels) -> Iterator[Pair]:
    pictures = pictures_in(files)
    known = {one["id"]: one for one in pictures}
    before, after = (known.get(str(task["facts"].get(name, ""))) for name in ("before_photo", "after_photo"))
    first = next((one for one in pictures if one["added_org"] != task["assignee"]), None)
    if before or after:
        yield Pair(labels.org(task["assignee"]), before or first, after)
