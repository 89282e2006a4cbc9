"""The way back to an author: through the connector of the source, and to the member he may have said he is."""

from __future__ import annotations

from dataclasses import dataclass

from essaim.listening.bylines import WEB
from essaim.listening.kinds import SourceKind, page_kind, source_kind
from essaim.listening.models import Claim, Mention, Source
from essaim.people.models import Member


def kind_of(source: Source) -> SourceKind | None:
    """The source's kind; None when its connector is no longer listed, or the source was a file."""
    try:
        return source_kind(source.kind)
    except KeyError:
        return None


@dataclass(frozen=True)
class Way:
    """How the house answers by itself: through which kind, and how that names what is answered. `on_page`: on a page
    of its own, of which the other one is told."""

    kind: SourceKind
    parent: str
    on_page: bool = False


def way_back(mention: Mention) -> Way | None:
    """By the source's own connector; else, for a page of the web, by telling it of a page of ours."""
    kind = kind_of(mention.source)
    if kind is not None and kind.answer is not None:
        return Way(kind, mention.external_id or mention.url, kind.answers_pages)
    pages = page_kind() if mention.platform == WEB and mention.url else None
    return Way(pages, mention.url, on_page=True) if pages is not None else None


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
