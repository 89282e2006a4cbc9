"""What campaigns show outside their pages: what waits for a member, her last cheers, duties in the studio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from essaim.communities.models import Membership
from essaim.initiatives.desk import Desk, Duty, Errand, Mine
from essaim.initiatives.models import Phase
from essaim.kit import clock
from essaim.mechanisms.cheer import queries
from essaim.mechanisms.cheer.models import Cheer, PersonalLink
from essaim.people.models import HouseRole, Member

Role = HouseRole.Role
SHOWN = 5


def errands(member: Member) -> Iterator[Errand]:
    """Rounds that run in her communities, and in which she has not cheered."""
    now, key = clock.now(), queries.supporter_key(member)
    own = Membership.objects.filter(member=member, state=Membership.State.ACTIVE).values("community")
    running = Phase.objects.filter(
        initiative__mechanism=queries.SLUG, initiative__community__in=own, initiative__opened_at__isnull=False,
        initiative__halted_at=None, starts_at__lte=now, ends_at__gt=now, ended_at=None,
    ).select_related("initiative")  # fmt: skip
    for phase in running.order_by("ends_at")[:SHOWN]:
        if queries.standing_cheer(phase, key) is None:
            words = {"campaign": phase.initiative.title}
            text = _("Your voice is missing in “%(campaign)s”") % words
            yield Errand(text, _("Cheer"), phase.initiative.get_absolute_url(), phase.ends_at)


def my_cheers(member: Member) -> Mapping[str, Any]:
    """Her last cheers, and how many came through her links."""
    key = queries.supporter_key(member)
    cheers = list(Cheer.objects.filter(supporter=key).select_related("camp", "campaign").order_by("-id")[:SHOWN])
    links = PersonalLink.objects.filter(supporter=key, campaign__in=[cheer.campaign_id for cheer in cheers])
    return {"cheers": cheers, "came": sum(link.came for link in links)}


MINE = Mine("cheer/place.html", my_cheers)


def _desk() -> str:
    return reverse("cheer-studio:desk")


DUTIES = (
    Duty(
        slug="cheer-messages",
        title=ngettext_lazy("%(count)d message for the wall", "%(count)d messages for the wall", "count"),
        act=gettext_lazy("Read them"),
        count=lambda member: queries.waiting_messages().count(),
        url=_desk,
        roles=frozenset({Role.MODERATOR.value, Role.MANAGER.value}),
        urgent=True,
    ),
)
DESK = Desk(
    slug="cheer",
    wing="gather",
    title=gettext_lazy("Cheers"),
    url="cheer-studio:desk",
    roles=frozenset({Role.MANAGER.value, Role.MODERATOR.value, Role.OWNER.value}),
    duties=DUTIES,
)
