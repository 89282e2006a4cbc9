"""What a community's page shows of its initiatives and products: what one can join now, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.http import HttpRequest
from django.template.loader import render_to_string

from essaim.communities.models import Community
from essaim.home.queries import open_now
from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative
from essaim.initiatives.queries import visible_to
from essaim.kit import clock
from essaim.people.models import Member
from essaim.products.models import Product

OPEN = DONE = 6


@dataclass(frozen=True)
class Done:
    """An initiative whose last day has passed."""

    initiative: Initiative
    ended_at: datetime

    @property
    def kind(self) -> str:
        return str(mechanism(self.initiative.mechanism).name)


def open_initiatives(community: Community, request: HttpRequest) -> str:
    """A card for each initiative that calls people now."""
    cards = open_now(_viewer(request), community=community, limit=OPEN)
    return render_to_string("home/_community_open.html", {"open_cards": cards}, request) if cards else ""


def done_here(community: Community, request: HttpRequest) -> str:
    """The products, and what came to its end, the latest first."""
    found = {"products": list(Product.objects.filter(community=community)[:DONE]), "done": done(community, request)}
    return render_to_string("home/_community_done.html", found, request) if any(found.values()) else ""


def done(community: Community, request: HttpRequest) -> list[Done]:
    known = visible_to(request.user).filter(community=community).annotate(last=Max("phases__ends_at"))
    over = known.filter(last__lte=clock.now()).order_by("-last", "-pk")[:DONE]
    return [Done(one, one.last) for one in over]


def _viewer(request: HttpRequest) -> Member | None:
    return request.user if isinstance(request.user, Member) else None
