"""Seeds chosen on many machines: exactly those that one machine would choose.

The graph is on every machine (each worker maps the same file into memory); the sets are shared out. A worker keeps
its sets and answers four questions: `sample` more of them, `counts` of the nodes in them, `cover` those that hold a
new seed, and how many are `covered` in the pool that checks. The greedy choice is made here, on the sums of their
answers: a choice by element, so the result is that of one machine, number by number.

A set is a function of its number. When a worker is lost, its sets are sampled anew elsewhere, the covers of the round
under way are repeated on them, and the run goes on as if nothing had happened.

Needs the package `distributed` (`pip install 'waggledance[dask]'`).
"""

from __future__ import annotations

import heapq
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import errors
from ._alone import Floats, ticks_of
from ._cover import Choice, Counts, LocalSets, count_first, cover_one, invert
from ._opim import run
from ._own_pools import filled
from ._pools import Pool, Sampler, bitmap
from ._request import Nodes, Request, Rules, checked
from ._threads import spans
from .graph import Graph
from .models import Model
from .seeds import Seeds, told

Sparse = tuple[Nodes, Counts, int]
Spans = list[tuple[int, int]]
PATIENCE = 1.0  # seconds between looks at whether a silent worker is still there


def maximize_on(
    address: Any,
    path: str | os.PathLike[str],
    k: int,
    model: Model,
    *,
    eps: float = 0.1,
    delta: float | None = None,
    rng_seed: int = 1,
    weights: ArrayLike | None = None,
    excluded: Iterable[Any] = (),
    chosen: Iterable[Any] = (),
) -> Seeds:
    """What `maximize` gives, number by number, with the sets shared out over a Dask cluster.

    Parameters
    ----------
    address : str or distributed.Client
        The scheduler's address (tcp://host:8786), or a client of it.
    path : path
        The graph's file (written by `Graph.save`), under the same name on every worker.
    k, model, eps, delta, rng_seed, weights, excluded, chosen
        As in `maximize`.

    Returns
    -------
    Seeds
        `cpu_seconds` and `peak_bytes` are those of this process, not of the workers.

    Raises
    ------
    MissingPackage
        When `distributed` is not installed.
    TooManySeeds, BadParameter, BadWeight, UnknownNode, UnequalColumns, NotAGraphFile

    Examples
    --------
    >>> from waggledance.distributed import maximize_on
    >>> maximize_on("tcp://scheduler:8786", "members.waggle", 50, models.WeightedCascade())  # doctest: +SKIP
    """
    started = time.process_time()
    graph = Graph.open(path)
    prepared = model.prepare(graph)
    if prepared.quality < 1.0:
        raise errors.BadParameter("on many machines the word may not turn: leave q out, or run on one machine")
    request = checked(graph, k, (eps, delta, rng_seed), Rules(weights, excluded, chosen)).on(prepared)
    client = _client(address) if isinstance(address, str) else address
    try:
        job = (os.fspath(path), model, rng_seed, request.roots, request.alone is not None)
        outcome = run(ManyPools(client, job, request, graph.out_degrees), request.task())
    finally:
        if isinstance(address, str):
            client.close()
    return told(graph, model, request, outcome, time.process_time() - started)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise errors.MissingPackage("distributed", "work on many machines", "dask") from None
    return Client(address)  # type: ignore[no-untyped-call,unused-ignore]


class Shard:
    """Some of the sets of both pools, on one worker."""

    def __init__(self, path: str, model: Model, rng_seed: int, roots: NDArray[np.float64] | None, told: bool) -> None:
        prepared = model.prepare(Graph.open(path))
        self.sampler = Sampler(prepared, rng_seed=rng_seed, threads=1, weights=roots, told=told)
        self.numbers: tuple[int, int] | None = None

    def sample(self, numbers: tuple[int, int], stops: Nodes, spans: Spans) -> int:
        """Add the sets of these spans to both pools, begun anew when their numbers change; returns all entries."""
        if numbers != self.numbers:
            self.numbers = numbers
            self.pools = (Pool(), Pool())
            self.sets = LocalSets(self.sampler.nodes)
        marks = bitmap(self.sampler.nodes, stops) if stops.size else np.empty(0, np.uint64)
        for first, end in spans:
            for number, pool in zip(numbers, self.pools, strict=True):
                pool.extend(self.sampler.parts(number, first, end - first, marks))
        self.sets.follow(self.pools[0].entries)
        return sum(pool.entries.size for pool in self.pools)

    def counts(self, taken: Nodes) -> Sparse:
        """Begin a choice: how many open sets each node is in, and how many sets are covered by the nodes taken."""
        offsets = self.pools[0].offsets
        starts, places = invert(self.sets.entries, offsets, self.sets.known.size)
        done = offsets[:-1] == offsets[1:]
        self.tally: Counts = np.diff(starts)
        self.world = (self.sets.entries, offsets, starts, places, done)
        covered = int(done.sum())
        for node in self.sets.local(taken):
            covered += int(self.tally[node])
            cover_one(self.world, node, self.tally)
        return self.sets.known, self.tally.copy(), covered

    def cover(self, node: int) -> Sparse:
        """Cover the sets that hold a node: the nodes whose counts fall, by how much, and the sets newly covered."""
        local = self.sets.local(np.array([node], np.uint32))
        if not local.size:
            return np.empty(0, np.uint32), np.empty(0, np.int64), 0
        gain = int(self.tally[local[0]])
        fallen, times = np.unique(cover_one(self.world, local[0], self.tally), return_counts=True)
        return self.sets.known[fallen], times, gain

    def covered(self, nodes: Nodes) -> Counts:
        """How many sets of the second pool each node is the first to cover, after those given up: int64[1 + k]."""
        pool = self.pools[1]
        return count_first(pool.entries, pool.offsets, bitmap(self.sampler.nodes, nodes), nodes)


