"""How well the reader in use tells favourable from unfavourable, for taking its errors out of net sentiment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    return Skill(
        sum(known[language].sensitivity * weight for language, weight in weights.items()) / covered,
        sum(known[language].specificity * weight for language, weight in weights.items()) / covered,
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
    return Skill(counts[good][good] / favourable, counts[bad][bad] / unfavourable)
