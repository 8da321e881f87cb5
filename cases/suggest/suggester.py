"""The suggester: built once from examples and words, then asked for the matters that may fit a text.

What does not live here: reading files, cleaning and finding words (``words``), grams (``grams``), scores over many
texts (``measure``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cases.suggest.words import Example, Keywords, MatterWords, WordList, clean, profile_of, words_of

if TYPE_CHECKING:
    from cases.suggest.grams import Grams

MOST_EXAMPLES = 2_000  # the latest are kept; bounds the time of building and of asking
BATCH = 256  # texts weighed at once
WORDS_SHARE = 0.2  # what the words found may add to a likeness
WORDS_DOUBT = 6.0  # worth of the words found at which half of that share is reached
SHARPNESS = 40.0  # turns weights into chances; at 40 the mean score of held-out texts equals their share of right ones
NOTHING = 0.1  # weight of the answer "none of these", so that a faint likeness stays a faint chance
RIGHT_ENOUGH = 0.9
HOLD_OUT = 3
MOST_REASONS = 4

_Found = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Suggestion:
    """A matter that may fit; ``score`` is its chance, 0 to 1; ``because`` are pieces of the text that spoke for it."""

    matter: str
    score: float
    because: tuple[str, ...]


class Suggester:
    """Ranks the matters of a catalogue for a text; it never changes, learning is building another one.

    ``examples`` are as decided by people, oldest first; those of a matter not (or no longer) in the catalogue are left
    out. ``keywords`` are weighted pack words, beside the words that each matter lists itself. Safe to share by threads.
    """

    def __init__(
        self, examples: Sequence[Example], matters: Iterable[MatterWords], keywords: Keywords | None = None
    ) -> None:
        self._matters = tuple({matter.code: matter for matter in matters}.values())
        self._keywords: Keywords = keywords or {}
        number = {matter.code: at for at, matter in enumerate(self._matters)}
        self.examples = tuple(one for one in examples if one.matter in number)[-MOST_EXAMPLES:]
        words = [words_of(matter, self._keywords) for matter in self._matters]
        self._words = WordList(words)
        profiles = [profile_of(matter, mine) for matter, mine in zip(self._matters, words, strict=True)]
        texts = [clean(one.text) for one in self.examples]
        self._grams = _compare(profiles, texts, [number[one.matter] for one in self.examples])

    def relearn(self, examples: Sequence[Example]) -> Suggester:
        """A suggester of the same matters and words that learnt from these examples instead."""
        return Suggester(examples, self._matters, self._keywords)

    def rank(self, text: str, k: int = 3) -> list[Suggestion]:
        """Up to ``k`` matters, likeliest first; none when no word of the text is known. No text makes it fail."""
        return self.rank_many([text], k)[0]

    def rank_many(self, texts: Iterable[str], k: int = 3) -> list[list[Suggestion]]:
        """:meth:`rank` for each text, in order; cheaper than one by one."""
        cleaned = [clean(text) for text in texts]
        return [
            self._best(text, weights, found, k)
            for start in range(0, len(cleaned), BATCH)
            for text, weights, found in self._weigh(cleaned[start : start + BATCH])
        ]

    @cached_property
    def sure(self) -> float:
        """The score from which a first suggestion may be pre-selected; infinite when the examples cannot show one.

        The lowest score above which, with 95 % confidence, nine of ten first suggestions for held-out examples were
        right. Costs three more fits when first asked for.
        """
        firsts = [(ranked[0].score, ranked[0].matter == one.matter) for one, ranked in held_out(self) if ranked]
        threshold, hits, count = math.inf, 0, 0
        for level, tied in groupby(sorted(firsts, reverse=True), key=itemgetter(0)):
            rights = [right for _, right in tied]
            hits, count = hits + sum(rights), count + len(rights)
            if _lower_bound(hits, count) >= RIGHT_ENOUGH:
                threshold = level
        return threshold

    def _weigh(self, batch: Sequence[str]) -> Iterator[tuple[str, NDArray[np.float64], _Found]]:
        if self._grams is None:
            likeness = np.zeros((len(batch), len(self._matters)))
        else:
            likeness = self._grams.likeness(batch)
        for text, alike in zip(batch, likeness, strict=True):
            found = self._words.found_in(text)
            spoken = np.zeros(len(self._matters))
            for owners in found.values():
                for matter, worth in owners.items():
                    spoken[matter] += worth
            yield text, alike + WORDS_SHARE * spoken / (spoken.sum() + WORDS_DOUBT), found

    def _best(self, text: str, weights: NDArray[np.float64], found: _Found, k: int) -> list[Suggestion]:
        order = [int(at) for at in np.argsort(-weights, kind="stable")[: max(k, 0)] if weights[at] > 0]
        if not order:
            return []
        top = max(float(weights.max()), NOTHING)
        odds = np.exp(SHARPNESS * (weights - top))
        total = float(odds.sum()) + math.exp(SHARPNESS * (NOTHING - top))
        ranked = [
            Suggestion(self._matters[at].code, float(odds[at]) / total, self._reasons(text, at, found)) for at in order
        ]
        return [one for one in ranked if one.because]  # what cannot be explained is not suggested

    def _reasons(self, text: str, matter: int, found: _Found) -> tuple[str, ...]:
        mine = sorted((-owners[matter], word) for word, owners in found.items() if matter in owners)
        reasons: list[str] = []
        for _, word in mine:
            if not any(word in said for said in reasons):
                reasons.append(word)
        if not reasons and self._grams is not None:
            reasons = self._grams.telling(text, matter)
        return tuple(reasons[:MOST_REASONS])


def held_out(suggester: Suggester, folds: int = HOLD_OUT) -> Iterator[tuple[Example, list[Suggestion]]]:
    """Each of its examples with what a suggester built without that fold of examples makes of it."""
    for kept, asked in deal(suggester.examples, folds):
        yield from zip(asked, suggester.relearn(kept).rank_many(one.text for one in asked), strict=True)


def deal(examples: Sequence[Example], folds: int) -> Iterator[tuple[list[Example], list[Example]]]:
    """The examples to learn from and those to ask about, fold by fold.

    Within each matter the distinct texts take turns; equal texts stay together, or one would give the other away.
    """
    turns: dict[str, dict[str, int]] = {}
    dealt: list[int] = []
    for one in examples:
        seen = turns.setdefault(one.matter, {})
        dealt.append(seen.setdefault(clean(one.text), len(seen)) % folds)
    for fold in range(folds):
        kept = [one for one, its in zip(examples, dealt, strict=True) if its != fold]
        yield kept, [one for one, its in zip(examples, dealt, strict=True) if its == fold]


def _compare(profiles: Sequence[str], texts: Sequence[str], labels: Sequence[int]) -> Grams | None:
    """The grams of profiles and texts; none when there is nothing to compare with."""
    if not any(any(sign.isalpha() for sign in part) for part in (*profiles, *texts)):
        return None
    from cases.suggest.grams import Grams  # noqa: PLC0415 - scikit-learn takes a second to import

    return Grams(profiles, texts, labels)


def _lower_bound(hits: int, count: int, z: float = 1.645) -> float:
    """Lower end of the Wilson interval of a share, one-sided 95 %."""
    share, spread = hits / count, z * z / count
    return (share + spread / 2 - z * math.sqrt(share * (1 - share) / count + spread / (4 * count))) / (1 + spread)
