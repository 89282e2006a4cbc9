"""A member's communities, on his public page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from essaim.communities.models import Membership
from essaim.communities.queries import readable_by
from essaim.people.models import Member


def memberships(member: Member, request: HttpRequest) -> str:
    """The communities the reader may look into, with the role held there."""
    active = Membership.objects.filter(member=member, state=Membership.State.ACTIVE)
    shown = active.filter(community__in=readable_by(request.user)).select_related("community")
    rows = list(shown.order_by("community__sort_key"))
    return render_to_string("communities/shelf.html", {"rows": rows}, request) if rows else ""
