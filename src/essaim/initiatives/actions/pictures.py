"""A picture beside a contribution: sent, made safe and kept first; shown when the form it came with is accepted.

Mechanisms take an `Illustration` with the rest of what an act writes, and call `illustrate` under their lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from essaim.initiatives import domain
from essaim.initiatives.models import LARGE, SMALL, Contribution, Picture
from essaim.initiatives.policy import allow, is_signed_in
from essaim.kit import clock, images, media
from essaim.people.models import Member

MOST_WAITING = 5
PATIENCE = timedelta(days=1)


@dataclass(frozen=True)
class Illustration:
    """What a contribution shall show: a picture of its author's, and what it shows in words; or none."""

    picture: Picture | None = None
    alt: str = ""


@transaction.atomic
def keep_picture(*, sender: Member, upload: BinaryIO) -> Picture:
    """Make what was sent safe and keep it for the sender's form, a day at most. Raises what `images.clean` does."""
    allow(is_signed_in, sender)
    made = images.clean(upload, most_bytes=settings.PICTURE_MOST_BYTES, large=LARGE, small=SMALL)
    put_away(waiting().filter(sender=sender).order_by("-sent_at", "-id")[MOST_WAITING - 1 :])
    key = media.fresh_name()
    return Picture.objects.create(
        sender=sender,
        key=key,
        large=ContentFile(made.large, f"{key}-large.webp"),
        small=ContentFile(made.small, f"{key}-small.webp"),
        width=made.width,
        height=made.height,
    )


def illustrate(
    *, contribution: Contribution, by: Member, wanted: Illustration | None, described: bool = True
) -> None:
    """Show the picture wanted, in place of any other; None leaves what is there.

    The caller has locked the contribution and allowed the change. Raises PictureGone when the picture is not the
    member's to show, PictureNotDescribed when nothing says what it shows and `described` asks for it.
    """
    present = picture_of(contribution)
    if wanted is not None:
        if wanted.picture is None or (present is not None and present != wanted.picture):
            put_away(Picture.objects.filter(contribution_id=contribution.pk))
        present = wanted.picture and _shown(contribution, by, wanted)
    if described and present is not None and not present.alt:
        raise domain.PictureNotDescribed


def picture_of(contribution: Contribution) -> Picture | None:
    return Picture.objects.filter(contribution_id=contribution.pk).first() if contribution.pk else None


def _shown(contribution: Contribution, by: Member, wanted: Illustration) -> Picture:
    assert wanted.picture is not None
    picture = Picture.objects.select_for_update().filter(pk=wanted.picture.pk, sender=by).first()
    if picture is None or picture.contribution_id not in (None, contribution.pk):
        raise domain.PictureGone
    picture.contribution_id, picture.alt = contribution.pk, wanted.alt.strip()[: domain.LONGEST_ALT]
    picture.save(update_fields=["contribution", "alt"])
    return picture


def waiting(*, before: datetime | None = None) -> QuerySet[Picture]:
    """Pictures no form has claimed yet; those sent before a moment, if one is given."""
    rows = Picture.objects.filter(contribution=None)
    return rows.filter(sent_at__lt=before) if before is not None else rows


def put_away(pictures: QuerySet[Picture]) -> None:
    """Delete pictures, and their files when the transaction succeeds."""
    for picture in pictures:
        media.discard(picture.large)
        media.discard(picture.small)
        picture.delete()


@transaction.atomic
def sweep_pictures() -> None:
    """Put away the pictures whose form never came."""
    put_away(waiting(before=clock.now() - PATIENCE))
