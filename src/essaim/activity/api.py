"""The public stream, for programs that prefer plain JSON to ActivityStreams."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from essaim.activity import queries, telling
from essaim.activity.models import Activity
from essaim.kit.api import MOST, PROBLEMS, reader

router = Router(tags=["activity"])
LARGEST = 2**63 - 1


class ActivityOut(Schema):
    id: int
    type: str
    verb: str
    at: datetime
    actor: str | None
    target: str | None
    community: str | None
    initiative: int | None
    object_type: str
    object_id: int | None
    payload: dict[str, Any]
    text: str


class Stretch(Schema):
    """The stream is read by position, so that nothing is missed or repeated while it grows."""

    before: int | None = Field(None, ge=0, le=LARGEST, description="Only activities with a smaller number")
    after: int | None = Field(None, ge=0, le=LARGEST, description="Only activities with a greater number")
    type: str = Field("", max_length=60)
    community: str = Field("", max_length=60)
    initiative: int | None = Field(None, ge=0, le=LARGEST)
    limit: int = Field(50, ge=1, le=MOST)


class StreamOut(Schema):
    items: list[ActivityOut]
    more: bool


@router.get("", response={200: StreamOut, **PROBLEMS}, summary="What happened, the newest first")
def stream(request: HttpRequest, stretch: Query[Stretch]) -> object:
    rows = queries.visible_to(reader(request))
    wanted = {
        "pk__lt": stretch.before,
        "pk__gt": stretch.after,
        "type": stretch.type or None,
        "community__slug": stretch.community or None,
        "initiative_id": stretch.initiative,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    found = list(rows[: stretch.limit + 1])
    told = telling.tell_all(found[: stretch.limit], reader(request))
    return {"items": [_out(each) for each in told], "more": len(found) > stretch.limit}


@router.get("{int:pk}/", response={200: ActivityOut, **PROBLEMS}, summary="One activity")
def activity(request: HttpRequest, pk: int) -> object:
    row = get_object_or_404(queries.visible_to(reader(request)), pk=pk)
    return _out(telling.tell(row, reader(request)))


def _out(told: telling.Told) -> dict[str, Any]:
    row: Activity = told.activity
    return {
        "id": row.pk,
        "type": row.type,
        "verb": row.verb,
        "at": row.at,
        "actor": row.actor.handle if row.actor else None,
        "target": row.target.handle if row.target else None,
        "community": row.community.slug if row.community else None,
        "initiative": row.initiative_id,
        "object_type": row.object_type,
        "object_id": row.object_id,
        "payload": row.payload,
        "text": told.text,
    }
