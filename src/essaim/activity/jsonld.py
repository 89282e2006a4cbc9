"""The stream in ActivityStreams 2.0 (W3C Recommendation, 2017), as JSON-LD."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from essaim.activity.models import Activity
from essaim.activity.telling import Told, tell_all
from essaim.kit.vocabulary import OURS

CONTENT_TYPE = "application/activity+json"
PAGE = 50
STREAMS = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{STREAMS}#Public"

# Our verbs are activities too; a program that does not know them still reads the rest.
CONTEXT = [STREAMS, {"essaim": "urn:essaim:verb:", **{str(verb): f"essaim:{verb}" for verb in sorted(OURS)}}]

Document = dict[str, Any]


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}" if path.startswith("/") else path


def activity_id(activity: Activity) -> str:
    return absolute(reverse("activity:activity", args=[activity.pk]))


def collection(stream: QuerySet[Activity], *, url: str, name: str) -> Document:
    """The OrderedCollection, with the way to its first and last page."""
    return {
        "@context": CONTEXT,
        "id": url,
        "type": "OrderedCollection",
        "name": name,
        "totalItems": stream.count(),
        "first": f"{url}?page=1",
        "last": f"{url}?page=1&after=0",
    }


def page(stream: QuerySet[Activity], *, url: str, before: int | None = None, after: int | None = None) -> Document:
    """One OrderedCollectionPage, newest first: the activities before, or the nearest after, an activity's number."""
    rows, has_newer, has_older = cut(stream, PAGE, before=before, after=after)
    document: Document = {
        "@context": CONTEXT,
        "id": url + _position(before, after),
        "type": "OrderedCollectionPage",
        "partOf": url,
        "orderedItems": [without_context(item) for item in map(item_of, tell_all(rows))],
    }
    if rows and has_older:
        document["next"] = f"{url}?page=1&before={rows[-1].pk}"
    if rows and has_newer:
        document["prev"] = f"{url}?page=1&after={rows[0].pk}"
    return document


def cut(
    stream: QuerySet[Activity], size: int, *, before: int | None = None, after: int | None = None
) -> tuple[list[Activity], bool, bool]:
    """(rows newest first, whether newer ones exist, whether older ones exist), by key: no row is skipped when
    new ones arrive meanwhile."""
    if after is not None:
        found = list(stream.filter(pk__gt=after).order_by("pk")[: size + 1])
        rows = found[:size][::-1]
        return rows, len(found) > size, bool(rows) and stream.filter(pk__lt=rows[-1].pk).exists()
    found = list((stream if before is None else stream.filter(pk__lt=before))[: size + 1])
    rows = found[:size]
    return rows, before is not None and bool(rows), len(found) > size


def _position(before: int | None, after: int | None) -> str:
    if after is not None:
        return f"?page=1&after={after}"
    return "?page=1" if before is None else f"?page=1&before={before}"


def without_context(document: Document) -> Document:
    return {key: value for key, value in document.items() if key != "@context"}


def item_of(told: Told) -> Document:
    """One activity; a tombstone when its actor is gone."""
    activity = told.activity
    if activity.erased_at is not None and (activity.actor is None or activity.actor.erased_at is not None):
        return _tombstone(activity)
    document: Document = {
        "@context": CONTEXT,
        "id": activity_id(activity),
        "type": activity.verb,
        "published": activity.at.isoformat(),
        "summaryMap": {(get_language() or "en").split("-")[0]: told.text},
        "to": [PUBLIC],
    }
    if activity.actor is not None:
        document["actor"] = actor_of(activity.actor)
    if (thing := object_of(told)) is not None:
        document["object"] = thing
    if activity.target is not None and activity.target.erased_at is None:
        document["target"] = actor_of(activity.target)
    if activity.community is not None:
        document["context"] = _link("Group", str(activity.community), activity.community.get_absolute_url())
    return document


def object_of(told: Told) -> Document | None:
    """What was acted upon; a tombstone when it is no longer there or no longer shown."""
    activity = told.activity
    if not activity.object_type:
        return None
    identity = f"urn:essaim:{activity.object_type}:{activity.object_id}"
    if told.object is None or told.object.name == "…":
        return {"type": "Tombstone", "id": identity}
    return _link("Object", told.object.name, told.object.url, identity)


def actor_of(member: Any) -> Document:
    if member.erased_at is not None:
        return {"type": "Tombstone", "id": f"urn:essaim:member:{member.pk}", "formerType": "Person"}
    return {
        **_link("Person", str(member), member.get_absolute_url()),
        "preferredUsername": member.handle,
    }


def _link(type_: str, name: str, url: str, identity: str = "") -> Document:
    document = {"type": type_, "id": absolute(url) if url else identity, "name": name}
    return {**document, "url": absolute(url)} if url else document


def _tombstone(activity: Activity) -> Document:
    deleted = activity.erased_at.isoformat() if activity.erased_at else ""
    return {
        "@context": CONTEXT,
        "id": activity_id(activity),
        "type": "Tombstone",
        "formerType": activity.verb,
        "published": activity.at.isoformat(),
        "deleted": deleted,
    }
