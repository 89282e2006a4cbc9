"""Access, scopes, problems, limits and the reference page of the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from essaim.activity.models import Activity
from essaim.communities.models import Membership
from essaim.config.api.access import PerMinute
from essaim.config.tests.conftest import House, bearer
from essaim.people import tokens

API = "/api/v1"


@pytest.fixture
def caller() -> Client:
    return Client(headers={"accept-language": "en"})


def test_reading_what_is_public_needs_no_account(caller: Client, small_house: House) -> None:
    answer = caller.get(f"{API}/communities/").json()
    assert [(item["slug"], item["size"]) for item in answer["items"]] == [("village", 2)]
    assert answer["count"] == 1
    assert caller.get(f"{API}/communities/cellar/").status_code == 404


def test_a_token_opens_what_its_member_may_see(caller: Client, small_house: House) -> None:
    headers = bearer(small_house.manager, "read")
    answer = caller.get(f"{API}/communities/", headers=headers).json()
    assert [item["slug"] for item in answer["items"]] == ["cellar", "village"]
    assert caller.get(f"{API}/me/", headers=headers).json()["handle"] == "margot"


def test_me_without_an_account_is_a_problem_in_the_readers_language(caller: Client, db: None) -> None:
    answer = caller.get(f"{API}/me/")
    assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"]) == (
        401,
        "application/problem+json",
        'Bearer realm="essaim"',
    )
    assert answer.json() == {
        "type": "urn:essaim:problem:NotSignedIn",
        "title": "This needs a member.",
        "status": 401,
        "detail": "Send a personal token: `Authorization: Bearer essaim_…`.",
    }
    french = caller.get(f"{API}/me/", headers={"accept-language": "fr"}).json()
    assert french["title"] == "Il faut être membre."


@pytest.mark.parametrize("secret", ["essaim_wrong", "é", ""])
def test_a_token_that_opens_nothing_is_refused(caller: Client, db: None, secret: str) -> None:
    answer = caller.get(f"{API}/me/", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 401


def test_a_revoked_token_is_refused(caller: Client, small_house: House) -> None:
    token, secret = tokens.issue(small_house.ada, "test", ["read"])
    tokens.revoke(token)
    answer = caller.get(f"{API}/me/", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 401


def test_a_role_without_second_proof_is_not_carried_by_a_token(
    caller: Client, small_house: House, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    answers = [
        caller.get(f"{API}/me/", headers=bearer(who, "read")) for who in (small_house.manager, small_house.ada)
    ]
    assert [answer.status_code for answer in answers] == [403, 200]
    assert answers[0].json()["type"] == "urn:essaim:problem:SecondFactorNeeded"


def test_the_reference_leads_to_the_tokens(client: Client, db: None) -> None:
    assert 'href="/settings/tokens/"' in client.get("/api/").content.decode()


@pytest.mark.parametrize(("scopes", "status"), [(["read"], 403), (["sales"], 403), (["write"], 204)])
def test_acting_needs_the_scope(caller: Client, small_house: House, scopes: list[str], status: int) -> None:
    answer = caller.delete(f"{API}/communities/village/membership/", headers=bearer(small_house.ada, *scopes))
    assert answer.status_code == status
    still_there = Membership.objects.filter(member=small_house.ada, state="active").exists()
    assert still_there is (status != 204)


def test_the_api_calls_the_same_act(caller: Client, small_house: House) -> None:
    headers = bearer(small_house.ada, "write")
    caller.delete(f"{API}/communities/village/membership/", headers=headers)
    joined = caller.post(
        f"{API}/communities/village/membership/", {"charter": 1}, content_type="application/json", headers=headers
    )
    assert (joined.status_code, joined.json()) == (
        201,
        {"community": "village", "role": "member", "state": "active"},
    )
    assert Activity.objects.filter(actor=small_house.ada, type="community.join").count() == 2


def test_a_session_acts_with_its_csrf_token_only(small_house: House) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(small_house.ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"{API}/communities/village/membership/"
    assert browser.delete(address).status_code == 403
    token = browser.get(reverse("api-reference")).context["csrf_token"]
    assert browser.delete(address, headers={"x-csrftoken": str(token)}).status_code == 204


def test_a_stranger_who_acts_is_asked_to_sign_in(caller: Client, small_house: House) -> None:
    assert caller.delete(f"{API}/communities/village/membership/").status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b'{"charter": "\\u0000"}', 400),
        (b'{"charter": "\\ud800"}', 400),
        (b'{"charter": "x"}', 422),
        (b"\xff", 400),
    ],
)
def test_what_cannot_be_read_is_a_problem(caller: Client, small_house: House, body: bytes, status: int) -> None:
    answer = caller.post(
        f"{API}/communities/village/membership/",
        body,
        content_type="application/json",
        headers=bearer(small_house.ada, "write"),
    )
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_faults_are_told_field_by_field(caller: Client, small_house: House) -> None:
    answer = caller.get(f"{API}/communities/?limit=0").json()
    assert [error["where"] for error in answer["errors"]] == [["query", "limit"]]


def test_the_fence_against_loops() -> None:
    fence = PerMinute(member=5, stranger=2)
    request = RequestFactory().get("/")
    assert [fence.allow_request(request) for _ in range(3)] == [True, True, False]
    assert 0 < (fence.wait() or 0) <= 30
    other = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    assert fence.allow_request(other)


def test_the_schema_is_published_and_the_page_tells_all_of_it(client: Client, db: None) -> None:
    schema = client.get(f"{API}/openapi.json").json()
    page = client.get(reverse("api-reference")).content.decode()
    assert page.count("<summary>") >= sum(len(methods) for methods in schema["paths"].values())
    for path in schema["paths"]:
        assert f"<code>{path}</code>" in page
    assert '<script src="http' not in page


def test_activity_never_tells_of_a_hidden_community(caller: Client, small_house: House) -> None:
    Activity.objects.create(
        type="community.join", verb="Join", actor=small_house.manager, community=small_house.cellar, public=True
    )
    seen = caller.get(f"{API}/activity/").json()["items"]
    assert {item["community"] for item in seen} <= {None, "village"}
    inside = caller.get(f"{API}/activity/", headers=bearer(small_house.manager, "read")).json()["items"]
    assert "cellar" in {item["community"] for item in inside}
