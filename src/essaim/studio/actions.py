"""The studio's own act: deliveries that failed are tried again now."""

from __future__ import annotations

from django.db import transaction

from essaim.activity import outbox
from essaim.activity.models import Delivery
from essaim.kit import clock


@transaction.atomic
def retry_deliveries() -> int:
    """Make every failed delivery due now and wake the projectors concerned; how many."""
    failed = Delivery.objects.filter(attempts__gt=0)
    slugs = list(failed.values_list("projector", flat=True).distinct())
    count = failed.update(due_at=clock.now())
    for slug in slugs:
        transaction.on_commit(lambda slug=slug: outbox.ring(slug))  # type: ignore[misc]
    return count
