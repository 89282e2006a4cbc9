"""The one place that knows the engine: arrays in, arrays out, no database.

Everything heavy is imported when first needed: the house starts without it, and no page ever asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from waggledance import Graph, StableNames

    from essaim.projectors.influence.export import Columns

    Array = NDArray[Any]

SETS = 100_000
GRAIN = 2**14
PRIOR = 10.0
"""How many people's worth of the house's own rate the rate of one circle leans on."""

Step = Callable[[str], None]


@dataclass(frozen=True)
class Network:
    """Who can tell whom: `ids` names the nodes; the weights of `graph` are chances, those of `ties` faded."""

    ids: Array
    graph: Graph
    ties: Graph
    counts: Array
    """How often each node's word was taken up."""


@dataclass
class Found:
    """What a run concludes, one entry per node unless said otherwise."""

    ids: Array
    heard: Array
    carried: Array
    degrees: Array
    spread: Array
    low: Array
    high: Array
    bridging: Array
    participation: Array
    reach: Array
    x: Array
    y: Array
    circles: list[Ring] = field(default_factory=list)
    naming: dict[str, int] = field(default_factory=dict)
    modularity: float = 0.0


@dataclass(frozen=True)
class Ring:
    """One circle: `nodes` by the number of ties inside, the most first, `ties` those numbers."""

    name: int
    overlap: float
    cohesion: float
    nodes: list[int]
    ties: list[int]
    x: float
    y: float


@dataclass(frozen=True)
class Before:
    """The circles of the run before: name → nodes, and the first name never given."""

    circles: dict[int, list[int]]
    next_name: int = 0


def prepare(cache: Path) -> None:
    """Say where machine code is kept; the first call of each algorithm compiles for some seconds."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache))


def versions() -> dict[str, str]:
    import numba
    import numpy
    import waggledance

    return {"waggledance": waggledance.__version__, "numpy": numpy.__version__, "numba": numba.__version__}


def network(columns: Columns) -> Network:
    """The graph of the word.

    Weights are rounded to 2^-14, so that sums up to 1,024 are exact in single precision, in any order: the same ties
    give the same bits. The chance that a word passes along an arc is its weight's share of all its target hears;
    somebody who hears little hears with little chance: weight / max(sum, 1).
    """
    import numpy as np
    from waggledance import Graph

    ids, left, right = _numbered(columns.tellers, columns.hearers)
    weights = np.rint(columns.weights * GRAIN) / GRAIN
    ties = Graph.from_edges(left, right, weights, n=ids.size)
    counts = np.bincount(left, columns.counts, minlength=ids.size)
    del left, right, weights
    assert ties.in_weights is not None
    totals = np.maximum(np.bincount(ties.in_targets, ties.in_weights, minlength=ids.size), 1.0)
    chances = np.minimum(ties.in_weights / totals[ties.in_targets], 1.0).astype(np.float32)
    return Network(ids, Graph(ties.in_records, ties.in_neighbours, chances), ties, counts)


def _numbered(left: Array, right: Array) -> tuple[Array, Array, Array]:
    """The ids there are, increasing, and both columns as places among them."""
    import numpy as np

    lowest, highest = min(left.min(), right.min()), max(left.max(), right.max())
    span = int(highest - lowest) + 1
    if span > max(8 * left.size, 1_000_000):  # ids far apart: a table of them all would be larger than the ties
        ids = np.unique(np.concatenate([left, right]))
        return ids, np.searchsorted(ids, left), np.searchsorted(ids, right)
    here = np.zeros(span, bool)
    here[left - lowest] = here[right - lowest] = True
    places = np.cumsum(here, dtype=np.uint32) - 1
    return np.flatnonzero(here) + lowest, places[left - lowest], places[right - lowest]


def calculate(given: Network, *, before: Before, rng_seed: int, step: Step, threads: int | None = None) -> Found:
    """Circles, spreads, bridges and reach of everybody."""
    import numpy as np
    from waggledance import circles, models, partition, score

    step("circles")
    found = circles(given.ties.undirected(), threads=threads)
    step("names")
    names = _named(found, given.ids, before)
    step("scores")
    scores = score(given.graph, models.IndependentCascade(), sets=SETS, rng_seed=rng_seed, threads=threads)
    low, high = _bounds(scores.alone, given.ids.size)
    step("quarters")
    quarters = partition(given.ties, threads=1, rng_seed=rng_seed)
    step("reach")
    places = _places([int(size) for size in found.sizes])
    x, y = _seats(found, places, given.ids.size)
    return Found(
        ids=given.ids,
        heard=given.graph.out_degrees.astype(np.int64),
        carried=given.counts.astype(np.int64),
        degrees=given.ties.undirected().in_degrees.astype(np.int64),
        spread=scores.alone,
        low=low,
        high=high,
        bridging=scores.bridging,
        participation=participation(given.ties, quarters.labels),
        reach=reach(given.graph, found),
        x=x,
        y=y,
        circles=list(_rings(found, names, given, places)),
        naming={
            "kept": names.kept,
            "new": len(found) - names.kept,
            "ended": len(names.ended),
            "next": names.next_name,
        },
        modularity=quarters.modularity,
    )


def _bounds(alone: Array, n: int) -> tuple[Array, Array]:
    """Wilson's interval of each spread: a share of the sampled sets, times the number of people."""
    import numpy as np

    share, z = alone / n, 1.96
    middle = share + z * z / (2 * SETS)
    half = z * np.sqrt(share * (1 - share) / SETS + z * z / (4 * SETS**2))
    scale = 1 + z * z / SETS
    # Whoever begins is reached himself: never fewer than one.
    return np.maximum(np.clip((middle - half) / scale, 0, 1) * n, 1.0), np.clip((middle + half) / scale, 0, 1) * n