@dataclass
class Post:
    """A shard as seen from here: where it is, and all that it was told, to be told again elsewhere."""

    worker: str
    actor: Any
    spans: Spans = field(default_factory=list)


class ManyPools:
    """The two pools of a run, shared out over the workers of a Dask cluster."""

    def __init__(self, client: Any, job: tuple[Any, ...], request: Request, tie: NDArray[np.uint32]) -> None:
        self.client, self.job, self.request, self.tie = client, job, request, tie
        workers = self._workers()
        if not workers:
            raise errors.BadParameter("the Dask cluster has no worker: start one, or leave --dask out")
        self.posts = [Post(worker, None) for worker in workers]
        for post in self.posts:
            self._settle(post)
        self.restart((0, 1), request.chosen)

    def restart(self, pools: tuple[int, int], stops: Nodes) -> None:
        """Forget all sets; take streams of these numbers, giving up sets that meet one of the stops."""
        self.numbers, self.stops, self.size, self.filled_with = pools, stops, 0, 0
        self.round: list[tuple[str, Any]] = []
        for post in self.posts:
            post.spans = []

    def grow(self, size: int) -> None:
        """Have this many sets in each pool, the new ones shared out evenly."""
        if size <= self.size:
            return
        self.round = []
        parts = spans(size - self.size, len(self.posts))
        fresh = [[(self.size + first, self.size + end)] for first, end in parts]
        fresh += [[] for _ in range(len(self.posts) - len(fresh))]
        for post, more in zip(self.posts, fresh, strict=True):
            post.spans = post.spans + more
        asked = [("sample", (self.numbers, self.stops, more)) for more in fresh]
        self.filled_with = sum(self._ask(asked))
        self.size = size

    def choose(self, settled: Nodes) -> Choice:
        """Seeds beyond those settled: the greedy choice on the sums of all counts."""
        request = self.request
        taken = np.concatenate([request.chosen, settled])
        wanted = request.k - settled.size
        self.round = [("counts", (taken,))]
        answers = self._ask(self.round * len(self.posts))
        alone = None if request.alone is None else request.alone.in_sets(self.size)
        table = Table(answers, np.concatenate([request.excluded, taken]), self.tie, taken, alone)
        bound = table.bound(request.k)
        while len(table.picked) < wanted and (node := table.best()) is not None:
            call = ("cover", (int(node),))
            fallen = self._ask([call] * len(self.posts))
            self.round.append(call)
            table.pick(node, fallen)
            bound = min(bound, table.bound(request.k))
        choice = Choice(np.array(table.picked, np.uint32), np.array(table.covered), bound)
        return filled(choice, wanted, self.tie, np.concatenate([request.excluded, taken]))

    def covered(self, nodes: Nodes) -> float:
        """How many sets of the second pool hold one of the nodes."""
        return float(self.covered_first(nodes).sum())

    def covered_first(self, nodes: Nodes) -> Counts:
        """How many sets of the second pool each node, in order, is the first to cover: int64[1 + k]."""
        return np.asarray(sum(self._ask([("covered", (nodes,))] * len(self.posts))))

    def entries(self) -> int:
        """Entries of both pools."""
        return self.filled_with

    def _ask(self, calls: list[tuple[str, Any]]) -> list[Any]:
        """The answers of all shards, each to its call; a shard that is lost is made anew and asked again."""
        waiting = [self._call(post, call) for post, call in zip(self.posts, calls, strict=True)]
        return [self._answer(*one) for one in zip(self.posts, calls, waiting, strict=True)]

    def _call(self, post: Post, call: tuple[str, Any]) -> Any:
        try:
            return getattr(post.actor, call[0])(*call[1])
        except RuntimeError:  # the actor is known to be lost
            return None

    def _answer(self, post: Post, call: tuple[str, Any], waiting: Any) -> Any:
        while True:
            try:
                if waiting is not None:
                    return waiting.result(timeout=PATIENCE)
            except TimeoutError:
                if post.worker in self._workers():
                    continue
            except (OSError, RuntimeError):
                pass  # the worker is gone: the same as no answer
            waiting = self._again(post, call)

    def _again(self, post: Post, call: tuple[str, Any]) -> Any:
        """Make a lost shard anew on another worker, up to the point where the call was pending, and repeat it."""
        self._settle(post)
        if call[0] == "sample":
            return self._call(post, ("sample", (self.numbers, self.stops, post.spans)))
        self._call(post, ("sample", (self.numbers, self.stops, post.spans)))
        for earlier in self.round:
            if earlier is not call:
                self._call(post, earlier)
        return self._call(post, call)

    def _settle(self, post: Post) -> None:
        """Give the shard a place on the worker that has the fewest."""
        gone = set() if post.actor is None else {post.worker}
        while True:
            held = [other.worker for other in self.posts if other is not post]
            workers = self._workers().keys() - gone
            if not workers:
                time.sleep(PATIENCE)
                gone.clear()  # one may have come back under its old address
                continue
            post.worker = min(workers, key=lambda worker: (held.count(worker), worker))
            post.actor = self._shard_on(post.worker)
            if post.actor is not None:
                return
            gone.add(post.worker)

    def _shard_on(self, worker: str) -> Any:
        """A new shard, or None when the worker is gone: for a while the scheduler may not know."""
        waiting = self.client.submit(Shard, *self.job, actor=True, workers=[worker], pure=False)
        while True:
            try:
                return waiting.result(timeout=PATIENCE)
            except TimeoutError:
                if worker in self._workers():
                    continue
            except (OSError, RuntimeError):
                pass
            waiting.cancel()
            return None

    def _workers(self) -> dict[str, int]:
        return dict(self.client.nthreads())


