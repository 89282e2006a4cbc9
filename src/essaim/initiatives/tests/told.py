"""What the stream says: its last activity, and the types of all."""

from __future__ import annotations

from typing import Any

from essaim.activity.models import Activity


def last() -> dict[str, Any]:
    return Activity.objects.order_by("-pk").values("type", "verb", "actor", "object_id", "payload", "public")[0]


def activities() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("type", flat=True))
