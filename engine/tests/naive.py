"""Slow, obvious twins of the kernels: plain Python that imports nothing of the package but `Graph`."""

from __future__ import annotations

from waggledance import Graph

Arc = tuple[int, int]


def arcs_of(graph: Graph) -> dict[Arc, float]:
    """{(source, target): weight} of a graph, weight 1 when it has none."""
    offsets = graph.in_offsets.tolist()
    arcs = {}
    for target in range(graph.n):
        for place in range(offsets[target], offsets[target + 1]):
            weight = 1.0 if graph.in_weights is None else float(graph.in_weights[place])
            arcs[int(graph.in_neighbours[place]), target] = weight
    return arcs


# Building


def merged(rows: list[tuple[int, int, float]], rule: str, undirected: bool) -> dict[Arc, float]:
    """{(source, target): weight} of rows, repeats merged by the rule, loops dropped."""
    both = []
    for source, target, weight in rows:
        both.append((source, target, weight))
        if undirected:
            both.append((target, source, weight))
    arcs: dict[Arc, float] = {}
    for source, target, weight in both:
        if source == target:
            continue
        kept = arcs.get((source, target))
        if kept is None:
            arcs[source, target] = weight
        elif rule == "sum":
            arcs[source, target] = kept + weight
        elif rule == "max":
            arcs[source, target] = max(kept, weight)
    return arcs
