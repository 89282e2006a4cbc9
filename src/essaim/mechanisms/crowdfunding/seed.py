"""A small campaign made by the acts themselves, for demonstrations and for the conformance suite."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle

from django.utils.translation import gettext as _

from essaim.communities.models import Community
from essaim.initiatives import actions as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.crowdfunding import actions
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.domain.rules import Rules, freeze
from essaim.mechanisms.crowdfunding.models import Tier
from essaim.people.models import Member

GOAL = 120_000


def seed(*, community: Community, actor: Member, members: Sequence[Member]) -> Initiative:
    """An open campaign of `community` run by `actor`, with pledges, questions and news of `members`."""
    campaign = initiatives.draft_initiative(
        actor=actor,
        community=community,
        mechanism_slug="crowdfunding",
        preset_slug="all-or-nothing",
        title=_("A second oven"),
        summary=_("Twice the bread on market days."),
        brief=_("Our oven is full from four in the morning. A second one would let us bake for the whole valley."),
        rules=freeze(Rules(goal=GOAL, vat=550)),
    )
    jar = prepare(campaign, actor)
    now = clock.now()
    plan = [
        PlannedPhase("round", now, now + timedelta(days=40)),
        PlannedPhase("after", now + timedelta(days=40), now + timedelta(days=400)),
    ]
    initiatives.schedule(initiative=campaign, phases=plan, actor=actor)
    initiatives.open_initiative(initiative=campaign, actor=actor)
    for member, gift in zip(members, cycle((0, 500, 2_000)), strict=False):
        order = Order(lines=[Line(jar)], gift=gift, country="FR", on_wall=True, message=_("Go on!"))
        actions.make_pledge(campaign=campaign, backer=member, order=order, key=uuid.uuid4())
        asked = _("When does the oven of %(name)s come?") % {"name": member}
        actions.ask_question(campaign=campaign, author=member, title=asked)
    actions.publish_update(
        campaign=campaign, author=actor, title=_("The mason has been here"), body=_("The chimney stays where it is.")
    )
    return campaign


def prepare(campaign: Initiative, actor: Member) -> Tier:
    """The budget and one reward; the reward."""
    actions.set_budget(
        campaign=campaign, actor=actor, lines=[(_("The oven"), GOAL - 20_000), (_("The chimney"), 20_000)]
    )
    return actions.add_tier(
        campaign=campaign,
        actor=actor,
        title=_("A loaf a week for a season"),
        amount=3_000,
        stock=100,
        ships=True,
        shipping={"fr": 600, "eu": 1_200},
        delivery_month=_next_year(),
    )


def _next_year() -> date:
    today = clock.now().date()
    return date(today.year + 1, today.month, 1)
