"""Counting again: from the rows of a campaign, or from its published cheers, which needs no house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from essaim.initiatives.models import Initiative, Phase
from essaim.mechanisms.cheer import domain, queries


def tally(campaign: Initiative) -> Mapping[str, Any]:
    """Every round counted from its rows; where one is sealed, whether the seal is the one published."""
    return {
        "campaign": campaign.slug,
        "rounds": [_row(number, phase) for number, phase in enumerate(campaign.phases.all(), start=1)],
    }


def _row(number: int, phase: Phase) -> dict[str, Any]:
    counted, held = domain.told(queries.recounted(phase)), queries.round_of(phase)
    seal = domain.seal(counted)
    return {
        "round": number,
        "title": held.title,
        **_words(counted),
        "seal": seal,
        "published": held.seal,
        "agrees": (seal == held.seal) if held.seal else None,
    }


def recount(published: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same from what is published: {"camps": [slug, …], "cheers": [[round, camp, minute, kind], …]}.

    Raises ValueError for a file of another shape.
    """
    try:
        camps = [str(camp) for camp in published["camps"]]
        lines: dict[int, list[domain.Line]] = defaultdict(list)
        for number, camp, minute, kind in published["cheers"]:
            lines[int(number)].append(domain.Line(str(camp), str(minute), int(kind)))
    except (KeyError, TypeError) as error:
        raise ValueError(f"it holds no published cheers ({error})") from error
    rounds = []
    for number in sorted(lines):
        counted = domain.told(domain.count(lines[number], camps))
        rounds.append({"round": number, **_words(counted), "seal": domain.seal(counted)})
    return {"rounds": rounds}


def _words(counted: Mapping[str, Any]) -> dict[str, Any]:
    camps = ", ".join(
        f"{camp['camp']} {camp['members']}+{camp['guests']}+{camp['heard']}" for camp in counted["camps"]
    )
    return {"camps": camps, "leaders": ", ".join(counted["leaders"]), "total": counted["total"]}
