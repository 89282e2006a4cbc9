"""A member's own place, gathered from the folders below and from every mechanism."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from essaim.communities.models import CharterVersion, Membership
from essaim.initiatives.desk import Errand, hung_errands
from essaim.initiatives.queries import mechanisms_on
from essaim.kit import clock
from essaim.ledger import queries as ledger
from essaim.people.consents import WORDINGS, Wording
from essaim.people.models import Member
from essaim.people.queries import consents_in_force
from essaim.standing.models import Score

POINTS = "PT"
SHOWN_SCORES = ("points", "level", "trust_level")


def errands(member: Member) -> list[Errand]:
    """What waits for the member here, in every mechanism and in the folders beside; what ends soonest first."""
    found = [*_own_errands(member), *hung_errands(member)]
    for manifest in mechanisms_on():
        found += manifest.errands(member) if manifest.errands is not None else ()
    return sorted(found, key=lambda errand: (errand.until is None, errand.until or clock.now()))


def _own_errands(member: Member) -> Iterator[Errand]:
    if member.email_confirmed_at is None:
        text = _("Confirm your e-mail address: without it you cannot vote")
        yield Errand(text, _("Confirm"), reverse("account_email_verification_sent"))
    for membership in memberships(member):
        yield from _membership_errand(membership)


def _membership_errand(membership: Membership) -> Iterator[Errand]:
    community = membership.community
    names = {"community": community.name}
    if membership.state == Membership.State.INVITED:
        yield Errand(_("You are invited to “%(community)s”") % names, _("Answer"), community.get_absolute_url())
    elif membership.state == Membership.State.ACTIVE and membership.charter_id != membership.current_charter:  # type: ignore[attr-defined]
        text = _("The charter of “%(community)s” changed: read it and accept it again") % names
        yield Errand(text, _("Read it"), reverse("communities:charter", args=[community.slug]))


def memberships(member: Member) -> QuerySet[Membership]:
    """Where the member is, is invited or waits, each with the charter in force."""
    latest = CharterVersion.objects.filter(community=OuterRef("community")).order_by("-number").values("pk")[:1]
    here = (Membership.State.ACTIVE, Membership.State.INVITED, Membership.State.REQUESTED)
    rows = Membership.objects.filter(member=member, state__in=here).select_related("community")
    return rows.annotate(current_charter=Subquery(latest)).order_by(F("community__sort_key"))


@dataclass(frozen=True)
class Part:
    """A mechanism's part of the page."""

    template: str
    context: Any


def parts(member: Member) -> list[Part]:
    return [
        Part(manifest.mine.template, manifest.mine.context(member))
        for manifest in mechanisms_on()
        if manifest.mine is not None
    ]


def accounts(member: Member) -> list[dict[str, Any]]:
    """Each currency with what may be used and what is held; points are not money and stand with the level."""
    units: dict[str, dict[str, Any]] = {}
    for account in ledger.member_accounts(member):
        if account.unit == POINTS:
            continue
        line = units.setdefault(account.unit, {"unit": account.unit, "balance": 0, "held": 0})
        line["held" if account.name == "held" else "balance"] += account.balance or 0
    return sorted(units.values(), key=lambda line: line["unit"])


def standing(member: Member) -> dict[str, Score]:
    """Points and level in the whole house, by kind."""
    scores = Score.objects.filter(member=member, community=None, kind__in=SHOWN_SCORES)
    return {score.kind: score for score in scores}


@dataclass(frozen=True)
class Agreed:
    """One purpose in plain words, and whether the member consents."""

    wording: Wording
    on: bool


def consents(member: Member) -> list[Agreed]:
    force = consents_in_force(member)
    return [Agreed(one, str(one.purpose) in force and force[str(one.purpose)].granted) for one in WORDINGS]
