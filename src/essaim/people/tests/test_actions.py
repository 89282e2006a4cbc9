import pytest
from django.db import DatabaseError, IntegrityError, transaction

from essaim.people import actions, evidence, queries
from essaim.people.domain import HandleReserved, TooYoung
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
from essaim.people.models import Acceptance, Consent, Evidence, House, HouseRole, Member
from essaim.people.tests.conftest import PASSWORD, Activity

ROLES = [role for role in HouseRole.Role.values if role != "owner"]


def told(type_):
    """(actor, target, payload, public) of each activity of this type."""
    rows = Activity.objects.filter(type=type_).order_by("id")
    return [(row.actor_id, row.target_id, row.payload, row.public) for row in rows]


def test_sign_up_opens_an_account(db):
    terms = evidence.keep("terms", "Be kind.", "en")

    member = actions.sign_up(
        email="Marie@Example.org",
        handle="Marie",
        display_name="Élise Marie",
        language="en",
        birth_year=1990,
        terms=terms,
    )

    kept = Member.objects.get()
    assert (kept.email, kept.handle, kept.sort_key, kept.skeleton) == (
        "Marie@example.org",
        "Marie",
        "elise marie",
        "marle",
    )
    assert (kept.languages, kept.email_confirmed_at) == (["en"], None)
    assert list(Acceptance.objects.values_list("member", "evidence")) == [(member.pk, terms.pk)]
    assert told("member.join") == [(member.pk, None, {}, False)]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"handle": "MARIE"}, HandleTaken),
        ({"email": "MARIE@example.org"}, EmailTaken),
        ({"handle": "0lga"}, HandleReserved),
        ({"handle": "essa1m"}, HandleReserved),
        ({"birth_year": 2020}, TooYoung),
    ],
)
def test_sign_up_refuses(marie, fields, refusal):
    given = {"email": "new@example.org", "handle": "newcomer", "display_name": "New", **fields}

    with pytest.raises(refusal):
        actions.sign_up(**given)

    assert Member.objects.count() == 2


def test_database_refuses_what_the_rules_refuse(marie):
    for bad in ("ab", "-abc", "é" * 5):
        with pytest.raises(IntegrityError), transaction.atomic():
            Member.objects.filter(pk=marie.pk).update(handle=bad)


def test_create_owner_only_once(owner):
    with pytest.raises(HouseAlreadyOpened):
        actions.create_owner(email="eve@example.org", handle="eve", display_name="Eve", password=PASSWORD)

    assert list(HouseRole.objects.values_list("member", "role", "granted_by")) == [(owner.pk, "owner", None)]
    assert House.objects.get().opened_at is not None
    assert told("house.open") == [(owner.pk, None, {}, True)]


def test_there_is_one_house(db):
    queries.house()

    with pytest.raises(IntegrityError), transaction.atomic():
        House.objects.create(pk=2)


@pytest.mark.parametrize("role", ROLES)
def test_grant_and_revoke_role(owner, marie, role):
    actions.grant_role(actor=owner, member=marie, role=role)
    actions.grant_role(actor=owner, member=marie, role=role)

    assert list(HouseRole.objects.filter(member=marie).values_list("role", "granted_by")) == [(role, owner.pk)]

    actions.revoke_role(actor=owner, member=marie, role=role)
    actions.revoke_role(actor=owner, member=marie, role=role)

    assert not HouseRole.objects.filter(member=marie).exists()
    assert told("role.grant") == [(owner.pk, marie.pk, {"role": role}, True)]
    assert told("role.revoke") == [(owner.pk, marie.pk, {"role": role}, True)]


@pytest.mark.parametrize("role", ROLES)
def test_only_an_owner_gives_and_takes_roles(owner, marie, make_member, role):
    other = make_member("Paul")
    actions.grant_role(actor=owner, member=marie, role=role)

    with pytest.raises(OwnerOnly):
        actions.grant_role(actor=marie, member=other, role="analyst")
    with pytest.raises(OwnerOnly):
        actions.revoke_role(actor=marie, member=marie, role=role)


def test_nobody_gives_himself_a_role(owner):
    with pytest.raises(NotToOneself):
        actions.grant_role(actor=owner, member=owner, role="treasurer")
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseRole.objects.create(member=owner, role="treasurer", granted_by=owner)


