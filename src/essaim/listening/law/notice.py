"""What the public is told of listening, made from the sources themselves (GDPR art. 14)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Min
from django.utils.translation import gettext_lazy as _

from essaim.kit.vocabulary import Text
from essaim.listening.kinds import file_kind, source_kind
from essaim.listening.models import Source

BASIS = _("Legitimate interest: hearing what is publicly said about what we make, and answering it.")
DELETION = _("The file was handed to us once: tell us, and we delete it here.")


@dataclass(frozen=True)
class Heard:
    """One kind of source: on which ground it is read, how long it is kept, how a deletion reaches us."""

    name: Text
    sources: int
    shortest: int
    longest: int
    basis: Text
    deletion: Text


def heard() -> list[Heard]:
    rows = Source.objects.values("kind").annotate(
        many=Count("pk"), shortest=Min("retention_days"), longest=Max("retention_days")
    )
    return [_of_kind(row["kind"], row["many"], row["shortest"], row["longest"]) for row in rows.order_by("kind")]


def _of_kind(slug: str, many: int, shortest: int, longest: int) -> Heard:
    try:
        kind = source_kind(slug)
    except KeyError:
        return Heard(_file_name(slug), many, shortest, longest, BASIS, DELETION)
    return Heard(kind.name, many, shortest, longest, kind.legal_basis, kind.deletion)


def _file_name(slug: str) -> Text:
    try:
        return file_kind(slug).name
    except KeyError:  # its connector has left the house; what it brought is still here
        return slug
