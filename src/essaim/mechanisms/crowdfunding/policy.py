"""Who may do what, and when: role and phase of each act. What is left and what it costs is the domain's decision.

A guest acts without an account: the page has checked the secret of his pledge, and `member` is None.
"""

from __future__ import annotations

from typing import Any

from rules.predicates import Predicate

from essaim.communities.queries import readable_by
from essaim.initiatives.policy import (
    explained_by,
    initiative_of,
    is_not_halted,
    is_opened,
    is_signed_in,
    phase_opens,
    run_initiative,
    takes_part,
)
from essaim.kit.errors import Forbidden
from essaim.kit.errors import gettext_noop as _
from essaim.mechanisms.crowdfunding.domain.errors import GuestsNotTaken, NotYourPledge
from essaim.people.models import HouseRole, Member
from essaim.people.policy import is_present


class NotTreasurer(Forbidden):
    cause = _("Only the house's treasurer moves money.")
    remedy = _("Ask the treasurer.")


class NotOpenToYou(Forbidden):
    cause = _("This campaign is shown to the members of its community only.")
    remedy = _("Join the community, then try again.")


@explained_by(NotTreasurer)
def is_treasurer(member: Member | None, thing: Any = None) -> bool:
    roles = (HouseRole.Role.TREASURER, HouseRole.Role.OWNER)
    return member is not None and member.house_roles.filter(role__in=roles).exists()


@explained_by(NotOpenToYou)
def sees_campaign(member: Member | None, thing: Any) -> bool:
    return bool(readable_by(member).filter(pk=initiative_of(thing).community_id).exists())


@explained_by(GuestsNotTaken)
def is_member_or_welcome_guest(member: Member | None, thing: Any) -> bool:
    return bool(is_present.test(member)) or (member is None and bool(initiative_of(thing).rules.get("guests", True)))


@explained_by(NotYourPledge)
def is_backer(member: Member | None, pledge: Any) -> bool:
    """The pledge's own member; for a guest's, nobody signed in (his page has checked the secret)."""
    return bool(pledge.backer_id == (member.pk if member is not None else None))


def in_campaign(predicate: Predicate) -> Predicate:
    """The predicate, asked about a pledge's campaign."""
    return Predicate(
        lambda member, pledge: predicate.test(member, pledge.campaign), name=f"campaign:{predicate.name}"
    )


configure = run_initiative
handle_money = is_signed_in & is_treasurer
is_open_for_pledges = phase_opens("change_pledge")
make_pledge = is_member_or_welcome_guest & sees_campaign & phase_opens("make_pledge")
change_pledge = is_backer & in_campaign(is_open_for_pledges)
own_pledge = is_backer
claim = is_signed_in
runs_campaign = in_campaign(run_initiative & is_opened)
handle_pledge_money = is_signed_in & is_treasurer
run_desk = run_initiative & is_opened
runs_money = run_initiative | handle_money
deliver = is_backer | runs_campaign
write_offline = run_initiative & is_opened & is_not_halted
confirm_offline = run_initiative & is_opened
close = run_initiative & is_opened
publish_update = run_initiative & is_opened & is_not_halted
ask = takes_part & phase_opens("ask_question")
answer = run_initiative & is_opened
