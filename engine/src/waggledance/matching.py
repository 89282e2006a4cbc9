"""The same name for the same circle, run after run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import errors
from ._covers import Cover, overlaps
from ._frames import frame
from ._layout import NOBODY
from .graph import Graph


@dataclass(frozen=True, eq=False, repr=False)
class StableNames:
    """Names of the circles of a run; keep it for the next.

    Attributes
    ----------
    cover : Cover
        The circles that are named.
    names : int64[k]
        A name per circle.
    next_name : int
        The first name never given.
    overlap : float64[k]
        Jaccard overlap with the circle the name comes from, 0 for a new one.
    ended : tuple of int
        Names of the run before that nobody bears now; they are not given again.
    """

    cover: Cover
    names: NDArray[np.int64]
    next_name: int
    overlap: NDArray[np.float64]
    ended: tuple[int, ...] = ()

    @property
    def kept(self) -> int:
        """How many circles bear a name of the run before."""
        return int(np.count_nonzero(self.overlap))

    def to_dict(self) -> dict[str, Any]:
        """Names, overlaps and ended names, as plain values."""
        return {
            "names": self.names.tolist(),
            "overlap": self.overlap.tolist(),
            "next_name": self.next_name,
            "ended": list(self.ended),
        }

    def to_polars(self) -> Any:
        """A row per circle: `circle`, `name`, `overlap` (needs polars)."""
        return frame({"circle": np.arange(self.names.size), "name": self.names, "overlap": self.overlap})

    def __repr__(self) -> str:
        return f"StableNames({self.kept:,} kept, {self.names.size - self.kept:,} new, {len(self.ended):,} ended)"


def stable_names(current: Cover, previous: StableNames | None = None, *, threshold: float = 0.3) -> StableNames:
    """Name the circles of a run after those of the run before that they overlap most.

    Pairs are taken from the greatest Jaccard overlap down, while both sides are free: equal overlaps by the number of
    members shared, then the older name. This greedy matching reaches at least half of the greatest total overlap
    (a Hungarian one would cost the cube of the number of circles).

    Parameters
    ----------
    current : Circles or Partition
        What is to be named.
    previous : StableNames, optional
        The names of the run before; members are recognised by their ids.
    threshold : float
        A pair that overlaps less is not the same circle, 0 to 1.

    Returns
    -------
    StableNames

    Raises
    ------
    BadParameter
        When the threshold is not between 0 and 1.

    Examples
    --------
    >>> from waggledance import Graph, circles, stable_names
    >>> monday = circles(Graph.from_edges(list("aabdde"), list("bcceff"), undirected=True))
    >>> first = stable_names(monday)
    >>> first
    StableNames(0 kept, 2 new, 0 ended)
    >>> tuesday = circles(Graph.from_edges(list("ddexxy"), list("effyzz"), undirected=True))
    >>> second = stable_names(tuesday, first)
    >>> second, second.names.tolist(), second.ended
    (StableNames(1 kept, 1 new, 1 ended), [1, 2], (0,))
    """
    if not 0.0 <= threshold <= 1.0:
        raise errors.BadParameter(f"threshold is {threshold}: a Jaccard overlap from 0 to 1")
    count = current.offsets.size - 1
    names, overlap = np.full(count, -1, np.int64), np.zeros(count)
    following, ended = 0, ()
    if previous is not None:
        following = previous.next_name
        _inherit(current, previous, threshold, (names, overlap))
        ended = tuple(sorted(set(previous.names.tolist()) - set(names.tolist())))
    fresh = names < 0
    names[fresh] = following + np.arange(np.count_nonzero(fresh))
    return StableNames(current, names, following + int(fresh.sum()), overlap, ended)


def _inherit(
    current: Cover, previous: StableNames, threshold: float, found: tuple[NDArray[np.int64], NDArray[np.float64]]
) -> None:
    names, overlap = found
    before = _moved(previous.cover, current.graph)
    pairs = overlaps((current.offsets, current.members), before, current.graph.n)
    new, old, shared = pairs.T
    sizes = np.diff(current.offsets)[new] + np.diff(previous.cover.offsets)[old] - shared
    jaccard = shared / sizes
    order = np.lexsort((new, previous.names[old], -shared, -jaccard))
    free = np.ones(previous.names.size, bool)
    for pair in order[jaccard[order] >= threshold].tolist():
        if names[new[pair]] < 0 and free[old[pair]]:
            free[old[pair]] = False
            names[new[pair]] = previous.names[old[pair]]
            overlap[new[pair]] = jaccard[pair]


def _moved(cover: Cover, graph: Graph) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """A cover with the indices that its members have in another graph; who is not there is left out."""
    places = _places(cover.graph, graph)[cover.members]
    here = places != NOBODY
    kept = np.zeros(cover.offsets.size, np.int64)
    np.cumsum(np.add.reduceat(np.append(here, False), cover.offsets[:-1]), out=kept[1:])
    return kept, places[here]


def _places(old: Graph, new: Graph) -> NDArray[np.uint32]:
    """The index in a new graph of every node of an old one."""
    places = np.full(old.n, NOBODY, np.uint32)
    if old.names is None and new.names is None:
        both = min(old.n, new.n)
        places[:both] = np.arange(both, dtype=np.uint32)
        return places
    known = {name: index for index, name in enumerate(new.name_of(np.arange(new.n)).tolist())}
    for index, name in enumerate(old.name_of(np.arange(old.n)).tolist()):
        places[index] = known.get(name, NOBODY)
    return places
