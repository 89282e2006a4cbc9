"""What is kept about members who donated, and how it goes with them."""

from __future__ import annotations

from typing import Any

from essaim.connectors.donation.models import Donation
from essaim.listening.intake.gone import empty
from essaim.listening.models import Mention
from essaim.people import rights
from essaim.people.models import Member


def donations_of(member: Member) -> list[dict[str, Any]]:
    """Each donation with its posts still here, one row a post."""
    rows: list[dict[str, Any]] = []
    for donation in Donation.objects.filter(member=member):
        head = {"file": donation.name, "state": donation.state, "given": donation.given_at}
        said = Mention.objects.filter(source=donation.source_id, gone_at=None) if donation.source_id else ()
        rows += [{**head, "published": one.published_at, "url": one.url, "text": one.text} for one in said] or [head]
    return rows


def forget(member: Member) -> None:
    """Everything he gave is emptied, and everything not given yet is thrown away."""
    sources = Donation.objects.filter(member=member, source__isnull=False).values_list("source_id", flat=True)
    empty(list(Mention.objects.filter(source__in=list(sources), gone_at=None).values_list("pk", flat=True)))
    Donation.objects.filter(member=member).delete()


rights.register("donations", portrait=donations_of, erase=forget)
