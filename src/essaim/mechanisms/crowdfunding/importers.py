"""`essaim import crowdfunding FILE`: campaigns that ran elsewhere, from their table (CSV)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.translation import gettext

from essaim.communities.actions import found
from essaim.communities.models import Community
from essaim.kit.errors import Missing, Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.mechanisms.crowdfunding.actions import arrivals
from essaim.mechanisms.crowdfunding.domain import sheets
from essaim.people.models import HouseRole, Member
from essaim.people.queries import house

SHOWN = 20
ARCHIVE = "archive"


class NothingThere(Missing):
    cause = _("There is nothing at “%(path)s”.")
    remedy = _("Check the path: a CSV file of campaigns.")


class UnknownCommunity(Refusal):
    cause = _("There is no community “%(slug)s”.")
    remedy = _("Give the last part of its address, or leave it out.")


class UnknownMember(Refusal):
    cause = _("There is no member “%(handle)s”.")
    remedy = _("Give a handle, or leave it out: the house's first owner is taken.")


def import_campaigns(
    file: Path, *, community: str = "", by: str = "", on_progress: arrivals.OnProgress = arrivals.silent
) -> str:
    """Take in campaigns with their tiers from a CSV file; what cannot be read is told by line and reason."""
    if not file.is_file():
        raise NothingThere(path=file)
    table = sheets.campaigns(file.read_bytes(), file=file.name, unit=house().currency)
    arrived = arrivals.import_campaigns(
        told=table.campaigns,
        community=_community(community),
        actor=_member(by),
        operator=not by,
        on_progress=on_progress,
    )
    return "\n".join([_sum(arrived), *_faults(table.faults)])


def _member(handle: str) -> Member:
    """Who brings it in: the member named, else the house's first owner."""
    if handle:
        named = Member.objects.filter(handle__iexact=handle, is_active=True).first()
        if named is None:
            raise UnknownMember(handle=handle)
        return named
    role = HouseRole.objects.filter(role=HouseRole.Role.OWNER).order_by("pk").select_related("member").first()
    return role.member if role is not None else _archivist()


def _archivist() -> Member:
    """Stands for the archive in a house without an owner yet."""
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
    keeper = _member("")
    name, summary = gettext("Archive"), gettext("What took place elsewhere")
    if keeper.is_active:
        charter = gettext("What is kept here happened elsewhere; it can be read again.")
        return found(actor=keeper, slug=ARCHIVE, charter=charter, name=name, summary=summary)
    return Community.objects.create(slug=ARCHIVE, created_by=keeper, name=name, summary=summary)


def _sum(arrived: arrivals.Arrived) -> str:
    said = f"{arrived.campaigns} campaigns added with {arrived.tiers} tiers, {arrived.drafts} of them as drafts"
    return f"{said}; {arrived.known} were here already"


def _faults(faults: Sequence[sheets.Fault]) -> Iterable[str]:
    """Rows left out first, each with its line and reason; then those mended."""
    left_out = [fault for fault in faults if not fault.kept]
    if faults:
        yield f"{len(left_out)} rows left out, {len(faults) - len(left_out)} mended:"
    ordered = sorted(faults, key=lambda fault: (fault.kept, fault.line))
    yield from (f"  {fault}" for fault in ordered[:SHOWN])
    if len(ordered) > SHOWN:
        yield f"  … and {len(ordered) - SHOWN} more"


IMPORTERS = {"": import_campaigns}
"""Under the mechanism's own name: there is one kind of file."""
