"""A mechanism switched off in the house's settings answers nowhere and is named nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from essaim.initiatives.queries import visible_to
from essaim.mechanisms.contest.tests.conftest import house, noon  # noqa: F401
from essaim.people.models import House, HouseRole, Member

ADDRESSES = [
    "/contest/",
    "/contest/{slug}/",
    "/studio/contest/",
    "/studio/contest/{slug}/",
    "/api/v1/contest/{slug}/ideas/",
    "/initiatives/{slug}/rules/",
    "/initiatives/{slug}/activity/",
    "/api/v1/initiatives/{slug}/",
]


@pytest.fixture
def manager(house: Any) -> Member:  # noqa: F811
    member: Member = house.member("the-manager")
    HouseRole.objects.create(member=member, role="manager")
    return member


@pytest.fixture
def caller(client: Client, manager: Member) -> Client:
    client.cookies["django_language"] = "en"
    client.force_login(manager)
    return client


def switch(*off: str) -> None:
    House.objects.update_or_create(pk=1, defaults={"modules_off": list(off)})


@pytest.mark.parametrize("address", ADDRESSES)
def test_its_addresses_answer_404_until_it_is_on_again(
    caller: Client,
    house: Any,  # noqa: F811
    address: str,
) -> None:
    path = address.format(slug=house.contest().slug)

    answers = []
    for off in ((), ("contest",), ("contes", "other")):
        switch(*off)
        answers.append(caller.get(path).status_code)

    assert answers == [200, 404, 200]


def test_the_api_answers_a_problem_in_the_language_asked_for(client: Client, db: None) -> None:
    switch("contest")

    answer = client.post("/api/v1/contest/bread/ideas/", headers={"accept-language": "en"})

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["title"] == "This does not exist, or is not open to you."


@pytest.mark.parametrize("page", ["/", "/my/", "/studio/", "/api/"])
def test_menus_home_and_desk_do_not_name_it(caller: Client, house: Any, page: str) -> None:  # noqa: F811
    contest = house.contest()
    house.idea(contest)
    names = ('="/contest/', "/api/v1/contest/", contest.title)
    assert any(name in caller.get(page).content.decode() for name in names)

    switch("contest")

    html = caller.get(page).content.decode()
    assert [name for name in names if name in html] == []


def test_the_published_schema_does_not_speak_of_it(client: Client, house: Any) -> None:  # noqa: F811
    def told() -> tuple[bool, bool, bool]:
        schema = client.get("/api/v1/openapi.json").json()
        paths = [path for path in schema["paths"] if path.startswith("/api/v1/contest/")]
        return bool(paths), "IdeaOut" in schema["components"]["schemas"], "Problem" in schema["components"]["schemas"]

    assert told() == (True, True, True)

    switch("contest")

    assert told() == (False, False, True)


def test_readers_find_its_initiatives_no_more(house: Any) -> None:  # noqa: F811
    contest = house.contest()
    assert list(visible_to(None)) == [contest]

    switch("contest")

    assert list(visible_to(None)) == []
