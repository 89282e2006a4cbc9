"""What stands in the house of a donation."""

from __future__ import annotations

from django.db.models import QuerySet

from essaim.connectors.donation.models import Donation
from essaim.listening.models import Mention


def mentions_of(donation: Donation) -> QuerySet[Mention]:
    """What was given and not taken back, the latest first."""
    given = Mention.objects.filter(gone_at=None, source=donation.source_id) if donation.source_id else None
    return (Mention.objects.none() if given is None else given).order_by("-published_at", "-pk")
