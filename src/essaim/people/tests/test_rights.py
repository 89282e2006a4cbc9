"""What the house keeps about a member can be taken away, and goes when he goes."""

import csv
import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile

from essaim.people import actions, erasure, export, rights, tokens
from essaim.people.errors import AlreadyErased, LastOwner, MoneyStillOwed, MoneyUnderWay, NotYourAccount
from essaim.people.models import ApiToken, Consent, Member
from essaim.people.tests.conftest import PASSWORD
from essaim.people.tests.test_actions import told


@pytest.fixture
def holding(monkeypatch):
    """A folder above that keeps a table about members, in a list."""
    kept = {"rows": [], "owed": []}

    def portrait(member):
        return [dict(row) for row in kept["rows"]]

    def erase(member):
        kept["rows"].clear()

    monkeypatch.setattr(rights, "_holdings", dict(rights._holdings))
    rights.register("poems", portrait=portrait, erase=erase, owed=lambda member: kept["owed"])
    return kept


def opened(member):
    return zipfile.ZipFile(io.BytesIO(export.archive(member)))


def test_export_tells_the_same_twice_in_json_and_csv(marie, holding):
    holding["rows"] = [
        {"title": "Mie", "verses": 3, "tags": ["pain", "sel"]},
        {"title": "=1+1", "verses": 0, "tags": []},
    ]
    actions.give_consent(actor=marie, purpose="dialogue", language="en")

    archive = opened(marie)
    person = json.loads(archive.read("member.jsonld"))
    table = list(csv.DictReader(io.StringIO(archive.read("poems.csv").decode())))

    assert (person["type"], person["preferredUsername"]) == ("Person", "marie")
    assert person["rows"]["poems"]["items"] == holding["rows"]
    assert table == [
        {"title": "Mie", "verses": "3", "tags": "pain; sel"},
        {"title": "'=1+1", "verses": "0", "tags": ""},
    ]
    consent = person["rows"]["consents"]["items"][0]
    assert (consent["purpose"], consent["granted"]) == ("dialogue", True)
    assert person["rows"]["profile"]["items"][0]["email"] == "marie@example.org"


def test_every_holding_is_in_the_export(marie):
    names = set(opened(marie).namelist())

    assert {f"{each.name}.csv" for each in rights.holdings()} <= names
    assert {"member.jsonld", "README.txt"} <= names


def test_export_carries_the_files(marie):
    marie.avatar.save("me.webp", ContentFile(b"picture"))

    archive = opened(marie)
    path = json.loads(archive.read("member.jsonld"))["rows"]["profile"]["items"][0]["avatar"]

    assert archive.read(path) == b"picture"


def test_erase_member_empties_the_account(client, marie, holding, django_capture_on_commit_callbacks):
    holding["rows"] = [{"title": "Mie"}]
    client.post("/accounts/login/", {"login": "marie@example.org", "password": PASSWORD})
    marie.avatar.save("me.webp", ContentFile(b"picture"))
    storage, picture = marie.avatar.storage, marie.avatar.name
    tokens.issue(marie, "script", [])
    actions.give_consent(actor=marie, purpose="dialogue")

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_member(actor=marie, member=marie)

    gone = Member.objects.get(pk=marie.pk)
    assert gone.handle.startswith("former-")
    assert gone.email == f"{gone.handle}@erased.invalid"
    assert (gone.bio, gone.place, gone.birth_year, gone.interests, gone.languages) == ("", "", None, [], [])
    assert (gone.is_active, gone.has_usable_password(), bool(gone.avatar)) == (False, False, False)
    assert gone.erased_at is not None
    assert not storage.exists(picture)
    assert holding["rows"] == []
    assert not EmailAddress.objects.filter(user=gone).exists()
    assert not ApiToken.objects.exists()
    assert not Session.objects.exists()
    assert Consent.objects.filter(member=gone).count() == 1
    assert told("member.erase") == [(gone.pk, None, {}, False)]
    assert client.get("/@marie/").status_code == 404


def test_erase_member_refuses_while_money_is_owed(marie, holding):
    holding["owed"] = [rights.Owed(150000, "EUR"), rights.Owed(0, "PT")]

    with pytest.raises(MoneyStillOwed) as refusal:
        erasure.erase_member(actor=marie, member=marie)

    assert refusal.value.facts == {"amounts": "1\u202f500,00\u00a0€"}
    erasure.erase_member(actor=marie, member=marie, give_up=True)
    assert Member.objects.get(pk=marie.pk).erased_at is not None


def test_money_under_way_cannot_be_given_up(client, marie, holding):
    holding["owed"] = [rights.Owed(2000, "EUR", under_way=True), rights.Owed(500, "EUR")]
    client.cookies["django_language"] = "en"
    client.force_login(marie)

    for give_up in (False, True):
        with pytest.raises(MoneyUnderWay) as refusal:
            erasure.erase_member(actor=marie, member=marie, give_up=give_up)
        assert refusal.value.facts == {"amounts": "20,00\u00a0€"}
    sent = client.post("/settings/data/leave/", {"understood": "on", "password": PASSWORD, "give_up": "on"})

    assert sent.status_code == 422
    assert sent.context["under_way"] == [rights.Owed(2000, "EUR", under_way=True)]
    assert "Cancel it while that is possible" in sent.context["form"].non_field_errors()[0]
    assert "On its way to you:" in client.get("/settings/data/").content.decode()
    assert Member.objects.get(pk=marie.pk).erased_at is None


def test_erase_member_refuses_others_twice_and_the_last_owner(owner, marie):
    with pytest.raises(NotYourAccount):
        erasure.erase_member(actor=owner, member=marie)
    with pytest.raises(LastOwner):
        erasure.erase_member(actor=owner, member=owner)
    erasure.erase_member(actor=marie, member=marie)
    with pytest.raises(AlreadyErased):
        erasure.erase_member(actor=marie, member=marie)


def test_the_handle_and_address_are_free_again(marie, make_member):
    erasure.erase_member(actor=marie, member=marie)

    assert make_member("Marie").handle == "marie"


def test_data_page_downloads_and_leaves_in_two_steps(client, marie):
    client.force_login(marie)
    archive = client.post("/settings/data/export/")
    assert archive["Content-Type"] == "application/zip"
    assert "member.jsonld" in zipfile.ZipFile(io.BytesIO(archive.content)).namelist()

    wrong = client.post("/settings/data/leave/", {"understood": "on", "password": "not-this-one"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["password"])
    assert Member.objects.get(pk=marie.pk).erased_at is None

    left = client.post("/settings/data/leave/", {"understood": "on", "password": PASSWORD})
    assert (left.status_code, left.url) == (302, "/farewell/")
    assert Member.objects.get(pk=marie.pk).erased_at is not None
    assert client.get("/settings/").status_code == 302


def test_leaving_page_names_the_money_owed(client, marie, holding):
    holding["owed"] = [rights.Owed(150000, "EUR")]
    client.force_login(marie)

    refused = client.post("/settings/data/leave/", {"understood": "on", "password": PASSWORD})

    assert refused.status_code == 422
    assert Member.objects.get(pk=marie.pk).erased_at is None
    accepted = client.post("/settings/data/leave/", {"understood": "on", "password": PASSWORD, "give_up": "on"})
    assert accepted.status_code == 302


def test_someone_without_password_proves_himself_another_way(client, marie):
    marie.set_unusable_password()
    marie.save()
    Authenticator.objects.create(user=marie, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(marie)

    response = client.get("/settings/data/leave/")

    assert (response.status_code, response.url.split("?")[0]) == (302, "/accounts/2fa/reauthenticate/")
