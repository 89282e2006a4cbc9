"""Who may do what, and when: role and phase of each act. Who is on the electoral roll is the domain's decision."""

from __future__ import annotations

from typing import Any

from essaim.communities.policy import is_host, is_moderator
from essaim.initiatives.policy import (
    explained_by,
    initiative_of,
    is_author,
    is_not_halted,
    is_opened,
    is_signed_in,
    phase_opens,
    run_initiative,
    runs_initiative,
    speaks_officially,
    takes_part,
)
from essaim.kit.errors import Forbidden
from essaim.kit.errors import gettext_noop as _
from essaim.mechanisms.contest.models import Authorship, JurySeat, PanelSeat
from essaim.people.models import HouseRole, Member
from essaim.people.policy import is_designer


class NotInJury(Forbidden):
    cause = _("Only the jury of this contest decides this.")
    remedy = _("Its members are named in the contest's rules.")


class NotTreasurer(Forbidden):
    cause = _("Only the house's treasurer moves money.")
    remedy = _("Ask the treasurer to fund the contest.")


class IdeasNotInvited(Forbidden):
    cause = _("In this contest the house lists the ideas; members choose among them.")
    remedy = _("Vote when the vote opens.")


class NotAMaker(Forbidden):
    cause = _("Only designers, managers and hosts bring an idea to its product.")
    remedy = _("Ask an owner of the house for one of these roles.")


class NotAKeeperOfVotes(Forbidden):
    cause = _("Only moderators, managers and hosts settle alarms and void votes.")
    remedy = _("Ask an owner of the house for one of these roles.")


@explained_by(NotInJury)
def sits_in_jury(member: Member | None, thing: Any) -> bool:
    return member is not None and JurySeat.objects.filter(contest=initiative_of(thing), member_id=member.pk).exists()


@explained_by(NotTreasurer)
def is_treasurer(member: Member | None, thing: Any) -> bool:
    roles = (HouseRole.Role.TREASURER, HouseRole.Role.OWNER)
    return member is not None and member.house_roles.filter(role__in=roles).exists()


@explained_by(NotAMaker)
def makes_products(member: Member | None, thing: Any) -> bool:
    return bool((is_designer | is_host).test(member, initiative_of(thing)))


@explained_by(NotAKeeperOfVotes)
def keeps_votes_clean(member: Member | None, thing: Any) -> bool:
    return bool(is_moderator.test(member, initiative_of(thing)))


@explained_by(IdeasNotInvited)
def ideas_invited(member: Member | None, thing: Any) -> bool:
    return bool(initiative_of(thing).rules.get("open_to_ideas", True))


def is_co_author(member: Member | None, thing: Any) -> bool:
    """One of the idea's authors, the first or a later one."""
    return member is not None and Authorship.objects.filter(idea=thing, member_id=member.pk).exists()


def is_on_panel(member: Member | None, thing: Any) -> bool:
    return member is not None and PanelSeat.objects.filter(test=thing, member_id=member.pk).exists()


staff_lists_ideas = run_initiative & is_not_halted
configure = run_initiative
fund = is_signed_in & is_treasurer
submit_idea = staff_lists_ideas | (takes_part & phase_opens("submit_idea") & ideas_invited)
take_suggestion = run_initiative & phase_opens("submit_idea")
save_draft = takes_part & ideas_invited
edit_idea = is_signed_in & is_author & phase_opens("edit_idea")
withdraw_idea = is_signed_in & is_author & is_not_halted
add_co_author = is_signed_in & is_author & is_not_halted
answer_offer = is_signed_in & is_not_halted
merge_ideas = run_initiative & phase_opens("merge_ideas")
cast_vote = takes_part & phase_opens("cast_vote")
withdraw_vote = takes_part & phase_opens("withdraw_vote")
seat_juror = run_initiative
score_idea = is_signed_in & sits_in_jury & phase_opens("score_idea")
decide_potential = is_signed_in & (runs_initiative | sits_in_jury) & phase_opens("decide_potential")
climb_by_votes = is_opened & is_not_halted
open_test = is_signed_in & makes_products & is_opened & is_not_halted
score_test = is_signed_in & is_not_halted
launch_product = is_signed_in & makes_products & is_opened & is_not_halted
answer_officially = is_signed_in & speaks_officially & is_opened
void_votes = is_signed_in & keeps_votes_clean & is_opened
settle_alarm = is_signed_in & keeps_votes_clean & is_opened
close = run_initiative & is_opened
import_ballots = run_initiative
