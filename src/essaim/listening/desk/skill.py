"""How well the reader in use tells favourable from unfavourable, for taking its errors out of net sentiment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from essaim.listening.desk.domain import Skill
from essaim.listening.desk.models import Brand, Sum
from essaim.listening.desk.queries.pictures import Period, cells
from essaim.listening.reading.models import Reader


def skill_for(brand: Brand | None, period: Period) -> Skill | None:
    """The readers' skill, weighted by the languages of the period; None unless it was measured for most of them.

    Word lists that were never measured have none: nothing is corrected then, and the page says so.
    """
    active = Reader.objects.filter(task=Reader.Task.POLARITY, state=Reader.State.ACTIVE)
    known = {reader.language: found for reader in active if (found := skill_of(reader.card)) is not None}
    if not known:
        return None
    languages = {one.value: one.mentions for one in cells(brand, Sum.Dimension.LANGUAGE, period)}
    weights = {language: languages.get(language, 0) for language in known}
    covered, whole = sum(weights.values()), sum(languages.values())
    if not covered or covered < whole / 2:
        return None
    return _pooled([(known[language], weight / covered) for language, weight in weights.items() if weight])


def _pooled(parts: Sequence[tuple[Skill, float]]) -> Skill:
    """Skills weighed together; their n is that of one sample as uncertain as they are."""
    return Skill(
        sum(skill.sensitivity * weight for skill, weight in parts),
        sum(skill.specificity * weight for skill, weight in parts),
        1 / sum(weight**2 / skill.favourable for skill, weight in parts),
        1 / sum(weight**2 / skill.unfavourable for skill, weight in parts),
    )


def skill_of(card: Mapping[str, Any]) -> Skill | None:
    """From a model card's confusion counts: rows are the truth, columns what was read, as lists by label."""
    labels, counts = card.get("labels"), card.get("confusion")
    if not labels or not counts:
        return None
    place = {str(label): where for where, label in enumerate(labels)}
    if not {"1", "-1"} <= place.keys():
        return None
    good, bad = place["1"], place["-1"]
    favourable, unfavourable = counts[good][good] + counts[good][bad], counts[bad][good] + counts[bad][bad]
    if not favourable or not unfavourable:
        return None
    return Skill(counts[good][good] / favourable, counts[bad][bad] / unfavourable, favourable, unfavourable)


def how_right(task: str) -> list[str]:
    """How often the house reads rightly, as its cards say; that nobody measured it, where word lists read."""
    readers = Reader.objects.filter(task=task, state=Reader.State.ACTIVE).order_by("language")
    if not readers:
        return [_("Read by word lists, not trained: nobody measured how often they are right on your mentions.")]
    return [_told(reader) for reader in readers if "quality" in reader.card]


def _told(reader: Reader) -> str:
    quality = reader.card["quality"]
    return _("Read by a trained reader%(language)s: macro-F1 %(f1).2f (%(low).2f to %(high).2f) on %(n)d texts.") % {
        "language": f" ({reader.language})" if reader.language else "",
        "f1": quality["macro_f1"],
        "low": quality["low"],
        "high": quality["high"],
        "n": quality["n"],
    }
