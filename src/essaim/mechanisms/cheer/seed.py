"""A small campaign made by the acts themselves: a match that is counted and one that runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from essaim.communities.models import Community
from essaim.initiatives import actions as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.cheer import actions, cheers, queries
from essaim.mechanisms.cheer.cheers import Asked
from essaim.mechanisms.cheer.models import Camp, CheerMessage
from essaim.people.models import Member

HOUR = timedelta(hours=1)


def seed(*, community: Community, actor: Member, members: Sequence[Member]) -> Initiative:
    """An open campaign of `community` run by `actor`: `members` cheered yesterday, and cheer in today's round."""
    now = clock.now()
    with clock.at(now - 24 * HOUR):
        campaign = draft(community, actor)
        plan = [PlannedPhase("round", now - 24 * HOUR, now - 22 * HOUR), PlannedPhase("round", now, now + 3 * HOUR)]
        initiatives.schedule(initiative=campaign, phases=plan, actor=actor)
        for phase, title in zip(campaign.phases.all(), (_("Semi-final"), _("Final")), strict=True):
            actions.name_round(phase=phase, actor=actor, title=title)
        campaign = initiatives.open_initiative(initiative=campaign, actor=actor)
    first, second = campaign.phases.all()
    camps = queries.camps(campaign)
    with clock.at(now - 23 * HOUR):
        actions.write_cheers(shouted(first.pk, camps, members, _("All together!")))
        actions.sift_messages(campaign)
        message = CheerMessage.objects.filter(cheer__campaign=campaign).order_by("pk").first()
        if message is not None:
            actions.decide_message(message=message, actor=actor, approved=True)
    initiatives.turn_phases()
    actions.thank_supporters()
    actions.write_cheers(shouted(second.pk, camps, members, _("One more time!")))
    for member in members[:1]:
        actions.make_link(campaign=campaign, supporter=queries.supporter_key(member))
    actions.fold()
    return campaign


def draft(community: Community, actor: Member) -> Initiative:
    """A campaign with two camps."""
    campaign = initiatives.draft_initiative(
        actor=actor,
        community=community,
        mechanism_slug="cheer",
        preset_slug="tournament",
        title=_("The great derby"),
        summary=_("Two evenings, two camps, one light."),
    )
    for name, colour, second in ((_("Honey"), "#f0a500", "#211a10"), (_("Flour"), "#2f6b4f", "#fffaf0")):
        actions.add_camp(campaign=campaign, actor=actor, name=name, colour=colour, second_colour=second)
    return campaign


def shouted(phase: int, camps: Sequence[Camp], members: Sequence[Member], words: str) -> list[Asked]:
    """A cheer of each member, two of three for the first camp; the first ones say something."""
    return [
        cheers.of_member(phase, camps[0 if place % 3 else 1].pk, member.pk, words if place < 2 else "")
        for place, member in enumerate(members)
    ]
