"""What campaigns show outside their pages: errands and pledges in a member's place, duties in the studio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from essaim.initiatives.desk import Desk, Duty, Errand, Mine
from essaim.kit import clock
from essaim.mechanisms.crowdfunding import queries
from essaim.mechanisms.crowdfunding.domain.tiers import OptionKind
from essaim.mechanisms.crowdfunding.models import Campaign, OfflineMoney, Pledge, Question
from essaim.people.models import HouseRole, Member

Role = HouseRole.Role
State = Pledge.State
SHOWN = 6


def errands(member: Member) -> Iterator[Errand]:
    """Pledges to pay or to pay again, addresses to give, engravings to read over."""
    now = clock.now()
    own = Pledge.objects.filter(backer=member).select_related("campaign").order_by("expires_at", "pk")
    to_pay = own.filter(Q(expires_at=None) | Q(expires_at__gt=now), state__in=(State.UNPAID, State.FAILED))
    for pledge in to_pay.filter(method=Pledge.Method.ONLINE)[:10]:
        words = {"campaign": pledge.campaign.title}
        failed = pledge.state == State.FAILED
        text = (
            _("The payment of your pledge to “%(campaign)s” failed")
            if failed
            else _("Your pledge to “%(campaign)s” is not paid")
        )
        yield Errand(text % words, _("Pay again") if failed else _("Pay"), _page(pledge), pledge.expires_at)
    yield from _details(own)


def _details(own: Any) -> Iterator[Errand]:
    """What a funded campaign waits for before parcels leave."""
    rows = Campaign.objects.filter(outcome=Campaign.Outcome.SUCCEEDED)
    rows = rows.filter(Q(lock_at=None) | Q(lock_at__gt=clock.now()))
    locks = dict(rows.values_list("initiative", "lock_at"))
    paid = own.filter(state=State.PAID, waived=False, campaign__in=locks).prefetch_related("lines__tier")
    for pledge in paid[:20]:
        words, until = {"campaign": pledge.campaign.title}, locks[pledge.campaign_id]
        lines = list(pledge.lines.all())
        if not pledge.address and any(line.tier.ships for line in lines):
            yield Errand(
                _("Say where to send your reward of “%(campaign)s”") % words,
                _("Give the address"),
                _page(pledge),
                until,
            )
        elif pledge.engraving_checked_at is None and any(map(_engraved, lines)):
            yield Errand(
                _("Read over what will be engraved for you in “%(campaign)s”") % words,
                _("Read it"),
                _page(pledge),
                until,
            )


def _engraved(line: Any) -> bool:
    return any(
        option.get("kind") == OptionKind.ENGRAVING and line.options.get(option["slug"])
        for option in line.tier.options
    )


def _page(pledge: Pledge) -> str:
    return reverse("crowdfunding:own", args=[pledge.token])


def my_pledges(member: Member) -> Mapping[str, Any]:
    """The member's last pledges."""
    return {"pledges": list(queries.pledges_of(member)[:SHOWN])}


MINE = Mine("crowdfunding/place.html", my_pledges)


def unanswered() -> Any:
    """Questions of campaigns not answered yet."""
    shown = Question.objects.filter(answered_at=None, state=Question.State.PUBLISHED, initiative__closed_at=None)
    return shown.order_by("created_at")


def unconfirmed(member: Member) -> int:
    """Payments by hand that another person wrote and this one may confirm."""
    return OfflineMoney.objects.filter(confirmed_at=None).exclude(entered_by=member).count()


def unsettled() -> Any:
    """Funded campaigns worked off, with money still in the jar."""
    rows = Campaign.objects.filter(Q(outcome=Campaign.Outcome.SUCCEEDED) | Q(passed_at__isnull=False))
    return rows.exclude(worked_off_at=None).select_related("initiative")


def to_settle(member: Member) -> int:
    return sum(1 for row in unsettled() if queries.money(row.initiative).escrow)


def to_send() -> int:
    """Paid parcels whose choices are locked and that have not left."""
    now = clock.now()
    locked = Campaign.objects.filter(lock_at__lte=now).values("initiative")
    sent = Pledge.objects.filter(campaign__in=locked, state=State.PAID, waived=False, delivery=None)
    return sent.filter(lines__tier__ships=True).distinct().count()


def _desk() -> str:
    return reverse("crowdfunding-studio:desk")


DUTIES = (
    Duty(
        slug="crowdfunding-refunds",
        title=ngettext_lazy("%(count)d refund to be sent by hand", "%(count)d refunds to be sent by hand", "count"),
        act=gettext_lazy("Send back"),
        count=lambda member: queries.refunds_by_hand().count(),
        url=_desk,
        roles=frozenset({Role.TREASURER.value}),
        urgent=True,
    ),
    Duty(
        slug="crowdfunding-settle",
        title=ngettext_lazy("%(count)d funded campaign to settle", "%(count)d funded campaigns to settle", "count"),
        act=gettext_lazy("Settle"),
        count=to_settle,
        url=_desk,
        roles=frozenset({Role.TREASURER.value}),
    ),
    Duty(
        slug="crowdfunding-confirm",
        title=ngettext_lazy("%(count)d payment by hand to confirm", "%(count)d payments by hand to confirm", "count"),
        act=gettext_lazy("Confirm"),
        count=unconfirmed,
        url=_desk,
        roles=frozenset({Role.TREASURER.value, Role.MANAGER.value}),
    ),
    Duty(
        slug="crowdfunding-questions",
        title=ngettext_lazy("%(count)d question about a campaign", "%(count)d questions about campaigns", "count"),
        act=gettext_lazy("Answer"),
        count=lambda member: unanswered().count(),
        url=_desk,
        roles=frozenset({Role.MANAGER.value}),
    ),
    Duty(
        slug="crowdfunding-parcels",
        title=ngettext_lazy("%(count)d parcel to send", "%(count)d parcels to send", "count"),
        act=gettext_lazy("Send"),
        count=lambda member: to_send(),
        url=_desk,
        roles=frozenset({Role.MANAGER.value}),
    ),
)
DESK = Desk(
    slug="crowdfunding",
    wing="share",
    title=gettext_lazy("Campaigns"),
    url="crowdfunding-studio:desk",
    roles=frozenset({Role.MANAGER.value, Role.TREASURER.value, Role.OWNER.value, Role.ANALYST.value}),
    duties=DUTIES,
)
