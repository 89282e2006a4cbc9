"""Duties of the kernel's own folders, which have no manifest."""

from __future__ import annotations

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from essaim.activity.models import Delivery
from essaim.communities.models import Membership
from essaim.initiatives.desk import Duty
from essaim.ledger.payouts.queries import contradicted, payouts_waiting
from essaim.people.models import Member
from essaim.studio.policy import Role
from essaim.studio.queue import register


def failed_deliveries(member: Member) -> int:
    return Delivery.objects.filter(attempts__gt=0).count()


def membership_requests(member: Member) -> int:
    return Membership.objects.filter(state=Membership.State.REQUESTED).count()


def payouts_to_approve(member: Member) -> int:
    """Asked for and not approved by this person yet; nobody approves his own."""
    return payouts_waiting().exclude(member=member).exclude(approvals__approver=member).count()


def register_all() -> None:
    register(
        Duty(
            slug="deliveries",
            title=ngettext_lazy(
                "%(count)d consequence failed and is tried again",
                "%(count)d consequences failed and are tried again",
                "count",
            ),
            act=_("See the errors"),
            count=failed_deliveries,
            url=lambda: reverse("studio:deliveries"),
            roles=frozenset({Role.MANAGER.value}),
            urgent=True,
        ),
        Duty(
            slug="requests",
            title=ngettext_lazy(
                "%(count)d person asks to join a community", "%(count)d people ask to join a community", "count"
            ),
            act=_("Answer"),
            count=membership_requests,
            url=lambda: reverse("studio:requests"),
            roles=frozenset({Role.MANAGER.value, Role.MODERATOR.value}),
        ),
        Duty(
            slug="payout-doubts",
            title=ngettext_lazy(
                "%(count)d payout of which the provider says two things",
                "%(count)d payouts of which the provider says two things",
                "count",
            ),
            act=_("Look at them"),
            count=lambda member: contradicted().count(),
            url=lambda: reverse("ledger_studio:payouts"),
            roles=frozenset({Role.TREASURER.value}),
            urgent=True,
        ),
        Duty(
            slug="payouts",
            title=ngettext_lazy(
                "%(count)d payout waits for your approval", "%(count)d payouts wait for your approval", "count"
            ),
            act=_("Look at them"),
            count=payouts_to_approve,
            url=lambda: reverse("ledger_studio:payouts"),
            roles=frozenset({Role.TREASURER.value}),
        ),
    )  # fmt: skip
    if apps.is_installed("essaim.projectors.notices"):
        register(letters())


def letters() -> Duty:
    """For a house that has not taken the notices off its list."""
    from essaim.projectors.notices.queries import letters_to_look_at

    return Duty(
        slug="letters",
        title=ngettext_lazy(
            "%(count)d letter did not leave for sure", "%(count)d letters did not leave for sure", "count"
        ),
        act=_("Look at them"),
        count=lambda member: letters_to_look_at().count(),
        url=lambda: reverse("notices:letters"),
        roles=frozenset({Role.MANAGER.value}),
    )
