"""How evenly influence is held, month by month: arrays in, plain figures out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essaim.projectors.influence import domain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from essaim.projectors.influence.columns import Columns

    Array = NDArray[Any]

RESAMPLED, RESAMPLES = 5_000, 200


def democracy(columns: Columns, *, rng_seed: int) -> list[dict[str, Any]]:
    """Month by month, among those who took part: how often each one's word was taken up, and how evenly.

    `effective` is 1 / Σ share², `gini` counts those whose word nobody took up. Intervals (95 %) from people drawn
    again 200 times; of more than 5,000 people they would be too narrow to matter and are left out.
    """
    import numpy as np

    found, draw = [], np.random.default_rng(rng_seed)
    for month in np.unique(columns.months).tolist():
        here = columns.months == month
        people, places = np.unique(
            np.concatenate([columns.tellers[here], columns.hearers[here]]), return_inverse=True
        )
        half = int(here.sum())
        held = np.bincount(places[:half], columns.counts[here], minlength=people.size)
        row: dict[str, Any] = {"month": month, "people": int(people.size), "total": float(held.sum())}
        row |= {"gini": _gini(held), "effective": domain.effective_number(held.tolist())}
        row["top"] = float(np.sort(held)[::-1][: max(people.size // 100, 1)].sum() / held.sum())
        if people.size <= RESAMPLED:
            row |= _interval(held, draw)
        found.append(row)
    return found


def _interval(held: Array, draw: Any) -> dict[str, list[float]]:
    import numpy as np

    again = [held[draw.integers(0, held.size, held.size)] for _ in range(RESAMPLES)]
    figures = {
        "gini": [_gini(one) for one in again],
        "effective": [domain.effective_number(one.tolist()) for one in again],
    }
    return {f"{name}_interval": np.quantile(values, [0.025, 0.975]).tolist() for name, values in figures.items()}


def _gini(held: Array) -> float:
    from waggledance import gini

    return float(gini(held)) if held.size else 0.0
