"""Pictures in the campaign's texts: made safe, described, served by the house; never fetched from elsewhere."""

from __future__ import annotations

from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.domain import LONGEST_ALT, PictureNotDescribed
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import images, media
from essaim.mechanisms.crowdfunding import policy, queries
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.models import StoryPicture
from essaim.mechanisms.crowdfunding.payloads import Prepared
from essaim.people.models import Member

MOST_PICTURES = 60


@transaction.atomic
def add_picture(*, campaign: Initiative, actor: Member, upload: BinaryIO, alt: str) -> StoryPicture:
    """Keep a picture for the campaign's texts.

    Raises what `images.clean` does, PictureNotDescribed, TooManyPictures.
    """
    campaign = lock(campaign)
    allow(policy.configure, actor, campaign)
    if not (alt := alt.strip()[:LONGEST_ALT]):
        raise PictureNotDescribed
    if StoryPicture.objects.filter(campaign=campaign).count() >= MOST_PICTURES:
        raise errors.TooManyPictures(most=MOST_PICTURES)
    made, key = images.clean(upload, most_bytes=settings.PICTURE_MOST_BYTES), media.fresh_name()
    picture = StoryPicture.objects.create(
        campaign=campaign,
        key=key,
        file=ContentFile(made.large, f"{key}.{made.extension}"),
        width=made.width,
        height=made.height,
        alt=alt,
        sender=actor,
    )
    record(Prepared("picture"), actor=actor, object=campaign, initiative=campaign)
    return picture


@transaction.atomic
def remove_picture(*, picture: StoryPicture, actor: Member) -> None:
    """Put away a picture no text shows. Raises PictureInUse."""
    campaign = lock(picture.campaign)
    allow(policy.configure, actor, campaign)
    if queries.texts_showing(campaign, picture):
        raise errors.PictureInUse
    media.discard(picture.file)
    picture.delete()
    record(Prepared("picture"), actor=actor, object=campaign, initiative=campaign)
