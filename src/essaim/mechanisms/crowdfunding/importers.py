"""`essaim import crowdfunding FILE`: campaigns that ran elsewhere, from their table (CSV)."""

from __future__ import annotations

from pathlib import Path

from essaim.initiatives.arriving import NothingThere, bringer, place, told_faults
from essaim.mechanisms.crowdfunding.actions import arrivals
from essaim.mechanisms.crowdfunding.domain import sheets
from essaim.people.queries import house


def import_campaigns(
    file: Path, *, community: str = "", by: str = "", on_progress: arrivals.OnProgress = arrivals.silent
) -> str:
    """Take in campaigns with their tiers from a CSV file; what cannot be read is told by line and reason."""
    if not file.is_file():
        raise NothingThere(path=file)
    table = sheets.campaigns(file.read_bytes(), file=file.name, unit=house().currency)
    arrived = arrivals.import_campaigns(
        told=table.campaigns,
        community=place(community),
        actor=bringer(by),
        operator=not by,
        on_progress=on_progress,
    )
    return "\n".join([_sum(arrived), *told_faults(table.faults)])


def _sum(arrived: arrivals.Arrived) -> str:
    said = f"{arrived.campaigns} campaigns added with {arrived.tiers} tiers, {arrived.drafts} of them as drafts"
    return f"{said}; {arrived.known} were here already"


IMPORTERS = {"": import_campaigns}
"""Under the mechanism's own name: there is one kind of file."""
