"""The projectors' side of the outbox: who listens to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings

from essaim.activity.models import Activity


@dataclass(frozen=True)
class Projector:
    """Draws consequences from activities.

    `project` handles one activity inside a transaction the outbox opens; it must give the same result when
    it sees an activity again. `reset` empties the projector's tables before a rebuild. `listens` holds the
    activity types it wants, None for all. `replayable` is False for effects on the outside world (a webhook
    sent is not sent again by a rebuild). `project_many` gives the same result as `project` for each in turn, where
    reading once for a whole batch is cheaper. `reads` names what is looked at of activities besides their own fields.
    """

    slug: str
    project: Callable[[Activity], None]
    reset: Callable[[], None]
    listens: frozenset[str] | None = None
    replayable: bool = True
    project_many: Callable[[Sequence[Activity]], None] | None = None
    reads: tuple[str, ...] = ("actor", "target", "community")

    def wants(self, type_: str) -> bool:
        return self.listens is None or type_ in self.listens


_projectors: dict[str, Projector] = {}


def load_projectors() -> None:
    """Import the projector of every listed folder that has one; called once, when all apps are ready."""
    for path in (*settings.PROJECTORS, *settings.CONNECTORS):
        try:
            module = import_module(f"{path}.projector")
        except ModuleNotFoundError as missing:
            if missing.name != f"{path}.projector":
                raise
            continue
        _projectors[module.PROJECTOR.slug] = module.PROJECTOR


def projectors() -> Iterator[Projector]:
    return iter(_projectors.values())


def projector(slug: str) -> Projector:
    return _projectors[slug]
