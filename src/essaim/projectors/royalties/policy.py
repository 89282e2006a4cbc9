"""Who decides about royalties, and who may read a statement."""

from __future__ import annotations

from essaim.initiatives.policy import explained_by
from essaim.kit.errors import Forbidden
from essaim.kit.errors import gettext_noop as _
from essaim.people.models import HouseRole, Member
from essaim.projectors.royalties.models import Statement

TREASURY = (HouseRole.Role.OWNER, HouseRole.Role.TREASURER)


class NotTheTreasury(Forbidden):
    cause = _("Only the treasurer and the owner of the house decide about royalties.")
    remedy = _("Ask the owner for the role of treasurer.")


class NotYourStatement(Forbidden):
    cause = _("A statement is between the house and its holder.")
    remedy = _("Your own statements are on the page of your royalties.")


@explained_by(NotTheTreasury)
def decides_royalties(member: Member | None, thing: object = None) -> bool:
    return (
        member is not None
        and member.is_authenticated
        and member.is_active
        and member.house_roles.filter(role__in=TREASURY).exists()
    )


@explained_by(NotYourStatement)
def reads_statement(member: Member | None, statement: Statement) -> bool:
    if member is None or not member.is_authenticated:
        return False
    return statement.holder_id == member.pk or bool(decides_royalties.test(member))
