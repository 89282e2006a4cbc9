"""Acts on accounts, roles and consents."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from essaim.kit import clock, media, stream
from essaim.kit.errors import Refusal
from essaim.people import evidence as texts
from essaim.people import queries
from essaim.people.consents import BY_PURPOSE, changed
from essaim.people.domain import check_age, check_handle
from essaim.people.errors import (
    ConsentTextChanged,
    EmailTaken,
    HandleTaken,
    HouseAlreadyOpened,
    LastOwner,
    NotAMember,
    NotToOneself,
    OwnerOnly,
)
from essaim.people.models import Consent, Evidence, House, HouseRole, Member
from essaim.people.policy import allow, is_oneself, is_owner, is_present
from essaim.people.verbs import (
    ConsentGiven,
    ConsentWithdrawn,
    HouseOpened,
    RoleGranted,
    RoleRevoked,
    SignedUp,
)


def lock_house() -> House:
    """The house's row, held until the transaction ends: acts on roles pass one at a time."""
    queries.house()
    return House.objects.select_for_update().get(pk=1)


@transaction.atomic
def sign_up(
    *,
    email: str,
    handle: str,
    display_name: str,
    password: str | None = None,
    language: str = "fr",
    languages: Sequence[str] = (),
    birth_year: int | None = None,
    terms: Evidence | None = None,
    confirmed: bool = False,
) -> Member:
    """Open an account. `confirmed`: the address is known to be the person's; `terms`: what was accepted."""
    house = queries.house()
    check_handle(handle, queries.staff_skeletons())
    if birth_year is not None:
        check_age(birth_year, clock.now().year, house.minimum_age)
    member = _create_member(
        email=email,
        handle=handle,
        password=password,
        display_name=display_name,
        language=language,
        languages=list(languages) or [language],
        birth_year=birth_year,
        email_confirmed_at=clock.now() if confirmed else None,
    )
    if confirmed:
        _confirm(member)
    if terms:
        texts.accept(member, terms)
    stream.record(SignedUp(), actor=member, object=member)
    member.roles = frozenset()  # known without asking: a newcomer has none
    return member


def _confirm(member: Member) -> None:
    """Sign-in asks no proof of this address any more."""
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)


def _create_member(*, email: str, handle: str, password: str | None, **fields: object) -> Member:
    try:
        with transaction.atomic():
            member = Member(email=Member.objects.normalize_email(email), handle=handle, **fields)
            member.set_password(password)
            member.save()
    except IntegrityError as error:
        raise taken(error, email=email, handle=handle) from error
    return member


def taken(error: IntegrityError, *, email: str, handle: str) -> Refusal:
    """The refusal behind a unique constraint of the members' table; any other error is raised again."""
    if "member_handle_unique" in str(error):
        return HandleTaken(handle=handle)
    if "member_email_unique" in str(error):
        return EmailTaken(email=email)
    raise error


@transaction.atomic
def create_owner(
    *,
    email: str,
    handle: str,
    display_name: str,
    password: str,
    language: str = "fr",
    house_name: str | None = None,
) -> Member:
    """Open the house: its first owner, only while it has none. Raises HouseAlreadyOpened afterwards."""
    house = lock_house()
    if queries.has_owner():
        raise HouseAlreadyOpened()
    check_handle(handle)
    house.name = house_name or house.name
    house.opened_at = clock.now()
    house.save()
    queries.forget_house()
    owner = _create_member(
        email=email,
        handle=handle,
        password=password,
        display_name=display_name,
        language=language,
        languages=[language],
        email_confirmed_at=clock.now(),
    )
    _confirm(owner)
    HouseRole.objects.create(member=owner, role=HouseRole.Role.OWNER)
    stream.record(HouseOpened(), actor=owner, object=house)
    return owner


@transaction.atomic
def grant_role(*, actor: Member, member: Member, role: str) -> HouseRole:
    """Give a role of the house. Owners only, never to oneself; giving it twice changes nothing."""
    lock_house()
    giver = Member.objects.get(pk=actor.pk)
    allow(is_owner, giver, refusal=OwnerOnly)
    if giver == member:
        raise NotToOneself()
    receiver = Member.objects.select_for_update().get(pk=member.pk)
    if not is_present.test(receiver) or receiver.email_confirmed_at is None:
        raise NotAMember()
    granted, new = HouseRole.objects.get_or_create(
        member=receiver, role=HouseRole.Role(role), defaults={"granted_by": giver}
    )
    if new:
        stream.record(RoleGranted(role=role), actor=giver, object=receiver, target=receiver)
    vars(member).pop("roles", None)
    return granted


@transaction.atomic
def revoke_role(*, actor: Member, member: Member, role: str) -> None:
    """Take a role back. An owner may lay his own role down, unless he is the last."""
    lock_house()
    taker = Member.objects.get(pk=actor.pk)
    allow(is_owner, taker, refusal=OwnerOnly)
    owners = HouseRole.objects.filter(role=HouseRole.Role.OWNER)
    if role == HouseRole.Role.OWNER and not owners.exclude(member=member).exists():
        raise LastOwner()
    deleted, _ = HouseRole.objects.filter(member=member, role=role).delete()
    if deleted:
        stream.record(RoleRevoked(role=role), actor=taker, object=member, target=member)


@transaction.atomic
def give_consent(*, actor: Member, purpose: str, language: str | None = None, shown: str | None = None) -> Consent:
    """Consent to one purpose. `shown` is the fingerprint of the text on the page the member clicked."""
    return _decide(actor, purpose, True, language, shown)


@transaction.atomic
def withdraw_consent(*, actor: Member, purpose: str, language: str | None = None) -> Consent:
    """Withdraw a consent; it acts at once."""
    return _decide(actor, purpose, False, language, None)


def _decide(actor: Member, purpose: str, granted: bool, language: str | None, shown: str | None) -> Consent:
    member = Member.objects.select_for_update().get(pk=actor.pk)
    allow(is_present, member)
    text = BY_PURPOSE[purpose].keep(language or member.language)
    if shown is not None and shown != text.sha256:
        raise ConsentTextChanged()
    last = Consent.objects.filter(member=member, purpose=purpose).order_by("-id").first()
    if last is not None and last.granted == granted and (last.evidence_id == text.pk or not granted):
        return last
    row = Consent.objects.create(member=member, purpose=purpose, granted=granted, evidence=text)
    act = ConsentGiven if granted else ConsentWithdrawn
    stream.record(act(purpose=purpose, version=text.version), actor=member, object=row)
    changed(row)
    return row


@transaction.atomic
def edit_profile(*, actor: Member, member: Member, **fields: object) -> Member:
    """Change what the member says about himself; a new handle passes the rules of sign-up."""
    row = Member.objects.select_for_update().get(pk=member.pk)
    allow(is_oneself & is_present, actor, row)
    handle = str(fields.get("handle", row.handle))
    if handle.casefold() != row.handle.casefold():
        check_handle(handle, queries.staff_skeletons() - {row.skeleton})
    if "avatar" in fields:
        media.discard(row.avatar)
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise taken(error, email=row.email, handle=handle) from error
    return row


@transaction.atomic
def furnish_house(*, actor: Member, **fields: object) -> House:
    """Change the name, colours, texts and settings of the house. Owners only."""
    house = lock_house()
    allow(is_owner, Member.objects.get(pk=actor.pk), refusal=OwnerOnly)
    if "logo" in fields:
        media.discard(house.logo)
    for name, value in fields.items():
        setattr(house, name, value)
    house.full_clean()
    house.save()
    queries.forget_house()
    return house
