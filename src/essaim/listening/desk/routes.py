"""The way back to an author: through the connector of the source, and to the member he may have said he is."""

from __future__ import annotations

from essaim.listening.kinds import SourceKind, source_kind
from essaim.listening.models import Claim, Source
from essaim.people.models import Member


def kind_of(source: Source) -> SourceKind | None:
    """The source's kind; None when its connector is no longer listed, or the source was a file."""
    try:
        return source_kind(source.kind)
    except KeyError:
        return None


def answers_by_itself(source: Source) -> bool:
    kind = kind_of(source)
    return kind is not None and kind.answer is not None


def claim_of(voice_id: int | None) -> Claim | None:
    """The claim in force: proved, and not ended."""
    if voice_id is None:
        return None
    standing = Claim.objects.filter(voice_id=voice_id, proved_at__isnull=False, ended_at=None)
    return standing.select_related("member").first()


def member_of(voice_id: int | None) -> Member | None:
    """The member who showed that this voice is his own."""
    claim = claim_of(voice_id)
    return claim.member if claim is not None else None
