"""Activities told as sentences in the reader's language, with links to who and what they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from essaim.activity.models import Activity
from essaim.activity.vocabulary import VOCABULARY, ActivityType
from essaim.kit.money import format_amount

INITIATIVE = "initiatives.initiative"
ISO_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")


@dataclass(frozen=True)
class Named:
    """A thing as it may be named: nothing of it when it is gone or hidden; a draft to those involved only."""

    name: str
    url: str = ""
    draft: Named | None = None

    @property
    def html(self) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.url, self.name) if self.url else format_html("{}", self.name)


@dataclass(frozen=True)
class Told:
    """One activity, ready to be shown."""

    activity: Activity
    html: SafeString
    object: Named | None
    yours: bool

    @property
    def text(self) -> str:
        return unescaped(strip_tags(self.html))

    @property
    def at(self) -> datetime:
        return self.activity.at

    @property
    def url(self) -> str:
        """Where the reader goes from here: to what was acted upon."""
        return self.object.url if self.object else ""


def unescaped(html: str) -> str:
    from html import unescape

    return unescape(html)


def tell_all(activities: Iterable[Activity], reader: Any = None) -> list[Told]:
    """Tell a page of activities; the number of queries does not grow with them."""
    listed = list(activities)
    things = load_objects(listed)
    return [tell(activity, reader, things=things) for activity in listed]


def tell(activity: Activity, reader: Any = None, *, things: dict[tuple[str, int], Named] | None = None) -> Told:
    """Tell one activity: to its actor in the second person, to others in the third."""
    known = load_objects([activity]) if things is None else things
    yours = reader is not None and activity.actor_id is not None and activity.actor_id == getattr(reader, "pk", None)
    type_ = VOCABULARY.get(activity.type)
    thing = known.get((activity.object_type, activity.object_id or 0))
    if thing is not None and thing.draft and getattr(reader, "pk", 0) in (activity.actor_id, activity.target_id):
        thing = thing.draft
    words = _words(activity, type_, thing, known)
    if type_ is None:
        template = _("%(actor)s did something in a part of the house that is no longer there")
    else:
        template = str(type_.sentence.you if yours else type_.sentence.other)
    # The template is ours and each word is escaped.
    return Told(activity, mark_safe(conditional_escape(template) % words), thing, yours)


def _words(
    activity: Activity, type_: ActivityType | None, thing: Named | None, known: dict[tuple[str, int], Named]
) -> dict[str, SafeString]:
    words = {
        name: _payload_word(name, value, type_)
        for name, value in activity.payload.items()
        if name not in {"actor", "object", "target", "community", "initiative"}
    }
    for name, label in type_.refers if type_ is not None else ():
        words[name] = known.get((label, activity.payload.get(name) or 0), Named("…")).html
    amount, unit = activity.payload.get("amount"), activity.payload.get("unit")
    if isinstance(amount, int) and isinstance(unit, str):
        words["money"] = format_html("{}", format_amount(amount, unit))
    initiative = known.get((INITIATIVE, activity.initiative_id or 0))
    words["actor"] = person(activity.actor).html
    words["target"] = person(activity.target).html
    words["community"] = _named(activity.community).html
    words["initiative"] = (initiative or Named("…")).html
    words["object"] = (thing or Named("…")).html
    return words


def _payload_word(name: str, value: Any, type_: ActivityType | None) -> SafeString:
    if value is None or value == "":
        return format_html("{}", "…")
    if type_ is not None and name in type_.translate:
        return format_html("{}", _(str(value)))
    return format_html("{}", _day(value) if name == "period" or name.endswith("_on") else value)


def _day(value: Any) -> Any:
    """A day or a month kept as ISO 8601 is told as people read it; anything else stays as it is."""
    if not ISO_DAY.fullmatch(str(value)):
        return value
    day = date.fromisoformat(value if len(value) > len("2026-01") else f"{value}-01")
    return date_format(day, "j F Y" if len(value) > len("2026-01") else "F Y")


def person(member: Any) -> Named:
    """A member by name; the house when no one acted, a former member when he is gone."""
    if member is None:
        return Named(_("The house"))
    if member.erased_at is not None:
        return Named(_("a former member"))
    return Named(str(member), member.get_absolute_url())


def load_objects(activities: Sequence[Activity]) -> dict[tuple[str, int], Named]:
    """What the activities name, one query per kind of thing: (model label, key) → its name."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for activity in activities:
        if activity.object_type and activity.object_id is not None:
            wanted[activity.object_type].add(activity.object_id)
        if activity.initiative_id is not None:
            wanted[INITIATIVE].add(activity.initiative_id)
        for label, key in _referred(activity):
            wanted[label].add(key)
    found: dict[tuple[str, int], Named] = {}
    for label, keys in wanted.items():
        for row in _rows(label, keys):
            found[label, row.pk] = _named(row)
    return found


def _referred(activity: Activity) -> Iterator[tuple[str, int]]:
    """The rows its payload names by number."""
    type_ = VOCABULARY.get(activity.type)
    for name, label in type_.refers if type_ is not None else ():
        key = activity.payload.get(name)
        if isinstance(key, int):
            yield label, key


def _rows(label: str, keys: set[int]) -> Iterable[models.Model]:
    """The rows still there; none when the folder that had them was removed from the house."""
    try:
        model = apps.get_model(label)
    except LookupError:
        return []
    related = getattr(model, "told_with", ())
    rows: models.QuerySet[Any] = model._default_manager.filter(pk__in=keys)
    return rows.select_related(*related) if related else rows


def _named(row: Any) -> Named:
    """`told()` gives the name in a sentence, else the row's own; `is_visible` says whether it may be named.

    What `is_draft` and not visible is named to those its activities involve.
    """
    if row is None or getattr(row, "erased_at", None):
        return Named("…")
    seen = getattr(row, "is_visible", True)
    if not seen and not getattr(row, "is_draft", False):
        return Named("…")
    name = row.told() if hasattr(row, "told") else str(row)
    named = Named(name or "…", _address(row))
    return named if seen else Named("…", draft=named)


def _address(row: Any) -> str:
    try:
        return str(row.get_absolute_url())
    except (AttributeError, NoReverseMatch):
        return ""
