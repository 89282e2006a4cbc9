"""What initiatives keep about a member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from essaim.initiatives.actions.pictures import put_away
from essaim.initiatives.mechanism import Mechanism, mechanisms
from essaim.initiatives.models import Comment, Contribution, Picture, Reaction, Revision
from essaim.people import rights
from essaim.people.models import Member

Rows = Sequence[Mapping[str, Any]]


def contributions(member: Member) -> Rows:
    fields = ("id", "kind", "initiative__slug", "title", "body", "language", "state", "created_at", "edited_at")
    return list(Contribution.objects.filter(author=member).order_by("id").values(*fields))


def revisions(member: Member) -> Rows:
    fields = ("contribution", "title", "body", "at")
    return list(Revision.objects.filter(contribution__author=member).order_by("id").values(*fields))


def comments(member: Member) -> Rows:
    return list(Comment.objects.filter(author=member).order_by("id").values("id", "about", "in_reply_to", "official"))


def reactions(member: Member) -> Rows:
    return list(Reaction.objects.filter(member=member).order_by("id").values("contribution", "kind", "at"))


def pictures(member: Member) -> Rows:
    """Pictures he sent, the larger file copied into the export."""
    rows = Picture.objects.filter(sender=member).order_by("id")
    return [
        {"contribution": row.contribution_id, "alt": row.alt, "file": row.large, "sent_at": row.sent_at}
        for row in rows
    ]


@transaction.atomic
def forget_texts(member: Member) -> None:
    """Titles, texts, pictures and their history go; the rows stay, so that answers and counts keep their place."""
    put_away(Picture.objects.filter(sender=member) | Picture.objects.filter(contribution__author=member))
    Revision.objects.filter(contribution__author=member).delete()
    Contribution.objects.filter(author=member).update(title="", body="", language="", state=Contribution.State.ERASED)
    Reaction.objects.filter(member=member).delete()


def register_all() -> None:
    rights.register("contributions", portrait=contributions, erase=forget_texts)
    for portrait in (revisions, pictures, comments, reactions):
        rights.register(portrait.__name__, portrait=portrait)


def register_mechanisms() -> None:
    """What each listed mechanism keeps in tables of its own; called when all manifests are loaded."""
    for manifest in mechanisms():
        if manifest.portrait is not None:
            portrait = _rows_of(manifest)
            rights.register(manifest.slug, portrait=portrait, erase=manifest.erase, hold=manifest.hold)


def _rows_of(manifest: Mechanism) -> rights.Portrait:
    def portrait(member: Member) -> Any:
        return manifest.portrait(member) if manifest.portrait else []

    return portrait
