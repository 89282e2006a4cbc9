"""Readers learned from examples: multinomial logistic regression on hashed grams and cues.

Only here scikit-learn is needed. What comes out is a table of weights (`linear`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from essaim.listening.reading.cues import hostile_by_rule, kind_by_rule, polarity_by_rule
from essaim.listening.reading.examples import Examples
from essaim.listening.reading.grams import HASHED, Numbers
from essaim.listening.reading.linear import Linear, gram_scale, scaled, softmax
from essaim.listening.reading.measures import quality

STRENGTH = 1.0
FOLDS = 5
SEEN = 2
"""Grams met in fewer texts teach nothing."""


@dataclass(frozen=True)
class Columns:
    """Which grams a training looks at, and how much rarer ones count."""

    places: Numbers
    rarity: Numbers

    def of(self, examples: Examples) -> Any:
        """The matrix scikit-learn sees."""
        from scipy.sparse import csr_array, diags_array, hstack

        grams = examples.grams[:, self.places] @ diags_array(self.rarity)
        grams = diags_array(gram_scale([_counted(examples.grams)])) @ grams
        return hstack([grams, csr_array(scaled(examples.cues))]).tocsr()


def _counted(grams: Any) -> Any:
    """A matrix whose rows have as many entries as the text has grams, repeated ones included."""
    return _Rows(np.concatenate([[0], np.cumsum(np.asarray(grams.sum(axis=1)).ravel())]))


@dataclass(frozen=True)
class _Rows:
    indptr: Numbers


def columns_of(examples: Examples) -> Columns:
    met = np.bincount(examples.grams.indices, minlength=HASHED)
    places = np.flatnonzero(met >= SEEN)
    return Columns(places, (np.log((1 + len(examples)) / (1 + met[places])) + 1) / 3)


def train(examples: Examples, *, seed: int = 1) -> Linear:
    """Learn from all given examples. The same examples and seed give the same table."""
    from threadpoolctl import threadpool_limits

    columns = columns_of(examples)
    matrix = columns.of(examples)
    with threadpool_limits(1):  # the house stays open meanwhile, and threads that wait for one another cost more
        temperature = _temperature(matrix, examples.labels, len(examples.classes), seed)
        weights = _weights(matrix, examples.labels, len(examples.classes), seed)
    table = np.zeros((HASHED + examples.cues.shape[1] + 1, len(examples.classes)), np.float32)
    grams = len(columns.places)
    table[columns.places] = weights[:grams] * columns.rarity[:, None]
    table[HASHED:] = weights[grams:]
    return Linear(examples.classes, table, temperature)


def _weights(matrix: Any, labels: Numbers, classes: int, seed: int) -> Numbers:
    """A row per column of the matrix and one for the constant; a column per class. Classes never met stay far off."""
    from sklearn.linear_model import LogisticRegression

    met = np.unique(labels)
    weights = np.zeros((matrix.shape[1] + 1, classes))
    weights[-1] = -20.0
    if len(met) == 1:
        weights[-1, met] = 0
        return weights
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=200, tol=1e-3, random_state=seed)
    model.fit(matrix, labels)
    two = len(met) == 2
    weights[:-1, met] = np.vstack([-model.coef_ / 2, model.coef_ / 2]).T if two else model.coef_.T
    weights[-1, met] = [-model.intercept_[0] / 2, model.intercept_[0] / 2] if two else model.intercept_
    return weights


def _temperature(matrix: Any, labels: Numbers, classes: int, seed: int) -> float:
    """By what to divide scores so that their probabilities come true, from folds not trained on (Guo et al. 2017)."""
    folds = np.random.default_rng(seed).permutation(len(labels)) % FOLDS
    scores = np.zeros((len(labels), classes))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len(outside) and len(inside):
            weights = _weights(matrix[inside], labels[inside], classes, seed)
            scores[outside] = matrix[outside] @ weights[:-1] + weights[-1]
    tried = np.geomspace(0.25, 4, 41)
    losses = [-np.log(softmax(scores / t)[np.arange(len(labels)), labels] + 1e-9).mean() for t in tried]
    return float(tried[int(np.argmin(losses))])


def judged(reader: Linear | None, examples: Examples, task: str) -> dict[str, Any]:
    """The quality of a reader, or of the word lists when there is none, on these examples."""
    said, sure = by_rule(task, examples.cues) if reader is None else said_by(reader, examples)
    return quality(examples.labels, said, sure, examples.classes)


def said_by(reader: Linear, examples: Examples) -> tuple[Numbers, Numbers]:
    """What the reader says of each example, and how sure it is."""
    from scipy.sparse import diags_array

    scale = gram_scale([_counted(examples.grams)])
    scores = diags_array(scale) @ examples.grams @ reader.weights[:HASHED]
    scores = scores + scaled(examples.cues) @ reader.weights[HASHED:-1] + reader.weights[-1]
    likely = softmax(scores / reader.temperature)
    return likely.argmax(axis=1), likely.max(axis=1)


def by_rule(task: str, cues: Numbers) -> tuple[Numbers, Numbers]:
    """What the word lists say, as places among the classes of the task."""
    if task == "polarity":
        polarity, sure = polarity_by_rule(cues)
        return polarity.astype(int) + 1, sure
    if task == "kind":
        return kind_by_rule(cues)
    likely = hostile_by_rule(cues)
    return (likely > 0.5).astype(int), np.maximum(likely, 1 - likely)
