"""A heap of nodes whose order is looked up: by key, then by out-degree, then by the lowest index."""

from __future__ import annotations

from ._compiling import bare, inlined


@inlined
def precedes(order, one, other):  # type: ignore[no-untyped-def]
    """Whether a node comes before another; order is (keys, out-degrees, indices)."""
    keys, tie, known = order
    if keys[one] != keys[other]:
        return keys[one] > keys[other]
    return tie[one] > tie[other] or (tie[one] == tie[other] and known[one] < known[other])


@bare
def sink(heap, order, at, waiting):  # type: ignore[no-untyped-def]
    """Let the node at a place of the heap down to where it belongs."""
    node = heap[at]
    while True:
        child = 2 * at + 1
        if child >= waiting:
            break
        if child + 1 < waiting and precedes(order, heap[child + 1], heap[child]):
            child += 1
        if not precedes(order, heap[child], node):
            break
        heap[at] = heap[child]
        at = child
    heap[at] = node


@bare
def heapify(heap, order, waiting):  # type: ignore[no-untyped-def]
    """Put the first `waiting` nodes in the order of a heap."""
    for at in range(waiting // 2 - 1, -1, -1):
        sink(heap, order, at, waiting)
