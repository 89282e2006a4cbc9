"""The page of a member's keys for programs."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essaim.people import tokens
from essaim.people.models import ApiToken
from essaim.people.tests.conftest import PASSWORD

LIST, NEW = "/settings/tokens/", "/settings/tokens/new/"


@pytest.fixture
def signed_in(client, marie):
    """Marie has just shown her password, in English."""
    client.cookies["django_language"] = "en"
    client.force_login(marie)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_secret_is_shown_once_and_opens_what_was_chosen(signed_in, marie):
    response = signed_in.post(NEW, {"name": "Cash desk", "scopes": ["sales", "read"]})

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    secret = response.context["secret"]
    page = response.content.decode()
    assert f'value="{secret}" readonly' in page
    assert f'data-copy="{secret}"' in page
    token = tokens.find(secret)
    assert (token.member, token.name, token.scopes) == (marie, "Cash desk", ["read", "sales"])

    listed = signed_in.get(LIST).content.decode()
    assert "Cash desk" in listed
    assert secret not in listed
    assert "import sales of products" in listed
    assert "1 program holds a key of yours" in signed_in.get("/settings/security/").content.decode()


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"name": "", "scopes": ["read"]}, ["name"]),
        ({"name": "Desk"}, ["scopes"]),
        ({"name": "Desk", "scopes": ["read", "everything"]}, ["scopes"]),
        ({"name": "D" * 81, "scopes": ["read"]}, ["name"]),
    ],
)
def test_a_token_needs_a_name_and_known_scopes(signed_in, given, wrong):
    response = signed_in.post(NEW, given)

    assert (response.status_code, list(response.context["form"].errors)) == (422, wrong)
    assert f'value="{given["name"]}"' in response.content.decode() or not given["name"]
    assert not ApiToken.objects.exists()


def test_making_a_token_asks_the_password_again(client, marie):
    client.force_login(marie)

    for response in (client.get(NEW), client.post(NEW, {"name": "Desk", "scopes": ["read"]})):
        assert (response.status_code, response.url) == (302, f"/accounts/reauthenticate/?next={quote(NEW, safe='')}")
    assert not ApiToken.objects.exists()


def test_a_revoked_token_opens_nothing_and_leaves_the_list(signed_in, marie):
    token, secret = tokens.issue(marie, "Desk", ["read"])

    response = signed_in.post(f"{LIST}{token.pk}/revoke/")

    assert (response.status_code, response.url) == (302, LIST)
    assert tokens.find(secret) is None
    assert signed_in.get(LIST).context["lines"] == []
    assert signed_in.post(f"{LIST}{token.pk}/revoke/").status_code == 404


def test_nobody_sees_or_revokes_the_tokens_of_another(client, marie, make_member):
    token, secret = tokens.issue(marie, "Desk", ["read"])
    client.force_login(make_member("Paul"))

    assert "Desk" not in client.get(LIST).content.decode()
    assert client.post(f"{LIST}{token.pk}/revoke/").status_code == 404
    assert tokens.find(secret) == token


@pytest.mark.parametrize("address", [LIST, NEW])
def test_visitors_sign_in_first(client, owner, address):
    response = client.get(address)

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={address}")


@pytest.mark.parametrize("address", [LIST, NEW])
def test_a_role_without_second_proof_reaches_no_token(client, owner, settings, address):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(owner)

    assert client.get(address).url == "/settings/security/"
    assert client.post(address, {"name": "Desk", "scopes": ["read"]}).status_code == 403


def test_list_asks_as_much_for_three_as_for_one(client, marie, django_assert_num_queries):
    client.force_login(marie)
    tokens.issue(marie, "one", ["read"])
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    tokens.issue(marie, "two", ["write"])
    tokens.issue(marie, "three", ["read", "sales"])

    with django_assert_num_queries(len(one)):
        client.get(LIST)
