"""Who may do what, and when. Eligibility to cheer is decided in the statement that writes the cheer."""

from __future__ import annotations

from typing import Any

from essaim.communities import policy as communities
from essaim.initiatives.policy import (
    explained_by,
    initiative_of,
    is_not_halted,
    is_signed_in,
    phase_opens,
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


@explained_by(CampsFixed)
def is_draft(member: Member | None, thing: Any) -> bool:
    return initiative_of(thing).opened_at is None


@explained_by(NotModerator)
def moderates(member: Member | None, thing: Any) -> bool:
    roles = (HouseRole.Role.MODERATOR, HouseRole.Role.MANAGER, HouseRole.Role.OWNER)
    if member is None:
        return False
    return bool(communities.is_moderator.test(member, initiative_of(thing)) or member.roles & set(roles))


give_cheer = is_signed_in & phase_opens("give_cheer")
prepare = run_initiative & is_draft
name_round = run_initiative & is_not_halted
decide_message = is_signed_in & moderates
