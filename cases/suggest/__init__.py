"""事项推荐: which matters a report's free text may belong to, best first, with the words that spoke for each.

What does not live here: the choice (a clerk makes it; a suggestion opens and routes nothing) and the catalogue.

How it weighs. A matter's *profile* is its name, description and pack words written as one document; a text is compared
with it by character 1- and 2-grams, TF-IDF. Measured in three folds over 204 labelled texts of 68 matters: nearest
example 0.13 right at first, linear classifiers over the examples 0.16, profile alone 0.82, profile and words found in
the text 0.84. Two examples a matter lead astray, so the profile leads, words found add to it, and examples count for
more as a matter gathers them: slowly through the profile, at once where a report is close to one already decided.

The pack words were written from the catalogue and from how residents talk, before measuring, and were not changed to
suit the labelled texts; they take part in every fold. The few numbers in ``suggester`` and ``grams`` were chosen in the
same folds, on a plateau where neighbouring choices gave 0.82 to 0.85.

scikit-learn takes a second to import; it is imported when the first suggester is built, not with this package.
"""

from __future__ import annotations

from cases.suggest.measure import Score, cross_validate, score
from cases.suggest.suggester import Suggester, Suggestion, deal
from cases.suggest.words import Example, Keywords, MatterWords, clean, read_examples, read_keywords

__all__ = [
    "Example",
    "Keywords",
    "MatterWords",
    "Score",
    "Suggester",
    "Suggestion",
    "clean",
    "cross_validate",
    "deal",
    "read_examples",
    "read_keywords",
    "score",
]
