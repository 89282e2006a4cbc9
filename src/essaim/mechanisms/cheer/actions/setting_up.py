"""Before the opening: the camps."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from essaim.activity.record import record
from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative
from essaim.initiatives.policy import allow
from essaim.kit import media
from essaim.mechanisms.cheer import domain, policy
from essaim.mechanisms.cheer.models import Camp
from essaim.mechanisms.cheer.verbs import CampAdded, CampChanged, CampRemoved
from essaim.people.models import Member

FEWEST_CAMPS = 2


@transaction.atomic
def add_camp(
    *,
    campaign: Initiative,
    actor: Member,
    name: str,
    colour: str,
    second_colour: str = "#ffffff",
    emblem: ContentFile[bytes] | None = None,
) -> Camp:
    """Add a camp before the opening. Raises CampKnown for a name that is taken."""
    campaign = lock(campaign)
    allow(policy.prepare, actor, campaign)
    slug = slugify(name)[:40] or "camp"
    if Camp.objects.filter(campaign=campaign, slug=slug).exists():
        raise domain.CampKnown(name=name)
    last = Camp.objects.filter(campaign=campaign).aggregate(last=Max("position"))["last"]
    camp = Camp(campaign=campaign, slug=slug, name=name, colour=colour, second_colour=second_colour)
    camp.position = 0 if last is None else last + 1
    camp.full_clean()
    if emblem is not None:
        camp.emblem.save(str(emblem.name), emblem, save=False)
    camp.save()
    record(CampAdded(name), actor=actor, object=campaign, initiative=campaign)
    return camp


@transaction.atomic
def change_camp(
    *, camp: Camp, actor: Member, emblem: ContentFile[bytes] | None = None, plain: bool = False, **fields: Any
) -> Camp:
    """Another name, other colours, an emblem or, `plain`, none; its slug stays."""
    campaign = lock(camp.campaign)
    allow(policy.prepare, actor, campaign)
    camp = Camp.objects.get(pk=camp.pk)
    for name in ("name", "colour", "second_colour"):
        setattr(camp, name, fields.get(name, getattr(camp, name)))
    camp.full_clean()
    if emblem is not None or plain:
        media.discard(camp.emblem)
        camp.emblem = ""
    if emblem is not None:
        camp.emblem.save(str(emblem.name), emblem, save=False)
    camp.save()
    record(CampChanged(camp.name), actor=actor, object=campaign, initiative=campaign)
    return camp


@transaction.atomic
def remove_camp(*, camp: Camp, actor: Member) -> None:
    """Take a camp out before the opening."""
    campaign = lock(camp.campaign)
    allow(policy.prepare, actor, campaign)
    media.discard(camp.emblem)
    camp.delete()
    record(CampRemoved(camp.name), actor=actor, object=campaign, initiative=campaign)


def before_opening(campaign: Initiative) -> None:
    """Two camps at least."""
    if Camp.objects.filter(campaign=campaign).count() < FEWEST_CAMPS:
        raise domain.CampsMissing
