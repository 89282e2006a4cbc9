"""A supporter's own link and card. Who comes through a link is counted, never named."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from essaim.initiatives.models import Initiative
from essaim.mechanisms.cheer import domain
from essaim.mechanisms.cheer.models import Cheer, PersonalLink


@transaction.atomic
def make_link(*, campaign: Initiative, supporter: str, named: bool = False) -> PersonalLink:
    """The supporter's link, made when he first asks for it; whether his first name stands on his card is his to say.

    Raises NoLinkYet for somebody who has not cheered.
    """
    if not Cheer.objects.filter(campaign=campaign, supporter=supporter).exists():
        raise domain.NoLinkYet
    link, _new = PersonalLink.objects.update_or_create(
        campaign=campaign, supporter=supporter, defaults={"named": named}
    )
    return link


def count_arrival(link: PersonalLink) -> None:
    PersonalLink.objects.filter(pk=link.pk).update(came=F("came") + 1)


def count_cheer(campaign: Initiative, token: str, supporter: str) -> None:
    """Somebody who came through a link has cheered; one's own link does not count."""
    links = PersonalLink.objects.filter(campaign=campaign, token=token).exclude(supporter=supporter)
    links.update(cheered=F("cheered") + 1)
