"""How good suggestions are: the share of texts put right first, and among the first three.

What does not live here: timing, files, and any score on texts that the suggester has learnt from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.suggest.suggester import Suggester, Suggestion, held_out
from cases.suggest.words import Example, Keywords, MatterWords


@dataclass(frozen=True)
class Score:
    """Share of ``n`` texts whose matter came first (``top1``) or among the first three (``top3``)."""

    top1: float
    top3: float
    n: int


def cross_validate(
    examples: Sequence[Example], matters: Iterable[MatterWords], folds: int = 3, keywords: Keywords | None = None
) -> Score:
    """How often examples are ranked right by a suggester that never saw them.

    Pack words serve in every fold: they are no texts. Examples of matters outside the catalogue are not counted.
    Raises ValueError for fewer than two folds, which would leave nothing to learn from.
    """
    if folds < 2:
        raise ValueError("cross-validation needs two folds or more")
    return score(held_out(Suggester(examples, matters, keywords), folds))


def score(judged: Iterable[tuple[Example, Sequence[Suggestion]]]) -> Score:
    """The score of suggestions given for labelled texts; a text without any suggestion counts as wrong."""
    first = three = count = 0
    for example, ranked in judged:
        named = [one.matter for one in ranked[:3]]
        count += 1
        first += named[:1] == [example.matter]
        three += example.matter in named
    return Score(first / count, three / count, count) if count else Score(0.0, 0.0, 0)
