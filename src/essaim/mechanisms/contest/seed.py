"""A small contest made by the acts themselves, for demonstrations and for the conformance suite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

from django.utils.translation import gettext as _

from essaim.communities.models import Community
from essaim.initiatives import actions as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.contest import actions
from essaim.mechanisms.contest.domain.presets import OPEN_BOX
from essaim.mechanisms.contest.domain.rules import freeze
from essaim.people.models import Member


def seed(*, community: Community, actor: Member, members: Sequence[Member]) -> Initiative:
    """An open box of `community` run by `actor`, with ideas and votes of `members`."""
    contest = initiatives.draft_initiative(
        actor=actor,
        community=community,
        mechanism_slug="contest",
        preset_slug="open-box",
        title=_("What should we do next?"),
        summary=_("Every idea gets an answer."),
        rules=freeze(replace(OPEN_BOX, votes_each=0)),
    )
    now = clock.now()
    plan = [PlannedPhase("together", now, now + timedelta(days=60))]
    initiatives.schedule(initiative=contest, phases=plan, actor=actor)
    initiatives.open_initiative(initiative=contest, actor=actor)
    for member, (title, story) in zip(cycle(members), _texts(), strict=False):
        idea = actions.submit_idea(contest=contest, author=member, title=title, body=story)
        for voter in members:
            if voter != member:
                actions.cast_vote(idea=idea, voter=voter, value=(voter.pk + idea.number) % 3 - 1)
    return contest


def _texts() -> list[tuple[str, str]]:
    return [
        (_("A bench by the door"), _("So that people who wait can talk.")),
        (_("Smaller jars"), _("One hundred grams, for those who live alone.")),
        (_("Show where it comes from"), _("A map with the fields, the mill and the road.")),
    ]
