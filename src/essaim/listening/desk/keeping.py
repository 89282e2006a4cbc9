"""What the desk still needs when its time is over: answered in public, promised, put off."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from essaim.listening.desk.models import Item, Promise


def needed(numbers: Sequence[int]) -> set[int]:
    """Those of these mentions that stay: part of a dialogue, or of a promise."""
    kept = Q(first_answer_at__isnull=False) | Q(state=Item.State.SNOOZED)
    items = Item.objects.filter(kept, mention_id__in=numbers).values_list("mention_id", flat=True)
    promised = Promise.objects.filter(mention_id__in=numbers).values_list("mention_id", flat=True)
    return {*items, *promised}
