"""The studio's own act: deliveries that failed are tried again now."""

from __future__ import annotations

from django.db import transaction

from essaim.activity import outbox
from essaim.activity.models import Delivery
from essaim.kit import clock


@transaction.atomic
def retry_deliveries() -> int:
    """Make every failed delivery due now and ring for them; how many."""
    count = Delivery.objects.filter(attempts__gt=0).update(due_at=clock.now())
    transaction.on_commit(outbox.ring)
    return count
