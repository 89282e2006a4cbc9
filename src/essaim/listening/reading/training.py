"""Readers learned from examples: multinomial logistic regression on hashed grams and cues.

Only here scikit-learn is needed. What comes out is a table of weights (`linear`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from essaim.listening.reading.cues import hostile_by_rule, kind_by_rule, polarity_by_rule
from essaim.listening.reading.examples import Examples
from essaim.listening.reading.grams import HASHED, Numbers
from essaim.listening.reading.linear import Linear, gram_scale, scaled, softmax
from essaim.listening.reading.measures import difference, quality

FOLDS = 5
SEEN = 2
"""Grams met in fewer texts teach nothing."""


@dataclass(frozen=True)
class Way:
    """How to learn: how freely weights may grow (scikit-learn's C), and whether each class is told from the rest with
    grams counting as much as they part them (log-count ratios, Wang and Manning 2012), or all classes at once."""

    strength: float
    ratios: bool = False


WAYS = (Way(0.3), Way(1.0), Way(0.3, ratios=True), Way(1.0, ratios=True))


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
    grams = len(columns.places)
    task = _Task(columns.of(examples), grams, examples.labels, len(examples.classes), seed)
    with threadpool_limits(1):  # the house stays open meanwhile, and threads that wait for one another cost more
        way, temperature = _settled(task)
        weights = _weights(task, way)
    table = np.zeros((HASHED + examples.cues.shape[1] + 1, len(examples.classes)), np.float32)
    table[columns.places] = weights[:grams] * columns.rarity[:, None]
    table[HASHED:] = weights[grams:]
    return Linear(examples.classes, table, temperature, examples.valences)


@dataclass(frozen=True)
class _Task:
    """What to learn: a matrix whose first columns are `grams`, and the class of each row."""

    matrix: Any
    grams: int
    labels: Numbers
    classes: int
    seed: int

    def part(self, chosen: Numbers) -> _Task:
        return replace(self, matrix=self.matrix[chosen], labels=self.labels[chosen])


def _weights(task: _Task, way: Way) -> Numbers:
    """A row per column of the matrix and one for the constant; a column per class. Classes never met stay far off."""
    met = np.unique(task.labels)
    weights = np.zeros((task.matrix.shape[1] + 1, task.classes))
    weights[-1] = -20.0
    if len(met) == 1:
        weights[-1, met] = 0
    elif way.ratios:
        for each in met:
            weights[:, each] = _one_from_rest(task, task.labels == each, way.strength)
    else:
        weights[:, met] = _all_at_once(task, way.strength)
    return weights


def _all_at_once(task: _Task, strength: float) -> Numbers:
    model = _regression(strength, task.seed).fit(task.matrix, task.labels)
    fitted = np.vstack([model.coef_.T, model.intercept_])
    return np.hstack([-fitted / 2, fitted / 2]) if fitted.shape[1] == 1 else fitted


def _one_from_rest(task: _Task, inside: Numbers, strength: float) -> Numbers:
    from scipy.sparse import diags_array

    counts = np.ones(task.matrix.shape[1])
    counts[: task.grams] = _ratios(task.matrix[:, : task.grams] > 0, inside)
    model = _regression(strength, task.seed).fit(task.matrix @ diags_array(counts), inside)
    return np.append(model.coef_[0] * counts, model.intercept_[0])


def _ratios(met: Any, inside: Numbers) -> Numbers:
    """How far the texts of a class meet each gram more, or less, often than the others do; 1 on average."""
    there, elsewhere = (np.asarray(met[chosen].sum(axis=0)).ravel() + 1.0 for chosen in (inside, ~inside))
    ratios = np.abs(np.log(there / there.sum()) - np.log(elsewhere / elsewhere.sum()))
    return ratios / ratios.mean() if ratios.any() else np.ones(len(ratios))


def _regression(strength: float, seed: int) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, class_weight="balanced", max_iter=200, tol=1e-3, random_state=seed)


def _settled(task: _Task) -> tuple[Way, float]:
    """The way, and by what to divide its scores so that their probabilities come true (Guo et al. 2017): the pair
    of least loss over folds not trained on."""
    tried = np.geomspace(0.25, 4, 41)
    losses = [
        [_loss(scores / temperature, task.labels) for temperature in tried]
        for scores in (_unseen_scores(task, way) for way in WAYS)
    ]
    best, warm = np.unravel_index(int(np.argmin(losses)), (len(WAYS), len(tried)))
    return WAYS[best], float(tried[warm])


def _loss(scores: Numbers, labels: Numbers) -> float:
    return float(-np.log(softmax(scores)[np.arange(len(labels)), labels] + 1e-9).mean())


def _unseen_scores(task: _Task, way: Way) -> Numbers:
    """Each text's scores by a reader that did not learn from it."""
    folds = np.random.default_rng(task.seed).permutation(len(task.labels)) % FOLDS
    scores = np.zeros((len(task.labels), task.classes))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len(outside) and len(inside):
            weights = _weights(task.part(inside), way)
            scores[outside] = task.matrix[outside] @ weights[:-1] + weights[-1]
    return scores


def judged(reader: Linear | None, examples: Examples, task: str) -> dict[str, Any]:
    """The quality of a reader, or of the word lists when there is none, on these examples."""
    said, sure = said_of(reader, examples, task)
    return quality(examples.labels, said, sure, examples.classes)


def apart(reader: Linear, examples: Examples, other: Linear | None, theirs: Examples, task: str) -> dict[str, Any]:
    """By how much a reader is better than another, or than the word lists, on the same texts; `theirs` are they as
    the other reads them."""
    said, others = said_of(reader, examples, task)[0], said_of(other, theirs, task)[0]
    return difference(examples.labels, said, others, len(examples.classes))


def said_of(reader: Linear | None, examples: Examples, task: str) -> tuple[Numbers, Numbers]:
    return by_rule(task, examples.cues) if reader is None else said_by(reader, examples)


def said_by(reader: Linear, examples: Examples) -> tuple[Numbers, Numbers]:
    """What the reader says of each example, and how sure it is."""
    from scipy.sparse import diags_array

    scale = gram_scale([_counted(examples.grams)])
    scores = diags_array(scale) @ examples.grams @ reader.weights[:HASHED]
    scores = scores + scaled(examples.cues_for(reader.valences)) @ reader.weights[HASHED:-1] + reader.weights[-1]
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
