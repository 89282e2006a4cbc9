"""The one place that knows the engine: arrays in, arrays out, no database.

Everything heavy is imported when first needed: the house starts without it, and no page ever asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from waggledance import Graph, StableNames

    from essaim.projectors.influence.columns import Columns

    Array = NDArray[Any]

SETS = 100_000
GRAIN = 2**14
PRIOR = 10.0
"""How many people's worth of the house's own rate the rate of one circle leans on."""
FIRST_NAME = 1
"""Circles are told by number to people: there is no circle 0."""
CHUNK = 8_000_000
"""Ties of people in circles looked at in one go: some hundred MiB."""

Step = Callable[[str], None]


@dataclass(frozen=True)
class Network:
    """Who can tell whom: `ids` names the nodes; the weights of `graph` are chances, those of `ties` faded."""

    ids: Array
    graph: Graph
    ties: Graph
    counts: Array
    """How often each node's word was taken up."""

    @cached_property
    def both_ways(self) -> Graph:
        """Who exchanges with whom."""
        return self.ties.undirected()


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
    circles: Rings
    naming: dict[str, int] = field(default_factory=dict)
    modularity: float = 0.0


@dataclass(frozen=True)
class Rings:
    """All circles. Circle `c` has the seats `offsets[c]` to `offsets[c + 1]`: `nodes` by the number of `ties` each
    has inside, the most first; all else is one entry per circle."""

    names: Array
    overlap: Array
    cohesion: Array
    x: Array
    y: Array
    offsets: Array
    nodes: Array
    ties: Array

    def __len__(self) -> int:
        return int(self.names.size)


class Before(NamedTuple):
    """The seats of the run before, by name of circle and node, and the first name never given."""

    names: Array
    nodes: Array
    next_name: int = FIRST_NAME


def nothing_before() -> Before:
    import numpy as np

    return Before(np.empty(0, np.int64), np.empty(0, np.int64))


def prepare(cache: Path) -> None:
    """The first call of each algorithm compiles for some seconds. Machine code is kept beside the engine's source,
    for every house of this installation; where nobody may write there, in the house's own folder."""
    if not os.access(Path(_engine_file()).parent, os.W_OK):
        os.environ.setdefault("NUMBA_CACHE_DIR", str(cache))


def _engine_file() -> str:
    found = find_spec("waggledance")
    assert found is not None
    assert found.origin is not None
    return found.origin


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
    found = circles(given.both_ways, threads=threads)
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
        degrees=given.both_ways.in_degrees.astype(np.int64),
        spread=scores.alone,
        low=low,
        high=high,
        bridging=scores.bridging,
        participation=participation(given.both_ways, quarters.labels),
        reach=reach(given.graph, found),
        x=x,
        y=y,
        circles=_rings(found, names, given, places),
        naming={
            "kept": names.kept,
            "new": len(found) - names.kept,
            "ended": len(names.ended),
            "next": names.next_name,
        },
        modularity=quarters.modularity,
    )


def compile_ahead(ties: Columns) -> None:
    """What a calculation and a plan need, for its machine code alone; the circles, which come first there, last."""
    from waggledance import circles, gini, models, partition, score

    given = network(ties)
    score(given.graph, models.IndependentCascade(), sets=1_000)
    partition(given.ties, threads=1)
    choose(given, k=5, asked=given.ids > 0, rng_seed=1)
    gini(given.counts)
    circles(given.both_ways)


def _bounds(alone: Array, n: int) -> tuple[Array, Array]:
    """Wilson's interval of each spread: a share of the sampled sets, times the number of people."""
    import numpy as np

    share, z = alone / n, 1.96
    middle = share + z * z / (2 * SETS)
    half = z * np.sqrt(share * (1 - share) / SETS + z * z / (4 * SETS**2))
    scale = 1 + z * z / SETS
    # Whoever begins is reached himself: never fewer than one.
    return np.maximum(np.clip((middle - half) / scale, 0, 1) * n, 1.0), np.clip((middle + half) / scale, 0, 1) * n


