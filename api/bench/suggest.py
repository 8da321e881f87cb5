"""How well matters are suggested (事项推荐): held-out texts against the nearest labelled text, in the same folds.

The words of the base pack serve in every fold; no text is judged by a suggester that learnt from it. What does not live
here: the suggester, and how figures of several measurements are printed together.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import cases.packs
from cases.suggest import Example, Score, Suggester, Suggestion, clean, deal, read_examples, read_keywords, score
from cases.suggest.suggester import held_out

BASE_PACK = Path(cases.packs.__file__).parent / "base"
TOP1_GOAL, TOP3_GOAL = 0.75, 0.9
FOLDS = 3

Figure = dict[str, str | float | None]


@dataclass(frozen=True)
class Wording:
    """A matter of the pack, as far as its wording goes."""

    code: str
    name: str
    description: str
    keywords: tuple[str, ...] = ()


def run(as_of: datetime | None = None, texts: Path | None = None, clues: Path | None = None) -> list[Figure]:  # noqa: ARG001 - all measurements are called alike
    """Top-1 and top-3 share over labelled ``texts`` (the base pack's own unless given), cross-validated.

    With ``clues`` (a CSV with ``description`` and ``matter_code``) two more rows tell how often the suggestion equals
    the code their reporters chose, some of them wrongly; nothing is learnt from that file. Raises FileNotFoundError.
    """
    learnt = read_examples(texts or BASE_PACK / "matter_texts.csv")
    suggester = Suggester(learnt, _matters(BASE_PACK / "matters.csv"), read_keywords(BASE_PACK / "keywords.csv"))
    learnt = list(suggester.examples)
    base = score(pair for kept, asked in deal(learnt, FOLDS) for pair in _nearest(kept, asked))
    figures = _rows("suggest", score(held_out(suggester, FOLDS)), base, (TOP1_GOAL, TOP3_GOAL))
    if clues is not None:
        asked = [one for one in _coded(clues) if one.matter in {known.matter for known in learnt}]
        ours = score(zip(asked, suggester.rank_many(one.text for one in asked), strict=True))
        figures += _rows("suggest clues", ours, score(_nearest(learnt, asked)), (None, None))
    return figures


def _rows(name: str, ours: Score, base: Score, goals: tuple[float | None, float | None]) -> list[Figure]:
    shares = (("top-1", ours.top1, base.top1, goals[0]), ("top-3", ours.top3, base.top3, goals[1]))
    return [
        {
            "name": f"{name} {place}",
            "database": "-",
            "ours": round(mine, 3),
            "base": round(plain, 3),
            "ratio": round(mine / plain, 1) if plain else None,
            "goal": goal,
            "unit": "share",
        }
        for place, mine, plain, goal in shares
    ]


def _matters(path: Path) -> list[Wording]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [Wording(row["code"], row["name"], row["description"]) for row in csv.DictReader(file)]


def _coded(path: Path) -> list[Example]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [Example(row["description"], row["matter_code"]) for row in csv.DictReader(file) if row["matter_code"]]


def _nearest(kept: Sequence[Example], asked: Sequence[Example]) -> Iterator[tuple[Example, list[Suggestion]]]:
    """The base: the matter of the labelled text with the nearest character 1- to 3-grams, TF-IDF, nothing else."""
    counted = [Counter(_grams(one.text)) for one in kept]
    spread = Counter(gram for grams in counted for gram in grams)
    rarity = {gram: math.log((1 + len(kept)) / (1 + number)) + 1 for gram, number in spread.items()}
    known = [(one.matter, _unit(grams, rarity)) for one, grams in zip(kept, counted, strict=True)]
    for one in asked:
        given = _unit(Counter(_grams(one.text)), rarity)
        best: dict[str, float] = {}
        for matter, other in known:
            alike = sum(weight * other.get(gram, 0.0) for gram, weight in given.items())
            best[matter] = max(best.get(matter, 0.0), alike)
        order = sorted(best, key=lambda matter: -best[matter])[:3]
        yield one, [Suggestion(matter, best[matter], ()) for matter in order]


def _grams(text: str) -> Iterator[str]:
    letters = clean(text)
    return (letters[at : at + size] for size in (1, 2, 3) for at in range(len(letters) - size + 1))


def _unit(grams: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    weights = {gram: (1 + math.log(count)) * rarity[gram] for gram, count in grams.items() if gram in rarity}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {gram: weight / length for gram, weight in weights.items()}


def main() -> None:
    """Print the figures, for instance with an independent file: ``python -m api.bench.suggest --clues clues.csv``."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("--texts", type=Path, help="labelled texts, CSV text,matter_code")
    asked.add_argument("--clues", type=Path, help="coded reports, CSV with description,matter_code")
    given = asked.parse_args()
    for row in run(texts=given.texts, clues=given.clues):
        print("  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
