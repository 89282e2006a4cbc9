"""What can stand in the way of starting, told with the way round it."""

from __future__ import annotations


class Obstacle(Exception):
    """Something outside the program must change first. `str()` is the cause, then the remedy."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(f"{cause}\n{remedy}")
        self.cause = cause
        self.remedy = remedy
