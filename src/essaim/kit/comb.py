"""A community's mark: seven cells coloured after its slug. The same slug always gives the same mark."""

from __future__ import annotations

import hashlib
import math
from functools import lru_cache

RADIUS = 15.0
CENTRES = [(50.0, 50.0)] + [
    (50 + 28 * math.cos(math.radians(60 * turn)), 50 + 28 * math.sin(math.radians(60 * turn))) for turn in range(6)
]


@lru_cache(maxsize=1_000)
def hexagon(x: float, y: float, radius: float) -> str:
    """The points of an upright cell."""
    corners = (math.radians(60 * corner - 30) for corner in range(6))
    return " ".join(f"{x + radius * math.cos(a):.1f},{y + radius * math.sin(a):.1f}" for a in corners)


@lru_cache(maxsize=500)
def cells(slug: str) -> tuple[tuple[str, int], ...]:
    """Points and colour class (0 empty to 3) of each cell; the heart is never empty, and three are filled."""
    digest = hashlib.sha256(slug.encode()).digest()
    classes = [digest[i] % 4 for i in range(7)]
    classes[0] = 1 + digest[7] % 3
    for turn in range(2):
        spot = 1 + (digest[8] + 3 * turn) % 6
        classes[spot] = classes[spot] or 1 + digest[9 + turn] % 3
    return tuple((hexagon(x, y, RADIUS), kind) for (x, y), kind in zip(CENTRES, classes, strict=True))


@lru_cache(maxsize=20)
def swarm(seed: str, rings: int = 5) -> tuple[tuple[str, int], ...]:
    """A patch of comb in a box of 400: full cells gather near its heart, empty ones fray its edge."""
    found = []
    for q in range(-rings, rings + 1):
        for r in range(max(-rings, -q - rings), min(rings, rings - q) + 1):
            x, y = 200 + 38 * (q + r / 2), 200 + 33 * r
            far = math.hypot(x - 200, y - 200) / (38 * rings)
            luck, colour = hashlib.sha256(f"{seed}:{q}:{r}".encode()).digest()[:2]
            if luck / 255 > far**1.5 - 0.12:
                full = luck / 255 > far * 1.35 - 0.25
                kind = (1, 4, 1, 1, 4, 2, 1, 3)[colour % 8] if full else 0
                found.append((hexagon(x, y, 20 if full else 18.5), kind))
    return tuple(found)


@lru_cache(maxsize=2_000)
def tint(text: str) -> int:
    """One of four soft colours, always the same for the same text."""
    return hashlib.sha256(text.encode()).digest()[0] % 4
