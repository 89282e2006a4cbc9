"""Leaving for good: name, mail and texts go; the rows that tallies and books need stay under a pseudonym."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock, media, stream
from essaim.kit.money import format_amount
from essaim.people import rights
from essaim.people.actions import lock_house
from essaim.people.errors import AlreadyErased, LastOwner, MoneyStillOwed, MoneyUnderWay, NotYourAccount
from essaim.people.models import PSEUDONYM, ApiToken, HouseRole, Member
from essaim.people.policy import allow, is_oneself
from essaim.people.verbs import MemberErased

FORMER = _("Former member")


@transaction.atomic
def erase_member(*, actor: Member, member: Member, give_up: bool = False) -> Member:
    """Close the account and forget the person. `give_up`: what the house still owes goes to the house.

    Raises MoneyStillOwed, MoneyUnderWay, LastOwner, AlreadyErased. Every folder forgets its own part first, in this
    transaction.
    """
    house = lock_house()
    for holding in rights.holdings():
        if holding.hold:
            holding.hold(member)
    row = Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # what others do may name him
    allow(is_oneself, actor, row, refusal=NotYourAccount)
    if row.erased_at:
        raise AlreadyErased()
    _refuse_while_needed(row, give_up)
    for holding in rights.holdings():
        if holding.erase:
            holding.erase(row)
    _close_doors(row)
    _empty(row)
    stream.record(MemberErased(), actor=row, object=house)
    return row


def _refuse_while_needed(member: Member, give_up: bool) -> None:
    owners = HouseRole.objects.filter(role=HouseRole.Role.OWNER)
    if owners.filter(member=member).exists() and not owners.exclude(member=member).exists():
        raise LastOwner()
    if moving := rights.under_way(member):
        raise MoneyUnderWay(amounts=_written(moving, member.language))
    owed = [] if give_up else rights.still_owed(member)
    if owed:
        raise MoneyStillOwed(amounts=_written(owed, member.language))


def _written(debts: Sequence[rights.Owed], language: str) -> str:
    return " + ".join(format_amount(debt.amount, debt.unit, language) for debt in debts)


def _close_doors(member: Member) -> None:
    """No password, key, token, provider or open session leads here any more."""
    keys = list(UserSession.objects.filter(user=member).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    for model in (UserSession, Authenticator, EmailAddress, SocialAccount):
        model.objects.filter(user=member).delete()
    for own in (ApiToken, HouseRole):
        own.objects.filter(member=member).delete()


def _empty(member: Member) -> None:
    media.discard(member.avatar)
    pseudonym = PSEUDONYM + secrets.token_hex(6)
    member.handle, member.email = pseudonym, f"{pseudonym}@erased.invalid"
    member.display_name, member.bio, member.place, member.avatar = str(FORMER), "", "", ""
    member.languages, member.interests, member.birth_year = [], [], None
    member.is_active, member.erased_at, member.email_confirmed_at = False, clock.now(), None
    member.set_unusable_password()
    member.save()
