"""Texts of one language grouped by their words: TF-IDF, truncated SVD (Deerwester 1990), k-means. Pure, seeded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from essaim.listening.reading.grams import Numbers
from essaim.listening.reading.lexicon import stop_words

MOST_TOPICS = 24
FEWEST_TEXTS = 5
DIMENSIONS = 60

_WORD = r"(?u)\b[^\W\d_]{3,}\b"
_NOISE = re.compile(r"https?\S*|www\.\S+|@\w+|&\w+;")


def grouped(texts: Sequence[str], language: str, *, seed: int = 1) -> list[tuple[list[str], list[int]]]:
    """Words and places of each group, the largest first. Few texts, or texts without words in common: no group."""
    if len(texts) < 2 * FEWEST_TEXTS:
        return []
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    words = TfidfVectorizer(
        token_pattern=_WORD, stop_words=sorted(stop_words(language)), min_df=3, max_df=0.5, sublinear_tf=True
    )
    try:
        matrix = words.fit_transform(map(_plain, texts))
    except ValueError:  # no word is met in three texts
        return []
    said = np.flatnonzero(np.diff(matrix.indptr) > 0)
    groups = min(MOST_TOPICS, len(said) // (2 * FEWEST_TEXTS))
    if groups < 2:
        return []
    space = min(DIMENSIONS, matrix.shape[1] - 1, len(said) - 1)
    if space < 2:
        return []
    points = normalize(TruncatedSVD(space, random_state=seed).fit_transform(matrix[said]))
    groups = min(groups, len(np.unique(points.round(4), axis=0)))  # the same text again makes no group of its own
    chosen = KMeans(groups, n_init=3, random_state=seed).fit_predict(points)
    names = np.array(words.get_feature_names_out())
    found = []
    for group in range(groups):
        places = said[chosen == group]
        if len(places) >= FEWEST_TEXTS:
            found.append((_label(matrix, places, names), places.tolist()))
    return sorted(found, key=lambda one: -len(one[1]))


def words_of(text: str, language: str) -> set[str]:
    """The words of a text that may name what it speaks of."""
    found = re.findall(_WORD, _plain(text))
    return {word for word in found if word not in stop_words(language)}


def _plain(text: str) -> str:
    return _NOISE.sub(" ", text.lower().replace("’", "'"))


def _label(matrix: Any, places: Numbers, names: Numbers) -> list[str]:
    """The words that weigh most inside the group beyond their weight everywhere."""
    inside = np.asarray(matrix[places].mean(axis=0)).ravel()
    everywhere = np.asarray(matrix.mean(axis=0)).ravel()
    best = np.argsort(-(inside - everywhere), kind="stable")[:6]
    return [str(names[place])[:40] for place in best if inside[place] > 0]
