"""Who may do what, and when. Eligibility to cheer is decided in the statement that writes the cheer."""

from __future__ import annotations

from typing import Any

from essaim.communities import policy as communities
from essaim.initiatives.policy import (
    explained_by,
    initiative_of,
    is_not_halted,
    is_opened,
    is_signed_in,
    run_initiative,
)
from essaim.kit.errors import Forbidden
from essaim.kit.errors import gettext_noop as _
from essaim.people.models import HouseRole, Member


class CampsFixed(Forbidden):
    cause = _("The campaign is open: its camps stay as they are.")
    remedy = _("Halt it with a reason, or begin another one.")


class NotModerator(Forbidden):
    cause = _("Moderators of the community or the house decide on messages.")
    remedy = _("Ask one of its hosts.")


class NotRunHere(Forbidden):
    cause = _("Moderators, managers and owners of the house keep its lists of words.")
    remedy = _("Ask one of them.")


@explained_by(CampsFixed)
def is_draft(member: Member | None, thing: Any) -> bool:
    return initiative_of(thing).opened_at is None


@explained_by(NotModerator)
def moderates(member: Member | None, thing: Any) -> bool:
    roles = (HouseRole.Role.MODERATOR, HouseRole.Role.MANAGER, HouseRole.Role.OWNER)
    if member is None:
        return False
    return bool(communities.is_moderator.test(member, initiative_of(thing)) or member.roles & set(roles))


@explained_by(NotRunHere)
def moderates_house(member: Member | None, thing: Any = None) -> bool:
    roles = {HouseRole.Role.MODERATOR, HouseRole.Role.MANAGER, HouseRole.Role.OWNER}
    return member is not None and bool(member.roles & roles)


# A cheer that comes too late is refused by the statement, which knows the time.
give_cheer = is_signed_in & is_opened & is_not_halted
prepare = run_initiative & is_draft
name_round = run_initiative & is_not_halted
decide_message = is_signed_in & moderates
block_author = decide_message
change_words = is_signed_in & moderates_house
take_guests = is_opened & is_not_halted
rig_light = run_initiative
order_light = run_initiative & is_opened