def participation(ties: Graph, labels: Array) -> Array:
    """1 − Σ (share of a node's ties in each community)²: 0 in one only (Guimerà and Amaral, Nature 433, 2005)."""
    import numpy as np

    both = ties.undirected()
    assert both.in_weights is not None
    weights = both.in_weights.astype(np.float64)
    total = np.bincount(both.in_targets, weights, minlength=ties.n)
    keys = both.in_targets.astype(np.int64) * (int(labels.max()) + 1) + labels[both.in_neighbours]
    pairs, places = np.unique(keys, return_inverse=True)
    shares = np.bincount(places, weights) / total[pairs // (int(labels.max()) + 1)]
    return 1.0 - np.bincount(pairs // (int(labels.max()) + 1), shares**2, minlength=ties.n)


def reach(graph: Graph, circles: Any) -> Array:
    """Σ over the circles one is in: the others there × the share of them that hear him and tell others there.

    The share leans on that of the whole house, as if ten more people had been seen: heard once and passed on once is
    no certainty.
    """
    import numpy as np

    offsets, targets = graph.out.offsets.astype(np.int64), graph.out.targets
    parts: list[tuple[Array, Array, Array]] = []
    for number in range(len(circles)):
        people = circles.members[circles.offsets[number] : circles.offsets[number + 1]].astype(np.int64)
        parts.append((people, *_passed_on(people, offsets, targets)))
    result = np.zeros(graph.n)
    heard = sum(float(one[1].sum()) for one in parts)
    rate = sum(float(one[2].sum()) for one in parts) / heard if heard else 0.0
    for people, listened, passed in parts:
        shrunk = (passed + PRIOR * rate) / (listened + PRIOR)
        result[people] += np.where(listened > 0, (people.size - 1) * shrunk, 0.0)
    return result


def _passed_on(people: Array, offsets: Array, targets: Array) -> tuple[Array, Array]:
    """For each of a circle: how many there heard him, and how many of these told a third one there."""
    import numpy as np

    sizes = offsets[people + 1] - offsets[people]
    arcs = np.repeat(offsets[people] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
    left, right = np.repeat(np.arange(people.size), sizes), targets[arcs].astype(np.int64)
    places = np.minimum(np.searchsorted(people, right), people.size - 1)
    inside = people[places] == right
    left, right = left[inside], places[inside]
    tells = np.bincount(left, minlength=people.size)
    back = np.isin(right * people.size + left, left * people.size + right)  # the listener tells him as well
    onward = tells[right] - back > 0
    return (
        np.bincount(left, minlength=people.size).astype(np.float64),
        np.bincount(left, onward, minlength=people.size),
    )


def _named(found: Any, ids: Array, before: Before) -> StableNames:
    """Circles named after those of the run before: both are written in numbers of one list of people."""
    import numpy as np
    from waggledance import Graph, StableNames, stable_names

    everyone = np.unique(np.concatenate([ids, *(np.array(nodes, np.int64) for nodes in before.circles.values())]))
    graph = Graph.from_edges([0], [0], n=everyone.size)
    current = _Cover(graph, found.offsets, np.searchsorted(everyone, ids)[found.members].astype(np.uint32))
    if not before.circles:
        return stable_names(current, _first_names(before, graph))
    names = np.array(sorted(before.circles), np.int64)
    nodes = [sorted(before.circles[int(name)]) for name in names]
    offsets = np.concatenate([[0], np.cumsum([len(each) for each in nodes])]).astype(np.int64)
    members = np.searchsorted(everyone, np.concatenate(nodes)).astype(np.uint32)
    previous = StableNames(_Cover(graph, offsets, members), names, before.next_name, np.zeros(names.size))
    return stable_names(current, previous)


def _first_names(before: Before, graph: Graph) -> StableNames | None:
    """No circle to inherit from; names given long ago are not given again all the same."""
    import numpy as np
    from waggledance import StableNames

    if not before.next_name:
        return None
    nobody = _Cover(graph, np.zeros(1, np.int64), np.empty(0, np.uint32))
    return StableNames(nobody, np.empty(0, np.int64), before.next_name, np.empty(0))


@dataclass(frozen=True)
class _Cover:
    graph: Any
    offsets: Any
    members: Any


def _rings(found: Any, names: StableNames, given: Network, places: Sequence[tuple[float, float]]) -> Any:
    import numpy as np

    both = given.ties.undirected()
    offsets, neighbours = both.in_offsets.astype(np.int64), both.in_neighbours
    for number in range(len(found)):
        people = found.members[found.offsets[number] : found.offsets[number + 1]].astype(np.int64)
        ties = np.array([np.isin(neighbours[offsets[one] : offsets[one + 1]], people).sum() for one in people])
        order = np.lexsort((given.ids[people], -ties))
        yield Ring(
            name=int(names.names[number]),
            overlap=float(names.overlap[number]),
            cohesion=float(found.cohesion[number]),
            nodes=given.ids[people[order]].tolist(),
            ties=ties[order].tolist(),
            x=places[number][0],
            y=places[number][1],
        )


GOLDEN = 2.399963229728653


def _places(sizes: Sequence[int]) -> list[tuple[float, float]]:
    """The middle of each circle on the map: a sunflower, the largest in the heart, each with room for its people."""
    import math

    found, used = [], 0.0
    for number, size in enumerate(sizes):
        far = 0.0 if number == 0 else 2.2 * math.sqrt(used + size / 2)
        found.append((far * math.cos(number * GOLDEN), far * math.sin(number * GOLDEN)))
        used += size + 4.0
    return found


def _seats(found: Any, places: Sequence[tuple[float, float]], n: int) -> tuple[Array, Array]:
    """Where each person stands: around the middle of his circle, between the middles of his circles."""
    import numpy as np

    x, y, many = np.zeros(n), np.zeros(n), np.zeros(n)
    for number, (left, top) in enumerate(places):
        people = found.members[found.offsets[number] : found.offsets[number + 1]].astype(np.int64)
        turn = np.arange(people.size)
        x[people] += left + np.sqrt(turn) * np.cos(turn * GOLDEN)
        y[people] += top + np.sqrt(turn) * np.sin(turn * GOLDEN)
        many[people] += 1
    return x / np.maximum(many, 1), y / np.maximum(many, 1)


# --- whom to ask first


@dataclass(frozen=True)
class Chosen:
    nodes: list[int]
    reach: list[float]
    spread: float
    low: float
    high: float
    ratio: float
    parameters: dict[str, Any]


def choose(given: Network, *, k: int, excluded: Sequence[int], rng_seed: int, threads: int | None = None) -> Chosen:
    """The k people from whom the word goes furthest. `excluded` are ids that cannot be asked."""
    import numpy as np
    from waggledance import maximize, models

    out = np.flatnonzero(np.isin(given.ids, np.array(excluded, np.int64)))
    most = given.ids.size - out.size
    found = maximize(
        given.graph,
        min(k, most),
        models.IndependentCascade(),
        eps=0.1,
        delta=min(0.01, 1 / given.ids.size),
        rng_seed=rng_seed,
        excluded=out.tolist(),
        threads=threads,
    )
    return Chosen(
        nodes=given.ids[found.nodes].tolist(),
        reach=found.reach.tolist(),
        spread=found.spread,
        low=found.low,
        high=found.high,
        ratio=found.ratio,
        parameters=found.parameters,
    )
