"""`essaim import contest …`: contests that took place elsewhere, from their own files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from essaim.initiatives.arriving import NothingThere, OnProgress, bringer, place, told_faults
from essaim.kit import clock
from essaim.kit.text import excerpt, slugify
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.actions import arrivals
from essaim.mechanisms.contest.domain import decidim, polis
from essaim.mechanisms.contest.domain.rules import Ballot, Rules


def import_polis(
    directory: Path, *, slug: str = "", community: str = "", by: str = "", on_progress: OnProgress = arrivals.silent
) -> str:
    """Take in a Pol.is conversation: the folder with comments.csv, votes.csv and, if there, the other files."""
    if not directory.is_dir():
        raise NothingThere(path=directory)
    files = {
        path.name.lower(): path.read_bytes() for path in sorted(directory.iterdir()) if path.suffix.lower() == ".csv"
    }
    told = polis.conversation(files, folder=directory.name)
    name = directory.resolve().name
    frame = arrivals.frame_of(
        told, slug=slug or slugify(name, limit=80), title=excerpt(told.topic or name, 120), community=place(community)
    )
    arrived = arrivals.import_conversation(
        told=told, frame=frame, actor=bringer(by), operator=not by, on_progress=on_progress
    )
    return "\n".join([_sum(arrived), *_compared(told, arrived), *told_faults(told.faults)])


def import_decidim_csv(
    file: Path, *, slug: str = "", community: str = "", by: str = "", on_progress: OnProgress = arrivals.silent
) -> str:
    """Take in proposals from a Decidim CSV export, with their states and the answers they got."""
    if not file.is_file():
        raise NothingThere(path=file)
    told = decidim.proposals(file.read_bytes(), file=file.name)
    now = clock.now()
    moments = sorted(one.at for one in told.proposals if one.at is not None) or [now]
    frame = arrivals.Frame(
        slug=slug or slugify(file.stem, limit=80),
        title=excerpt(file.stem, 120),
        brief="",
        source="decidim-csv",
        url="",
        community=place(community),
        opened_at=moments[0],
        closed_at=moments[-1] + timedelta(seconds=1),
        rules=Rules(ballot=Ballot.SUPPORT, results_hidden=False),
    )
    arrived = arrivals.import_proposals(
        told=told.proposals, frame=frame, actor=bringer(by), operator=not by, on_progress=on_progress
    )
    return "\n".join([_sum(arrived), *told_faults(told.faults)])


def _sum(arrived: arrivals.Arrived) -> str:
    added = f"{arrived.ideas} ideas and {arrived.votes} votes added"
    return f"{arrived.contest.slug}: {added}, {arrived.voters} voters in all"


def _compared(told: polis.Conversation, arrived: arrivals.Arrived) -> Iterable[str]:
    """How our counts per voter compare with those the export publishes."""
    if not told.published:
        return
    ours = {one.voter: (one.agree, one.disagree, one.passed) for one in queries.tally_of(arrived.contest).voters}
    nothing = (0, 0, 0)
    other = [voter for voter, counts in told.published.items() if ours.get(voter, nothing) != counts]
    yield f"Counts per voter equal to the export's own: {len(told.published) - len(other)} of {len(told.published)}"


IMPORTERS = {"polis": import_polis, "decidim-csv": import_decidim_csv}
