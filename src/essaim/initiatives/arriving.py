"""What the importers of all mechanisms have in common: who brings it in, where it goes, what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from django.utils.translation import gettext

from essaim.communities.actions import found
from essaim.communities.models import Community
from essaim.kit.errors import Missing, Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.people.models import HouseRole, Member

OnProgress = Callable[[int, int | None], None]
SHOWN = 20
ARCHIVE = "archive"


class NothingThere(Missing):
    cause = _("There is nothing at “%(path)s”.")
    remedy = _("Check the path, and whether a file or a folder is asked for.")


class UnknownCommunity(Refusal):
    cause = _("There is no community “%(slug)s”.")
    remedy = _("Give the last part of its address, or leave it out.")


class UnknownMember(Refusal):
    cause = _("There is no member “%(handle)s”.")
    remedy = _("Give a handle, or leave it out: the house's first owner is taken.")


class Fault(Protocol):
    """A row that was not taken as it stood; `kept` when it was taken all the same, mended."""

    @property
    def kept(self) -> bool: ...


def bringer(handle: str) -> Member:
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


def place(slug: str) -> Community:
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
    keeper = bringer("")
    name, summary = gettext("Archive"), gettext("What took place elsewhere")
    if keeper.is_active:
        charter = gettext("What is kept here happened elsewhere; it can be read and counted again.")
        return found(actor=keeper, slug=ARCHIVE, charter=charter, name=name, summary=summary)
    return Community.objects.create(slug=ARCHIVE, created_by=keeper, name=name, summary=summary)


def told_faults(faults: Sequence[Fault]) -> Iterator[str]:
    """Rows left out first, each with its line and reason; then those mended."""
    left_out = sum(not fault.kept for fault in faults)
    if faults:
        yield f"{left_out} rows left out, {len(faults) - left_out} mended:"
    yield from (f"  {fault}" for fault in sorted(faults, key=lambda fault: fault.kept)[:SHOWN])
    if len(faults) > SHOWN:
        yield f"  … and {len(faults) - SHOWN} more"