class Table:
    """Counts of all nodes met anywhere, and the order in which they are picked.

    As in `_cover.py`, counts are in ticks, of which a set has `unit` and each node some more for what it adds alone.
    """

    def __init__(
        self, answers: list[Sparse], barred: Nodes, tie: NDArray[np.uint32], taken: Nodes, alone: Floats | None
    ) -> None:
        met = [one[0] for one in answers]
        everybody = [] if alone is None else [np.arange(alone.size, dtype=np.uint32)]
        self.known = np.unique(np.concatenate(met + everybody))
        self.worth = np.zeros(self.known.size) if alone is None else alone
        self.unit, self.ticks = ticks_of(self.worth)
        self.added = 0.0
        for node in taken[: taken.size if alone is not None else 0]:
            self.added += float(self.worth[node])
        self.counts = self.ticks.astype(np.int64)
        times = self.unit * np.concatenate([one[1] for one in answers])
        np.add.at(self.counts, np.searchsorted(self.known, np.concatenate(met)), times)
        self.covered = [sum(one[2] for one in answers)]
        self.picked: list[int] = []
        self.free = ~np.isin(self.known, barred)
        self.histogram = np.bincount(self.counts[self.free], minlength=1)
        columns = (-self.counts[self.free], -tie[self.known[self.free]].astype(np.int64), self.known[self.free])
        self.heap = list(zip(*(column.tolist() for column in columns), strict=True))
        heapq.heapify(self.heap)

    def best(self) -> int | None:
        """The node of the greatest count; ties by out-degree, then by the lowest index; None when all are picked."""
        while self.heap:
            count, tie, node = self.heap[0]
            now = -int(self.counts[np.searchsorted(self.known, node)])
            if now == count:
                return node
            heapq.heapreplace(self.heap, (now, tie, node))
        return None

    def pick(self, node: int, fallen: list[Sparse]) -> None:
        """Take the best node: the counts of others fall."""
        heapq.heappop(self.heap)
        place = np.searchsorted(self.known, node)
        self.histogram[self.counts[place]] -= 1
        self.free[place] = False
        self.added += float(self.worth[place])
        self.picked.append(node)
        self.covered.append(self.covered[-1] + sum(one[2] for one in fallen))
        nodes, places = np.unique(np.concatenate([one[0] for one in fallen]), return_inverse=True)
        falls = np.bincount(places, np.concatenate([one[1] for one in fallen]), minlength=nodes.size).astype(np.int64)
        rows = np.searchsorted(self.known, nodes)
        still = rows[self.free[rows]]
        np.subtract.at(self.histogram, self.counts[still], 1)
        self.counts[rows] -= self.unit * falls
        np.add.at(self.histogram, self.counts[still], 1)

    def bound(self, most: int) -> float:
        """What any `most` nodes could cover: those covered, and the largest counts."""
        levels = np.flatnonzero(self.histogram[1:])[::-1] + 1
        upto = np.cumsum(self.histogram[levels])
        taken = np.minimum(upto, most) - np.minimum(np.concatenate([[0], upto[:-1]]), most)
        return float(self.covered[-1]) + self.added + float((taken * levels).sum()) / self.unit