def participation(both: Graph, labels: Array) -> Array:
    """1 − Σ (share of a node's ties in each community)²: 0 in one only (Guimerà and Amaral, Nature 433, 2005)."""
    import numpy as np

    assert both.in_weights is not None
    weights = both.in_weights.astype(np.float64)
    total = np.bincount(both.in_targets, weights, minlength=both.n)
    keys = both.in_targets.astype(np.int64) * (int(labels.max()) + 1) + labels[both.in_neighbours]
    pairs, places = np.unique(keys, return_inverse=True)
    shares = np.bincount(places, weights) / total[pairs // (int(labels.max()) + 1)]
    return 1.0 - np.bincount(pairs // (int(labels.max()) + 1), shares**2, minlength=both.n)


def reach(graph: Graph, circles: Any) -> Array:
    """Σ over the circles one is in: the others there × the share of them that hear him and tell others there.

    The share leans on that of the whole house, as if ten more people had been seen: heard once and passed on once is
    no certainty.
    """
    import numpy as np

    listened, passed = (np.zeros(circles.members.size) for _ in range(2))
    for begin, end, left, right in _inside(circles, graph.out.offsets, graph.out.targets):
        seats = end - begin
        back = np.isin(right * seats + left, left * seats + right)  # the listener tells him as well
        onward = np.bincount(left, minlength=seats)[right] - back > 0
        listened[begin:end] = np.bincount(left, minlength=seats)
        passed[begin:end] = np.bincount(left, onward, minlength=seats)
    rate = passed.sum() / listened.sum() if listened.any() else 0.0
    shrunk = (passed + PRIOR * rate) / (listened + PRIOR)
    others = np.repeat(circles.sizes - 1, circles.sizes)
    return np.bincount(circles.members, np.where(listened > 0, others * shrunk, 0.0), minlength=graph.n)


def _inside(circles: Any, offsets: Array, targets: Array) -> Iterator[tuple[int, int, Array, Array]]:
    """The ties between people of one circle, for so many circles at a time: the first seat and the one after the
    last, and for each tie the seats of its two ends, counted from the first."""
    import numpy as np

    offsets = offsets.astype(np.int64)
    numbers = np.repeat(np.arange(len(circles)), circles.sizes)
    people = circles.members.astype(np.int64)
    many = np.concatenate([[0], np.cumsum(offsets[people + 1] - offsets[people])])[circles.offsets]
    first = 0
    while first < len(circles):
        last = max(int(np.searchsorted(many, many[first] + CHUNK, "right")) - 1, first + 1)
        begin, end = int(circles.offsets[first]), int(circles.offsets[last])
        here = people[begin:end]
        sizes = offsets[here + 1] - offsets[here]
        arcs = np.repeat(offsets[here] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
        left, n = np.repeat(np.arange(here.size), sizes), offsets.size - 1
        keys = numbers[begin:end] * n + here  # increasing: members of a circle are
        wanted = numbers[begin:end][left] * n + targets[arcs].astype(np.int64)
        right = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
        held = keys[right] == wanted
        yield begin, end, left[held], right[held]
        first = last


def _named(found: Any, ids: Array, before: Before) -> StableNames:
    """Circles named after those of the run before: both are written in numbers of one list of people."""
    import numpy as np
    from waggledance import Graph, StableNames, stable_names

    everyone = np.union1d(ids, before.nodes)
    graph = Graph.from_edges([0], [0], n=everyone.size)
    current = _Cover(graph, found.offsets, np.searchsorted(everyone, ids)[found.members].astype(np.uint32))
    order = np.lexsort((before.nodes, before.names))
    names, firsts = np.unique(before.names[order], return_index=True)
    members = np.searchsorted(everyone, before.nodes[order]).astype(np.uint32)
    cover = _Cover(graph, np.append(firsts, members.size).astype(np.int64), members)
    return stable_names(current, StableNames(cover, names, before.next_name, np.zeros(names.size)))


@dataclass(frozen=True)
class _Cover:
    graph: Any
    offsets: Any
    members: Any


def _rings(found: Any, names: StableNames, given: Network, places: Sequence[tuple[float, float]]) -> Rings:
    import numpy as np

    both = given.both_ways
    ties = np.zeros(found.members.size, np.int64)
    for begin, end, left, _right in _inside(found, both.in_offsets, both.in_neighbours):
        ties[begin:end] = np.bincount(left, minlength=end - begin)
    nodes = given.ids[found.members]
    order = np.lexsort((nodes, -ties, np.repeat(np.arange(len(found)), found.sizes)))
    middles = np.array(places, np.float64).reshape(-1, 2)
    return Rings(
        names=names.names,
        overlap=names.overlap,
        cohesion=found.cohesion,
        x=middles[:, 0],
        y=middles[:, 1],
        offsets=found.offsets,
        nodes=nodes[order],
        ties=ties[order],
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

    middles = np.repeat(np.array(places, np.float64).reshape(-1, 2), found.sizes, axis=0)
    turn = np.arange(found.members.size) - np.repeat(found.offsets[:-1], found.sizes)
    many = np.maximum(np.bincount(found.members, minlength=n), 1)
    x = middles[:, 0] + np.sqrt(turn) * np.cos(turn * GOLDEN)
    y = middles[:, 1] + np.sqrt(turn) * np.sin(turn * GOLDEN)
    return (
        np.bincount(found.members, x, minlength=n) / many,
        np.bincount(found.members, y, minlength=n) / many,
    )


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


def choose(given: Network, *, k: int, asked: Array, rng_seed: int, threads: int | None = None) -> Chosen:
    """The k people from whom the word goes furthest, among those who can be asked: a yes or no for each id."""
    import numpy as np
    from waggledance import maximize, models

    out = np.flatnonzero(~asked)
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
