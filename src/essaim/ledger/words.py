"""The books in words: what a kind of entry or an account is called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essaim.ledger.models import Account

_kinds: dict[str, str | Promise] = {
    "deposit": _("Money put in by the house"),
    "withdrawal": _("Money taken back by the house"),
    "fund": _("Set aside for an initiative"),
    "unfund": _("Not spent, back to the house"),
    "award": _("Award"),
    "royalty": _("Royalty"),
    "hold": _("Put on hold"),
    "release": _("Released to the balance"),
    "points": _("Points"),
    "gift": _("Gift to a cause"),
    "given-up": _("Given up by a leaving member"),
    "manual": _("Entry by hand"),
    "exchange": _("Exchange"),
    "payment": _("Payment received"),
    "refund": _("Payment returned"),
    "refund-failed": _("Returned payment that came back"),
    "chargeback": _("Payment taken back by the bank"),
    "chargeback-won": _("Payment recovered from the bank"),
    "provider-fee": _("Fee of the payment provider"),
    "provider-transfer": _("From the payment provider to the bank"),
    "payout-asked": _("Payout asked"),
    "payout-given-back": _("Payout not made, back on the balance"),
    "payout-sent": _("Payout on its way"),
    "payout": _("Payout arrived"),
    "payout-failed": _("Payout failed, back on the balance"),
    "payout-returned": _("Payout returned, back on the balance"),
}
HOUSE = {
    "bank": _("Bank account"),
    "provider": _("At the payment provider"),
    "own": _("The house’s own money, not promised"),
    "transit": _("Payouts on their way"),
    "fees": _("Fees earned"),
    "sales": _("Sales"),
    "gifts": _("Gifts to the house"),
    "vat": _("VAT collected"),
    "provider-fees": _("Fees paid to providers"),
    "rewards": _("Rewards"),
    "royalties": _("Royalties"),
    "losses": _("Losses"),
    "points": _("Points issued"),
    "exchange": _("Exchange between units"),
}
MEMBER = {
    "balance": pgettext_lazy("of a member", "balance"),
    "held": pgettext_lazy("of a member", "on hold"),
}
GROUPS = {
    "asset": _("In the bank"),
    "expense": _("Spent"),
    "equity": _("The house’s own money, not promised"),
    "income": _("Earned"),
    "liability": _("On its way to members’ banks"),
    "escrow": _("Set aside for what is going on"),
    "member": _("Owed to members"),
    "cause": _("Owed to causes"),
}
# Points are issued, not put in the bank.
POINT_GROUPS = {**GROUPS, "equity": _("Points in circulation")}


def _untitled(numbers: Collection[int]) -> Mapping[int, str]:
    return {}


_titles: Callable[[Collection[int]], Mapping[int, str]] = _untitled


def declare_kinds(kinds: dict[str, str | Promise]) -> None:
    """Name the kinds of entry a mechanism or a projector posts (from its `ready()`)."""
    _kinds.update(kinds)


def kind_in_words(kind: str) -> str:
    return str(_kinds.get(kind, kind))


def kinds_in_words() -> list[tuple[str, str]]:
    return sorted(((slug, str(told)) for slug, told in _kinds.items()), key=lambda pair: pair[1].casefold())


def name_initiatives(titles: Callable[[Collection[int]], Mapping[int, str]]) -> None:
    """Who knows what initiatives are called (told from its `ready()`): the books know their numbers only."""
    global _titles
    _titles = titles


def accounts_in_words(accounts: Iterable[Account]) -> dict[str, str]:
    """The name of each account by its code, for people who keep the books: members are named."""
    found = list(accounts)
    titles = _titles({each.initiative_id for each in found if each.initiative_id is not None})
    return {each.code: _in_words(each, titles) for each in found}


def account_in_words(account: Account) -> str:
    return accounts_in_words([account])[account.code]


def _in_words(account: Account, titles: Mapping[int, str]) -> str:
    if account.role == Account.Role.HOUSE:
        return str(HOUSE.get(account.name, account.name))
    if account.role == Account.Role.MEMBER:
        return f"{account.owner}, {MEMBER[account.name]}"
    if account.role == Account.Role.ESCROW:
        number = cast(int, account.initiative_id)
        return str(_("Set aside for “%(title)s”") % {"title": titles.get(number, f"n° {number}")})
    return str(_("Cause: %(name)s") % {"name": account.name})
