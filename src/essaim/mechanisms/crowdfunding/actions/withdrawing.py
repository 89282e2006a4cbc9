"""The right of withdrawal from a sale: declared, then confirmed; the receipt holds content, date and hour."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from essaim.activity.record import record
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.kit.money import format_amount
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.actions.money import release, returnable
from essaim.mechanisms.crowdfunding.actions.pledging import locked, must_be
from essaim.mechanisms.crowdfunding.domain import errors, law
from essaim.mechanisms.crowdfunding.letters import write_news
from essaim.mechanisms.crowdfunding.models import Delivery, Pledge, Withdrawal
from essaim.mechanisms.crowdfunding.payloads import WithdrawalConfirmed, WithdrawalDeclared
from essaim.people.models import Member
from essaim.people.queries import house

State = Pledge.State


def withdrawal_ends(pledge: Pledge) -> datetime | None:
    """The last moment to withdraw; None while it has not begun (the goods have not arrived)."""
    rules = queries.rules_of(pledge.campaign)
    lines = pledge.lines.filter(tier__ships=True)
    if lines.exists() and not pledge.waived:
        arrived = Delivery.objects.filter(pledge=pledge).values_list("delivered_at", flat=True).first()
        return _ends(arrived, rules.country) if arrived else None
    return _ends(pledge.confirmed_at, rules.country) if pledge.confirmed_at else None


def _ends(start: datetime, country: str) -> datetime:
    return law.withdrawal_ends(timezone.localdate(start), country)


def check_withdrawal(pledge: Pledge) -> None:
    """Raises NoWithdrawal, WithdrawalOver, MadeForYou, WithdrawalMade, PledgeMovedOn."""
    if not queries.rules_of(pledge.campaign).is_sale or pledge.tier_id is None or pledge.waived:
        raise errors.NoWithdrawal
    if Withdrawal.objects.filter(pledge=pledge).exclude(confirmed_at=None).exists():
        raise errors.WithdrawalMade
    must_be(pledge, State.HELD, State.PAID)
    ends = withdrawal_ends(pledge)
    if ends is not None and clock.now() >= ends:
        line = law.figure(law.WITHDRAWAL_DAYS, queries.rules_of(pledge.campaign).country, clock.now().date())
        raise errors.WithdrawalOver(days=line.value if line else 14, day=f"{timezone.localtime(ends):%d/%m/%Y}")
    if _made_for_him(pledge):
        raise errors.MadeForYou


def _made_for_him(pledge: Pledge) -> bool:
    """Something was engraved or written for this person, and choices are locked: it is being made."""
    if not queries.choices_locked(pledge):
        return False
    return any(
        option.kind == "engraving" and line.options.get(option.slug)
        for line in pledge.lines.select_related("tier")
        for option in line.tier.as_offer().options
    )


@transaction.atomic
def declare_withdrawal(*, pledge: Pledge, actor: Member | None) -> Withdrawal:
    """First step: the backer says that he withdraws; nothing happens yet."""
    campaign, pledge = locked(pledge)
    allow(policy.own_pledge, actor, pledge)
    check_withdrawal(pledge)
    declared, new = Withdrawal.objects.get_or_create(pledge=pledge)
    if new:
        record(WithdrawalDeclared(pledge.number), actor=actor, object=pledge, initiative=campaign)
    return declared


@transaction.atomic
def confirm_withdrawal(*, withdrawal: Withdrawal, actor: Member | None) -> Withdrawal:
    """Second step: confirmed, it stands. All he paid goes back, shipping too; the receipt is kept and mailed."""
    campaign, pledge = locked(withdrawal.pledge)
    allow(policy.own_pledge, actor, pledge)
    withdrawal = Withdrawal.objects.get(pk=withdrawal.pk)
    if withdrawal.confirmed_at is not None:
        return withdrawal
    check_withdrawal(pledge)
    withdrawal.amount, withdrawal.confirmed_at = returnable(pledge), clock.now()
    withdrawal.receipt = _receipt(withdrawal, pledge, campaign)
    withdrawal.sha256 = hashlib.sha256(withdrawal.receipt.encode()).hexdigest()
    withdrawal.save()
    release([pledge], State.WITHDRAWN)
    told = WithdrawalConfirmed(pledge.number, withdrawal.amount, pledge.unit)
    record(told, actor=actor, object=pledge, initiative=campaign)
    with override(pledge.language or "fr"):
        subject = gettext("Receipt of your withdrawal from %(campaign)s") % {"campaign": campaign.title}
    write_news(pledge, "withdrawal", subject, withdrawal.receipt, mark="")
    return withdrawal


def _receipt(withdrawal: Withdrawal, pledge: Pledge, campaign: Initiative) -> str:
    """What, when to the second, how much goes back and until when (article L221-24: 14 days)."""
    language = pledge.language or "fr"
    with override(language):
        lines = "\n".join(f"– {line.quantity} × {line.tier.title}" for line in pledge.lines.select_related("tier"))
        facts = {
            "house": house().name,
            "campaign": campaign.title,
            "number": pledge.number,
            "name": str(pledge.backer) if pledge.backer else pledge.name or pledge.email,
            "lines": lines,
            "amount": format_amount(withdrawal.amount, pledge.unit, language),
            "declared": _told(withdrawal.declared_at),
            "confirmed": _told(withdrawal.confirmed_at or clock.now()),
        }
        return (
            gettext(
                "Receipt of withdrawal\n\n%(name)s withdraws from pledge %(number)s to “%(campaign)s”:\n%(lines)s\n\n"
                "Declared on %(declared)s, confirmed on %(confirmed)s.\n\n%(amount)s is paid back by the means of "
                "payment you used, within 14 days at the latest. Goods already received are to be sent back within "
                "14 days.\n\n%(house)s"
            )
            % facts
        )


def _told(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M:%S %Z}"
