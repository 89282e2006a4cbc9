"""What the page of reading shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _

from essaim.listening.reading.models import Correction, Field, Kind, Polarity, Reader, Reading, Topic

_CLASSES = {"negative": Polarity.NEGATIVE, "neutral": Polarity.NEUTRAL, "positive": Polarity.POSITIVE}


@dataclass(frozen=True)
class Shown:
    """One task in one language: who reads, and all that was tried. `language` is empty for all languages."""

    task: str
    name: str
    language: str
    reader: Reader | None
    tried: list[Reader]
    corrections: int

    @property
    def quality(self) -> Mapping[str, Any] | None:
        return self.reader.card.get("quality") if self.reader else None

    @property
    def classes(self) -> list[tuple[str, Mapping[str, Any]]]:
        if not self.quality:
            return []
        return [(class_name(name), self.quality["classes"][name]) for name in self.quality["order"]]


def shown_readers(languages: list[str]) -> list[Shown]:
    """Every task, in every language of the house or of a reader."""
    readers = list(Reader.objects.order_by("-pk")[:200])
    counts = dict(
        Correction.objects.values_list("field")
        .annotate(n=Count("mention_id", distinct=True))
        .values_list("field", "n")
    )
    found = []
    for task in Reader.Task:
        own = [reader for reader in readers if reader.task == task]
        active = {reader.language: reader for reader in own if reader.state == Reader.State.ACTIVE}
        places = sorted(set(active) | (set(languages) if "" not in active else set()))
        for language in places:
            tried = [reader for reader in own if reader.language == language][:8]
            found.append(Shown(task, str(task.label), language, active.get(language), tried, counts.get(task, 0)))
    return found


def changed() -> list[tuple[str, str, str, int]]:
    """What the team changed: field, from, to, how often; the latest word on each mention counts."""
    last = Correction.objects.order_by("mention_id", "field", "-id").distinct("mention_id", "field").values("pk")
    rows = (
        Correction.objects.filter(pk__in=last)
        .values("field", "was", "value")
        .annotate(n=Count("pk"))
        .order_by("field", "-n", "was", "value")
    )
    return [
        (
            str(Field(row["field"]).label),
            value_name(row["field"], row["was"]),
            value_name(row["field"], row["value"]),
            row["n"],
        )
        for row in rows
    ]


def confirmed_share() -> tuple[int, int]:
    """How many corrections only confirmed what was read, of how many."""
    last = Correction.objects.order_by("mention_id", "field", "-id").distinct("mention_id", "field").values("pk")
    chosen = Correction.objects.filter(pk__in=last)
    return chosen.filter(was=F("value")).count(), chosen.count()


def read_by_language() -> list[tuple[str, int]]:
    rows = Reading.objects.values_list("language").annotate(n=Count("pk")).order_by("-n", "language")
    return [(language or _("unknown"), n) for language, n in rows[:12]]


def topics() -> QuerySet[Topic]:
    return Topic.objects.filter(gone_at=None)


def value_name(field: str, value: str) -> str:
    """A correction's value in words."""
    if field == Field.POLARITY and value in {"-1", "0", "1"}:
        return str(Polarity(int(value)).label)
    if field == Field.KIND and value in Kind.values:
        return str(Kind(value).label)
    if field == Field.HOSTILE:
        return _("yes") if value == "1" else _("no")
    return value or _("unknown")


def class_name(name: str) -> str:
    """A class of a card in words."""
    if name in _CLASSES:
        return str(_CLASSES[name].label)
    if name in Kind.values:
        return str(Kind(name).label)
    return {"yes": _("yes"), "no": _("no")}.get(name, name)


def error_rates(task: str, language: str) -> dict[str, tuple[float, float]] | None:
    """Sensitivity and specificity of each class, by the reader in use for the language (else for all languages);
    None when word lists read, whose errors nobody measured. `measures.corrected_share` takes them."""
    found = Reader.objects.filter(task=task, state=Reader.State.ACTIVE, language__in=[language, ""])
    reader = found.order_by("-language").first()
    if reader is None:
        return None
    classes = reader.card["quality"]["classes"]
    return {name: (one["sensitivity"], one["specificity"]) for name, one in classes.items()}
