"""Likeness of texts by character grams: to what is said about a matter, and to examples already decided.

The one module that imports scikit-learn; import it late. What does not live here: pack words as words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

HALF_PROFILE = 80
"""Examples a matter needs before they weigh as much in its profile as its own words."""

_DIGITS = re.compile(r"\d+")


class Grams:
    """Compares texts with one profile a matter and with examples; ``labels`` are the examples' matters by number.

    Character grams and not words: Chinese needs no cutting then, and a typing mistake spoils two grams, not a sentence.
    """

    def __init__(self, profiles: Sequence[str], examples: Sequence[str], labels: Sequence[int]) -> None:
        self._vectorizer: Any = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 2), sublinear_tf=True, preprocessor=_without_numbers
        )
        self._vectorizer.fit([*profiles, *examples])
        self._labels = np.array(labels, dtype=np.intp)
        said: Any = self._vectorizer.transform(profiles)
        self._examples: Any = self._vectorizer.transform(examples) if examples else None
        if self._examples is not None:
            said = said + self._learnt(len(profiles))
        self._profiles: Any = csr_matrix(normalize(said))
        self._names: NDArray[np.str_] = self._vectorizer.get_feature_names_out()

    def _learnt(self, matters: int) -> Any:
        """The examples' own profiles, each weighing more the more examples it stands on."""
        numbers = np.arange(len(self._labels))
        members = csr_matrix((np.ones(len(numbers)), (self._labels, numbers)), shape=(matters, len(numbers)))
        many = np.bincount(self._labels, minlength=matters)
        return diags(many / (many + HALF_PROFILE)) @ normalize(members @ self._examples)

    def likeness(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row a text, one column a matter, each 0 to 2: likeness to the profile plus closeness to an example.

        Closeness is cubed: two reports in the same tone are a little alike, and that little says nothing.
        """
        given: Any = self._vectorizer.transform(texts)
        alike: NDArray[np.float64] = (given @ self._profiles.T).toarray()
        if self._examples is None:
            return alike
        nearest = np.zeros_like(alike)
        np.maximum.at(nearest.T, self._labels, (given @ self._examples.T).toarray().T)
        return alike + nearest**3

    def telling(self, text: str, matter: int) -> list[str]:
        """The two-character grams that a text shares with a matter's profile, the weightiest first."""
        shared = self._vectorizer.transform([text]).multiply(self._profiles[matter]).tocoo()
        best = sorted(zip(-shared.data, (str(self._names[at]) for at in shared.col), strict=True))
        return [gram for _, gram in best if len(gram.strip()) > 1]


def _without_numbers(text: str) -> str:
    """House numbers, rooms and dates say nothing about the matter and differ in every report."""
    return _DIGITS.sub(" ", text)
