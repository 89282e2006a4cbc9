"""What communities keep about a member."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from essaim.communities.models import Membership
from essaim.kit import clock
from essaim.people import rights
from essaim.people.models import Member


def memberships(member: Member) -> list[dict[str, Any]]:
    fields = ("community__slug", "community__name", "role", "state", "charter__number", "joined_at", "left_at")
    return list(Membership.objects.filter(member=member).order_by("id").values(*fields))


@transaction.atomic
def leave_all(member: Member) -> None:
    """The places stay free under the pseudonym; the house's managers look after a community left without host."""
    rows = Membership.objects.filter(member=member).exclude(state=Membership.State.LEFT)
    rows.update(state=Membership.State.LEFT, role=Membership.Role.MEMBER, left_at=clock.now())


def register_all() -> None:
    rights.register("memberships", portrait=memberships, erase=leave_all)
