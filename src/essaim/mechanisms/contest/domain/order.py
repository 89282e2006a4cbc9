"""The order ideas are shown in while people vote: different for each viewer, the same at each visit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def shuffled(ideas: Iterable[int], seed: int, viewer: str) -> list[int]:
    """Ideas in an order fixed by (seed, viewer): each keeps its place among the others when one more arrives."""

    def place(idea: int) -> bytes:
        return hashlib.blake2b(f"{seed}:{viewer}:{idea}".encode(), digest_size=16).digest()

    return sorted(ideas, key=lambda idea: (place(idea), idea))
