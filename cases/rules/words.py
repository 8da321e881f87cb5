"""The words a case is found by (检索词): pairs of neighbouring signs, so that words of two characters are found.

A case's words are its number and what a row of a list says of it: summary, community, place, matter; never who reported
it. They carry for whom they are there: what a file behind the wall says is marked, and only its keeper asks for marked
words. What does not live here: the index (store).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.visibility import is_suit
from cases.rules.wall import behind_wall

LONGEST_QUESTION = 64
"""Signs of a question that are looked for; the rest narrows nothing down."""

_RUN = re.compile(r"[^\W_]+")

# Signs nobody types (private use), so that no text can pass for a number, a scope or a word behind the wall.
NUMBER, WALLED, SCOPE = "\ue001", "\ue002", "\ue003"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: the words of which all must be there, and the parts of a number that would do instead;
    ``beginnings`` are single signs with which a word may begin."""

    words: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    number: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.beginnings or self.number)


def said_in(piece: Piece) -> tuple[Any, ...]:
    """What the words of a case come from; as long as this stays the same, so do they."""
    place = (piece.facts.get("building"), piece.facts.get("room"))
    named = (piece.summary, piece.community, piece.matter, *place, piece.pack_id)
    return (*named, piece.station, piece.assignee, piece.reporter_org)


def words_of(piece: Piece, pack: Pack) -> str:
    """All words of a case, separated by spaces, in order, each once."""
    community = pack.communities.get(piece.community or "")
    matter = pack.matter(piece.matter or "")
    return written(
        number=piece.number,
        texts=(
            piece.summary,
            community.name if community else "",
            str(piece.facts.get("building", "")),
            str(piece.facts.get("room", "")),
            matter.name if matter else "",
        ),
        scopes=scopes_of(piece),
        walled=behind_wall(piece),
    )


def written(*, number: str, texts: Iterable[str], scopes: Iterable[str], walled: bool) -> str:
    """The words as the index keeps them."""
    mark = WALLED if walled else ""
    found = [*scopes, *(NUMBER + part for part in _runs(number))]
    found += [mark + word for text in texts for run in _runs(text) for word in _pairs(run)]
    return " ".join(sorted(set(found)))


def scopes_of(piece: Piece) -> tuple[str, ...]:
    """In whose sight the case is, as words: of its station or keeper, its department or court, whoever reported it."""
    walled = behind_wall(piece)
    named = [("station", piece.station), ("assignee", piece.assignee)]
    if walled or piece.assignee is None or is_suit(piece):
        named.append(("reporter", piece.reporter_org))
    return tuple(scope(kind, org, walled=walled) for kind, org in named if org)


def scope(kind: str, org: str, *, walled: bool) -> str:
    """The word for the cases of an organisation; a reporter's are the same on both sides of the wall."""
    side = "w" if walled and kind != "reporter" else "o"
    return f"{SCOPE}{side}{kind[0]}{org.encode().hex()}"


def sought(question: str) -> Sought:
    """What a question looks for; nothing, if it has no letter, digit or character in it."""
    runs = list(_runs(question[:LONGEST_QUESTION]))
    words = sorted({word for run in runs for word in _pairs(run)[:-1]})
    single = sorted({run for run in runs if len(run) == 1})
    plain = "".join(runs)
    number = tuple(sorted(set(runs))) if plain.isascii() and any(sign.isdigit() for sign in plain) else ()
    return Sought(tuple(words), tuple(single), number)


def _runs(text: str) -> Iterator[str]:
    """The runs of letters, digits and characters; full width and upper case do not count."""
    return iter(_RUN.findall(unicodedata.normalize("NFKC", text).casefold()))


def _pairs(run: str) -> list[str]:
    """Every two neighbouring signs of a run, and its last sign, with which nothing begins otherwise."""
    return [run[i : i + 2] for i in range(len(run))]
