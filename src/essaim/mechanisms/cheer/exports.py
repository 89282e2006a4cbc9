"""What can be taken away: every cheer as it is published, and the counts with their seals."""

from __future__ import annotations

import csv
import io
import json

from essaim.initiatives.models import Initiative, Phase
from essaim.mechanisms.cheer import queries

HEAD = ("round", "camp", "minute", "kind")
KINDS = {1: "member", 2: "guest", 3: "heard"}


def cheers_csv(campaign: Initiative) -> tuple[str, bytes]:
    """The cheers of all rounds: no name, no key; the minute, not the second."""
    phases = list(enumerate(campaign.phases.all(), start=1))
    return f"{campaign.slug}-cheers.csv", b"".join(
        _rows(phase, number, head=number == 1) for number, phase in phases
    ) or _head()


def round_csv(campaign: Initiative, phase: Phase, number: int) -> tuple[str, bytes]:
    return f"{campaign.slug}-{number}.csv", _rows(phase, number, head=True)


def _head() -> bytes:
    return (",".join(HEAD) + "\r\n").encode()


def _rows(phase: Phase, number: int, *, head: bool) -> bytes:
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    if head:
        writer.writerow(HEAD)
    writer.writerows((number, line.camp, line.minute, KINDS[line.kind]) for line in queries.lines(phase))
    return sheet.getvalue().encode()


def counts_json(campaign: Initiative) -> tuple[str, bytes]:
    """The count of each round that is over, with its seal."""
    rows = queries.rounds_of(campaign)
    told = [
        {"round": number, "title": row.title, "count": row.count, "seal": row.seal, "sealed_at": str(row.sealed_at)}
        for number, phase in enumerate(campaign.phases.all(), start=1)
        if (row := rows.get(phase.pk)) and row.sealed_at
    ]  # fmt: skip
    return f"{campaign.slug}-counts.json", json.dumps(told, ensure_ascii=False, indent=1).encode()


def published_json(campaign: Initiative) -> tuple[str, bytes]:
    """The cheers as `essaim tally --file … --mechanism cheer` counts them again, without a house."""
    told = {
        "camps": [camp.slug for camp in queries.camps(campaign)],
        "cheers": [
            [number, line.camp, line.minute, line.kind]
            for number, phase in enumerate(campaign.phases.all(), start=1)
            for line in queries.lines(phase)
        ],
    }
    return f"{campaign.slug}-cheers.json", json.dumps(told, separators=(",", ":")).encode()


EXPORTS = {"cheers": cheers_csv, "published": published_json, "counts": counts_json}