def test_role_needs_a_confirmed_address(owner, make_member):
    with pytest.raises(NotAMember):
        actions.grant_role(actor=owner, member=make_member("Paul", confirmed=False), role="analyst")


def test_the_last_owner_stays(owner, marie):
    with pytest.raises(LastOwner):
        actions.revoke_role(actor=owner, member=owner, role="owner")

    actions.grant_role(actor=owner, member=marie, role="owner")
    actions.revoke_role(actor=owner, member=owner, role="owner")

    assert list(HouseRole.objects.values_list("member", "role")) == [(marie.pk, "owner")]


def test_consents_are_off_until_given_and_append_only(marie):
    assert not queries.has_consent(marie, "influence")

    given = actions.give_consent(actor=marie, purpose="influence", language="fr")
    actions.give_consent(actor=marie, purpose="influence", language="fr")

    assert queries.has_consent(marie, "influence")
    assert list(queries.consenting("influence")) == [marie]
    assert given.evidence.text.startswith("Me compter dans la carte")

    actions.withdraw_consent(actor=marie, purpose="influence", language="en")

    assert not queries.has_consent(marie, "influence")
    assert list(queries.consenting("influence")) == []
    rows = Consent.objects.values_list("purpose", "granted", "evidence__language", "evidence__version")
    assert list(rows) == [("influence", True, "fr", 1), ("influence", False, "en", 1)]
    assert told("consent.give") == [(marie.pk, None, {"purpose": "influence", "version": 1}, False)]
    assert told("consent.withdraw") == [(marie.pk, None, {"purpose": "influence", "version": 1}, False)]


def test_withdrawing_what_was_never_given_is_noted_once(marie):
    actions.withdraw_consent(actor=marie, purpose="dialogue")
    actions.withdraw_consent(actor=marie, purpose="dialogue")

    assert Consent.objects.count() == 1


def test_consent_refuses_another_text_than_the_one_shown(marie):
    with pytest.raises(ConsentTextChanged):
        actions.give_consent(actor=marie, purpose="dialogue", shown=evidence.fingerprint("something else"))

    assert Consent.objects.count() == 0


def test_evidence_numbers_its_versions(db):
    first = evidence.keep("terms", "One.", "en")
    again = evidence.keep("terms", "One.", "en")
    second = evidence.keep("terms", "Two.", "en")
    french = evidence.keep("terms", "Un.", "fr")

    assert first == again
    assert [row.version for row in (first, second, french)] == [1, 2, 1]
    assert first.sha256 == evidence.fingerprint("One.")


@pytest.mark.parametrize("model", [Evidence, Acceptance, Consent])
def test_database_lets_nothing_agreed_change(marie, model):
    row = actions.give_consent(actor=marie, purpose="dialogue")
    evidence.accept(marie, row.evidence)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(id=999)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def test_database_checks_the_hash_of_evidence(db):
    with pytest.raises(IntegrityError, match="evidence_hash"), transaction.atomic():
        Evidence.objects.create(kind="terms", language="en", version=1, text="One.", sha256="0" * 64)


def test_edit_profile(marie, make_member):
    make_member("Paul")

    actions.edit_profile(actor=marie, member=marie, display_name="Zoé", handle="zoe", interests=["pain"])

    marie.refresh_from_db()
    assert (marie.display_name, marie.sort_key, marie.handle, marie.interests) == ("Zoé", "zoe", "zoe", ["pain"])
    with pytest.raises(HandleTaken):
        actions.edit_profile(actor=marie, member=marie, handle="PAUL")
    with pytest.raises(HandleReserved):
        actions.edit_profile(actor=marie, member=marie, handle="0lga")


def test_furnish_house_is_for_owners(owner, marie):
    actions.furnish_house(actor=owner, name="Le Fournil", taglines={"fr": "Du pain", "en": "Bread"})

    assert (House.objects.get().name, House.objects.get().taglines) == (
        "Le Fournil",
        {"fr": "Du pain", "en": "Bread"},
    )
    with pytest.raises(OwnerOnly):
        actions.furnish_house(actor=marie, name="Mine")
