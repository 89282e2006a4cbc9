"""Ties drawn from what members do."""

from __future__ import annotations

from collections.abc import Sequence

from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.activity.vocabulary import VOCABULARY
from essaim.projectors.influence import consenting, domain, drawing


def project(activity: Activity) -> None:
    project_many([activity])


def project_many(activities: Sequence[Activity]) -> None:
    """Draw again every month in which one of these acts happened, for its actor."""
    touching = [each for each in activities if each.weight > 0 and each.actor_id and each.target_id]
    if touching:
        drawing.one_at_a_time()
        drawing.draw_members({(each.actor_id, domain.month_of(each.at)) for each in touching if each.actor_id})


def reset() -> None:
    """Draw everything again, mentions included: the activities sent again find their months as they should be."""
    consenting.refill()
    drawing.draw_everything()


PROJECTOR = Projector(
    slug="influence",
    project=project,
    reset=reset,
    listens=frozenset(type_.slug for type_ in VOCABULARY if type_.weight > 0),
    project_many=project_many,
    reads=(),
)
