"""Who may touch the books."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from rules.predicates import Predicate

from essaim.kit.errors import Forbidden, gettext_noop
from essaim.kit.money import format_amount
from essaim.people.models import HouseRole, Member
from essaim.people.policy import has_house_role, is_oneself, is_present, is_treasurer

_ = gettext_noop


class NotTreasurer(Forbidden):
    cause = _("Only a treasurer or the owner may do this with the books.")
    remedy = _("Ask one of them.")


class OwnMoney(Forbidden):
    cause = _("Nobody approves a payout of his own.")
    remedy = _("Ask another treasurer.")


keep_books = is_treasurer
read_books = has_house_role(HouseRole.Role.OWNER, HouseRole.Role.TREASURER, HouseRole.Role.ANALYST)
ask_payout = is_present


@Predicate
def is_own_payout(actor: Any, payout: Any = None) -> bool:
    return bool(is_oneself.test(actor, payout.member))


approve_payout = is_treasurer & ~is_own_payout
cancel_payout = is_present & is_own_payout


def allow_approval(actor: Member, payout: Any) -> None:
    """Raises OwnMoney or NotTreasurer."""
    if is_own_payout.test(actor, payout):
        raise OwnMoney
    if not approve_payout.test(actor, payout):
        raise NotTreasurer


def written(amount: int, unit: str) -> str:
    """An amount in the reader's language, for the facts of a refusal."""
    return format_amount(amount, unit, get_language() or "fr")
