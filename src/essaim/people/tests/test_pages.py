"""Every page answers, in both languages, signed in and out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essaim.people import actions
from essaim.people.tests.conftest import PASSWORD

PUBLIC = [
    "account_login",
    "account_signup",
    "account_signup_by_passkey",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "socialaccount_login_cancelled",
    "people:legal",
    "people:farewell",
    "people:handle",
]
OWN = [
    "people:settings",
    "people:language",
    "people:consents",
    "people:security",
    "people:tokens",
    "people:data",
    "people:leave",
    "account_logout",
    "account_change_password",
    "account_email",
    "socialaccount_connections",
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_answers(client, owner, name, language):
    client.cookies["django_language"] = language

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert "style=" not in response.content.decode()


def test_provider_error_page_says_what_to_do(client, owner):
    response = client.get(reverse("socialaccount_login_error"))

    assert response.status_code == 401
    assert 'href="/accounts/login/"' in response.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", OWN)
def test_own_page_answers(client, marie, name, language):
    client.cookies["django_language"] = language
    client.force_login(marie)

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert "style=" not in response.content.decode()


@pytest.mark.parametrize("name", ["people:settings", "people:consents", "people:data"])
def test_own_page_asks_to_sign_in_first(client, owner, name):
    response = client.get(reverse(name))

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={reverse(name)}")


SENSITIVE = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


@pytest.mark.parametrize("name", SENSITIVE)
def test_page_of_second_factors_asks_the_password_again(client, marie, name):
    client.force_login(marie)

    response = client.get(reverse(name), follow=True)

    assert response.templates[0].name == "account/reauthenticate.html"


def test_a_new_house_shows_its_first_page(client, db):
    for address in ("/accounts/login/", "/accounts/signup/"):
        response = client.get(address)

        assert (response.status_code, response.url) == (302, "/welcome/")


def test_first_page_opens_the_house(client, db):
    given = {"house_name": "Le Fournil", "display_name": "Olga", "handle": "olga", "email": "olga@example.org"}

    response = client.post("/welcome/", {**given, "password": PASSWORD})

    assert (response.status_code, response.url) == (302, "/studio/house/")
    page = client.get("/studio/house/")
    assert page.status_code == 200
    assert "Le Fournil" in page.content.decode()


def test_first_page_refuses_a_common_password_and_keeps_the_rest(client, db):
    given = {"house_name": "Le Fournil", "display_name": "Olga", "handle": "olga", "email": "olga@example.org"}

    response = client.post("/welcome/", {**given, "password": "password123"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["password"]
    assert 'value="Le Fournil"' in response.content.decode()


def test_first_page_is_closed_once_the_house_is_open(client, owner):
    given = {"house_name": "Mine", "display_name": "Eve", "handle": "eve", "email": "eve@example.org"}

    assert client.get("/welcome/").url == "/accounts/login/"
    assert client.post("/welcome/", {**given, "password": PASSWORD}).status_code == 409


def test_profile_is_public(client, marie):
    response = client.get("/@marie/")

    assert response.status_code == 200
    assert "Marie" in response.content.decode()
    assert "marie@example.org" not in response.content.decode()


def test_profile_keeps_one_address(client, marie):
    response = client.get("/@MARIE/")

    assert (response.status_code, response.url) == (301, "/@marie/")


def test_profile_of_nobody_is_no_page(client, owner):
    assert client.get("/@nobody/").status_code == 404


def test_consents_page_asks_as_much_for_three_as_for_one(client, marie, django_assert_num_queries):
    client.force_login(marie)
    client.get("/settings/consents/")
    actions.give_consent(actor=marie, purpose="dialogue")
    with CaptureQueriesContext(connection) as one:
        client.get("/settings/consents/")
    actions.give_consent(actor=marie, purpose="influence")
    actions.give_consent(actor=marie, purpose="portfolio")

    with django_assert_num_queries(len(one)):
        client.get("/settings/consents/")
