"""Guests: a pass by one mail or on one device, within the campaign's cap; then the same statement as everyone.

A guest has no account, so these acts know him by his key. It is made from his address with the house's secret, or
drawn for his device: whoever reads the tables learns neither. Passes leave no activity: what is counted is cheers.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from essaim.initiatives.actions import lock
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.mechanisms.cheer import cheers, domain, policy
from essaim.mechanisms.cheer.actions.cheering import refuse, write_cheers
from essaim.mechanisms.cheer.cheers import Answer
from essaim.mechanisms.cheer.models import Camp, GuestPass

AGAIN_AFTER = timedelta(minutes=10)
HOUR = timedelta(hours=1)
LETTERS_AN_HOUR = 200
SALT = "essaim.cheer.guest"


def key_of(campaign: Initiative, address: str) -> str:
    """The supporter's key of an address: the same in one campaign, another one in the next."""
    mark = salted_hmac(SALT, f"{campaign.pk} {address.strip().casefold()}", algorithm="sha256").hexdigest()[:40]
    return f"guest:{mark}"


@transaction.atomic
def welcome_guest(*, campaign: Initiative, address: str) -> GuestPass | None:
    """Note that a guest asks for a pass by mail; None when his letter is on its way already.

    Raises GuestsNotTaken, PassesGone, TooManyLetters.
    """
    campaign = lock(campaign)
    allow(policy.take_guests, None, campaign)
    _check_room(campaign, "mail")
    asked = GuestPass.objects.filter(campaign=campaign, asked_at__gt=clock.now() - HOUR, given_at=None)
    if asked.count() >= max(LETTERS_AN_HOUR, campaign.rules["guests"]):
        raise domain.TooManyLetters
    kept, new = GuestPass.objects.get_or_create(
        campaign=campaign, supporter=key_of(campaign, address), defaults={"way": GuestPass.Way.MAIL}
    )
    if not new and kept.asked_at > clock.now() - AGAIN_AFTER:
        return None
    kept.asked_at = clock.now()
    kept.save(update_fields=["asked_at"])
    return kept


@transaction.atomic
def give_pass(*, campaign: Initiative, supporter: str = "") -> GuestPass:
    """Give the pass asked for by mail, or a new one for a device; a pass given before is given again.

    Raises GuestsNotTaken, PassesGone, PassNotValid.
    """
    campaign = lock(campaign)
    allow(policy.take_guests, None, campaign)
    if supporter:
        kept = GuestPass.objects.filter(campaign=campaign, supporter=supporter).first()
        if kept is None:
            raise domain.PassNotValid
    else:
        drawn = f"guest:{secrets.token_hex(20)}"
        kept = GuestPass(campaign=campaign, supporter=drawn, way=GuestPass.Way.DEVICE)
    if kept.given_at is None:
        _check_room(campaign, kept.way)
        kept.given_at = clock.now()
        kept.save()
    return kept


def _check_room(campaign: Initiative, way: str) -> None:
    most = campaign.rules["guests"]
    if not most or campaign.rules["guest_way"] != way:
        raise domain.GuestsNotTaken
    if GuestPass.objects.filter(campaign=campaign, given_at__isnull=False).count() >= most:
        raise domain.PassesGone(most=most)


@transaction.atomic
def cheer_as_guest(*, phase: Phase, camp: Camp, supporter: str, words: str = "") -> Answer:
    """Cheer with a pass. Raises PassNotValid, TooLate, NoSuchCamp, MessageTooLong."""
    allow(policy.take_guests, None, phase.initiative)
    if not GuestPass.objects.filter(campaign=phase.initiative, supporter=supporter, given_at__isnull=False).exists():
        raise domain.PassNotValid
    [answer] = write_cheers([cheers.of_guest(phase.pk, camp.pk, supporter, domain.clean_words(words))])
    refuse(answer, phase)
    return answer
