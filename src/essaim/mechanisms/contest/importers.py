"""`essaim import contest …`: contests that took place elsewhere, from their own files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext

from essaim.communities.actions import found
from essaim.communities.models import Community
from essaim.kit import clock
from essaim.kit.errors import Missing, Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.kit.text import excerpt, slugify
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.actions import arrivals
from essaim.mechanisms.contest.domain import decidim, polis
from essaim.mechanisms.contest.domain.rules import Ballot, Rules
from essaim.mechanisms.contest.domain.sheets import Fault
from essaim.people.models import HouseRole, Member

OnProgress = Callable[[int, int | None], None]
SHOWN = 20
ARCHIVE = "archive"


class NothingThere(Missing):
    cause = _("There is nothing at “%(path)s”.")
    remedy = _("Check the path: a folder for Pol.is, a file for Decidim.")


class UnknownCommunity(Refusal):
    cause = _("There is no community “%(slug)s”.")
    remedy = _("Give the last part of its address, or leave it out.")


class UnknownMember(Refusal):
    cause = _("There is no member “%(handle)s”.")
    remedy = _("Give a handle, or leave it out: the house's first owner is taken.")


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
    place = _community(community)
    name = directory.resolve().name
    frame = arrivals.frame_of(
        told, slug=slug or slugify(name, limit=80), title=excerpt(told.topic or name, 120), community=place
    )
    arrived = arrivals.import_conversation(
        told=told, frame=frame, actor=_member(by), operator=not by, on_progress=on_progress
    )
    return "\n".join([_sum(arrived), *_compared(told, arrived), *_faults(told.faults)])


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
        community=_community(community),
        opened_at=moments[0],
        closed_at=moments[-1] + timedelta(seconds=1),
        rules=Rules(ballot=Ballot.SUPPORT, results_hidden=False),
    )
    arrived = arrivals.import_proposals(
        told=told.proposals, frame=frame, actor=_member(by), operator=not by, on_progress=on_progress
    )
    return "\n".join([_sum(arrived), *_faults(told.faults)])


def _member(handle: str) -> Member:
    """Who brings it in: the member named, else the house's first owner, else a member that stands for the archive."""
    if handle:
        named = Member.objects.filter(handle__iexact=handle, is_active=True).first()
        if named is None:
            raise UnknownMember(handle=handle)
        return named
    role = HouseRole.objects.filter(role=HouseRole.Role.OWNER).order_by("pk").select_related("member").first()
    return role.member if role is not None else _archivist()


def _archivist() -> Member:
    keeper = Member.objects.filter(handle=ARCHIVE).first()
    if keeper is None:
        keeper = Member(handle=ARCHIVE, email=f"{ARCHIVE}@voices.invalid", display_name="Archive", is_active=False)
        keeper.set_unusable_password()
        keeper.save()
    return keeper


def _community(slug: str) -> Community:
    """The community named, else the one that keeps what comes from elsewhere, made when first needed."""
    if slug:
        named = Community.objects.filter(slug=slug).first()
        if named is None:
            raise UnknownCommunity(slug=slug)
        return named
    archive = Community.objects.filter(slug=ARCHIVE).first()
    return archive if archive is not None else _archive()


def _archive() -> Community:
    """Founded by the owner; in a house that has none yet, a bare community without members."""
    keeper = _member("")
    name, summary = gettext("Archive"), gettext("Contests that took place elsewhere")
    if keeper.is_active:
        charter = gettext("What is kept here happened elsewhere; it can be read and counted again.")
        return found(actor=keeper, slug=ARCHIVE, charter=charter, name=name, summary=summary)
    return Community.objects.create(slug=ARCHIVE, created_by=keeper, name=name, summary=summary)


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


def _faults(faults: Iterable[Fault]) -> Iterable[str]:
    listed = list(faults)
    left_out = [fault for fault in listed if not fault.kept]
    if listed:
        yield f"{len(left_out)} rows left out, {len(listed) - len(left_out)} mended:"
    yield from (f"  {fault}" for fault in listed[:SHOWN])
    if len(listed) > SHOWN:
        yield f"  … and {len(listed) - SHOWN} more"


IMPORTERS = {"polis": import_polis, "decidim-csv": import_decidim_csv}
