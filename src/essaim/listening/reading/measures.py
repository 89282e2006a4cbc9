"""How well a reader reads: pure functions of what it said and what is so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from essaim.listening.reading.grams import Numbers

RESAMPLES = 2000
BINS = 5


def confusion(true: Numbers, said: Numbers, classes: int) -> Numbers:
    """Counts: a row per true class, a column per class said."""
    return np.bincount(true * classes + said, minlength=classes * classes).reshape(classes, classes)


def f1_per_class(table: Numbers) -> Numbers:
    """Harmonic mean of precision and recall; 0 where a class was neither met nor said. Works on stacked tables."""
    hits = np.diagonal(table, axis1=-2, axis2=-1)
    return 2 * hits / np.maximum(table.sum(-1) + table.sum(-2), 1)


def macro_f1(table: Numbers) -> float:
    """Mean over the classes that occur or were said."""
    met = (table.sum(-1) + table.sum(-2)) > 0
    return float(f1_per_class(table)[met].mean()) if met.any() else 0.0


def interval(true: Numbers, said: Numbers, classes: int, *, seed: int = 1) -> tuple[float, float]:
    """The middle 95 % of macro-F1 over texts drawn again with replacement (percentile bootstrap, Efron 1979)."""
    cells = np.bincount(true * classes + said, minlength=classes * classes)
    drawn = np.random.default_rng(seed).multinomial(len(true), cells / len(true), size=RESAMPLES)
    values = [macro_f1(table) for table in drawn.reshape(RESAMPLES, classes, classes)]
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def difference(true: Numbers, said: Numbers, other: Numbers, classes: int, *, seed: int = 1) -> dict[str, Any]:
    """By how much macro-F1 is higher than another's on the same texts, with the middle 95 % of texts drawn again:
    both readers meet the same ones each time (paired bootstrap, Efron and Tibshirani 1993). Clearly better is what
    keeps `low` above nothing."""
    cells = np.bincount((true * classes + said) * classes + other, minlength=classes**3)
    drawn = np.random.default_rng(seed).multinomial(len(true), cells / len(true), size=RESAMPLES)
    values = [_apart(each) for each in drawn.reshape(RESAMPLES, classes, classes, classes)]
    low, high = np.percentile(values, (2.5, 97.5))
    apart = _apart(cells.reshape(classes, classes, classes))
    return {"by": apart, "low": float(low), "high": float(high), "n": len(true)}


def _apart(cells: Numbers) -> float:
    """True × said × said by the other."""
    return macro_f1(cells.sum(axis=2)) - macro_f1(cells.sum(axis=1))


def calibration(confidence: Numbers, right: Numbers) -> list[dict[str, float]]:
    """In each fifth of the texts, by confidence: what was said and what came true."""
    order = np.argsort(confidence, kind="stable")
    return [
        {"n": len(part), "said": float(confidence[part].mean()), "was": float(right[part].mean())}
        for part in np.array_split(order, BINS)
        if len(part)
    ]


def expected_error(curve: Sequence[dict[str, float]]) -> float:
    """Mean distance between what was said and what came true (ECE), weighted by n."""
    total = sum(part["n"] for part in curve)
    return sum(part["n"] * abs(part["said"] - part["was"]) for part in curve) / max(total, 1)


def rates(table: Numbers, place: int) -> tuple[float, float]:
    """Sensitivity and specificity of one class against the rest, for Rogan and Gladen's correction (1978)."""
    hit, row, column, total = table[place, place], table[place].sum(), table[:, place].sum(), table.sum()
    return float(hit / max(row, 1)), float((total - row - column + hit) / max(total - row, 1))


def corrected_share(share: float, sensitivity: float, specificity: float) -> float | None:
    """The true share behind the share a reader found (Rogan and Gladen 1978), from 0 to 1; None when the reader
    tells nothing apart."""
    power = sensitivity + specificity - 1
    return min(1.0, max(0.0, (share + specificity - 1) / power)) if power > 0 else None


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Agreement of two passes beyond chance (Cohen 1960)."""
    same = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    chance = sum(first.count(name) * second.count(name) for name in set(first)) / len(first) ** 2
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def kappa_interval(first: Sequence[str], second: Sequence[str], *, seed: int = 1) -> tuple[float, float]:
    """The middle 95 % of kappa over texts drawn again."""
    pairs = list(zip(first, second, strict=True))
    drawn = np.random.default_rng(seed).integers(0, len(pairs), size=(RESAMPLES, len(pairs)))
    values = [kappa(*zip(*(pairs[place] for place in places), strict=True)) for places in drawn.tolist()]
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def quality(true: Numbers, said: Numbers, confidence: Numbers, classes: Sequence[str]) -> dict[str, Any]:
    """Everything the card tells of one reader on one held part."""
    table = confusion(true, said, len(classes))
    low, high = interval(true, said, len(classes)) if len(true) else (0.0, 1.0)
    curve = calibration(confidence, true == said)
    return {
        "n": len(true),
        "macro_f1": macro_f1(table),
        "low": low,
        "high": high,
        "order": list(classes),  # JSON in the database keeps no order of keys
        "classes": {name: _of_class(table, place) for place, name in enumerate(classes)},
        "confusion": table.tolist(),
        "calibration": curve,
        "expected_error": expected_error(curve),
    }


def _of_class(table: Numbers, place: int) -> dict[str, Any]:
    hit, row, column = table[place, place], table[place].sum(), table[:, place].sum()
    sensitivity, specificity = rates(table, place)
    return {
        "n": int(row),
        "said": int(column),
        "precision": float(hit / column) if column else 0.0,
        "recall": float(hit / row) if row else 0.0,
        "f1": float(f1_per_class(table)[place]),
        "precision_interval": wilson(int(hit), int(column)),
        "recall_interval": wilson(int(hit), int(row)),
        "sensitivity": sensitivity,
        "specificity": specificity,
    }


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    if not n:
        return 0.0, 1.0
    z, share = 1.96, hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * ((share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)
