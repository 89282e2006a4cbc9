"""The contest for programs: the same acts, the same refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from essaim.kit import clock
from essaim.ledger.queries import escrow_balance, member_balance
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain.rules import Ballot, Rules
from essaim.mechanisms.contest.models import Idea, Vote
from essaim.mechanisms.contest.tests.conftest import DAY, NOON, House
from essaim.people import tokens
from essaim.people.models import Member

API = "/api/v1/contest/bread"


class Program:
    """Calls the API in a member's name."""

    def __init__(self, member: Member | None) -> None:
        headers = {"accept-language": "en"}
        if member is not None:
            _, secret = tokens.issue(member, "test", ("read", "write"))
            headers["authorization"] = f"Bearer {secret}"
        self.client = Client(headers=headers)

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        answer = self.client.generic(method, f"{API}{path}", _json(body), content_type="application/json")
        return answer.status_code, answer.json() if answer.content else None


def _json(body: Any) -> bytes:
    return json.dumps(body).encode() if body is not None else b""


def test_an_idea_from_submission_to_vote(house: House) -> None:
    house.contest(Rules(ballot=Ballot.OPINION))
    author, voter, nobody = Program(house.member("ana")), Program(house.member("zoe")), Program(None)
    status, idea = author("POST", "/ideas/", {"title": "Rye", "body": "Dark", "categories": ["bread"]})
    assert (status, idea["number"], idea["authors"]) == (201, 1, [{"member": "ana", "share": 10_000}])
    assert nobody("GET", "/ideas/?words=RYE")[1]["count"] == 1
    assert nobody("GET", "/ideas/?words=wheat")[1]["count"] == 0
    assert voter("POST", "/similar/", {"text": "dark rye"})[1][0]["number"] == 1
    assert voter("PUT", "/ideas/1/vote/", {"value": -1}) == (200, {"value": -1, "cast_at": "2026-03-02T12:00:00Z"})
    assert Vote.objects.get().value == -1
    assert voter("DELETE", "/ideas/1/vote/") == (204, None)
    assert not Vote.objects.exists()
    assert author("PATCH", "/ideas/1/", {"title": "Dark rye", "body": "Darker"})[1]["title"] == "Dark rye"
    assert author("DELETE", "/ideas/1/") == (204, None)
    assert voter("GET", "/ideas/1/")[0] == 404


def test_refusals_are_problems(house: House) -> None:
    contest = house.contest(Rules())
    idea = house.idea(contest)
    author, nobody = Program(idea.author), Program(None)
    status, problem = author("PUT", "/ideas/1/vote/", {})
    assert (status, problem["type"]) == (422, "urn:essaim:problem:OwnIdea")
    assert nobody("PUT", "/ideas/1/vote/", {})[0] == 401
    assert author("PUT", "/ideas/1/vote/", {"value": 7})[0] == 422
    status, problem = author("GET", "/count/")
    assert (status, problem["type"]) == (403, "urn:essaim:problem:CountHidden")
    assert author("GET", "/ballots/")[0] == 403
    assert author("POST", "/funding/", {"amount": 100, "key": "abcdefgh"})[0] == 403


def test_a_draft_contest_and_a_draft_idea_are_not_shown(house: House) -> None:
    contest = house.contest(Rules(), opened=False)
    author, manager = Program(house.member()), Program(house.manager)
    assert author("GET", "/ideas/")[0] == 404
    assert manager("GET", "/ideas/")[0] == 200
    draft = actions.save_draft(contest=contest, author=house.manager, title="D", body="")
    assert manager("GET", f"/ideas/{draft.number}/")[0] == 200
    assert author("GET", f"/ideas/{draft.number}/")[0] == 404


def test_money_jury_and_answers(house: House) -> None:
    contest = house.contest()
    idea, treasurer = house.idea(contest), Program(house.treasurer)
    juror, manager = Program(queries.jury(contest).get().member), Program(house.manager)
    for _ in range(2):
        assert treasurer("POST", "/funding/", {"amount": 5_000, "key": "form-0001"})[0] == 201
    assert escrow_balance(contest.pk) == 255_000
    assert juror("PUT", "/ideas/1/score/", {"score": 75})[1]["score"] == 75
    status, rung = juror("POST", "/ideas/1/potential/")
    assert (status, rung["rung"], rung["amount"]) == (201, "potential", 50_000)
    assert juror("POST", "/ideas/1/potential/")[0] == 409
    assert member_balance(idea.author) == 50_000
    assert manager("POST", "/ideas/1/answers/", {"verdict": "accepted", "body": "Yes"})[0] == 201
    assert manager("GET", "/ideas/1/")[1]["answers"][0]["body"] == "Yes"


def test_co_authors_and_merging(house: House) -> None:
    contest = house.contest(Rules())
    idea, friend = house.idea(contest), house.member("bea")
    author, manager = Program(idea.author), Program(house.manager)
    assert author("POST", "/ideas/1/offers/", {"member": "bea", "share": 2_500})[0] == 201
    assert Program(friend)("PUT", "/ideas/1/offer/") == (200, {"member": "bea", "share": 2_500})
    house.idea(contest, title="Again")
    status, kept = manager("POST", "/ideas/2/merge/", {"into": 1, "carried": 1_000})
    assert (status, kept["number"]) == (200, 1)
    assert sorted(author["share"] for author in kept["authors"]) == [1_000, 2_250, 6_750]
    assert manager("GET", "/ideas/2/")[1]["merged_into"] == 1
    assert Idea.objects.count() == 2


def test_the_count_is_public_when_the_vote_is_over(house: House) -> None:
    contest = house.contest(Rules(), phases=(("together", 5), ("decide", 5)))
    voter = house.member()
    actions.cast_vote(idea=house.idea(contest), voter=voter)
    receipt = Program(voter)("GET", "/receipt/")[1]
    with clock.at(NOON + 6 * DAY):
        status, count = Program(None)("GET", "/count/")
        ballots = Program(None)("GET", "/ballots/")[1]
    assert (status, count["winners"]) == (200, ["1"])
    assert [line["voter"] for line in ballots["votes"]] == [receipt["code"]]


@pytest.mark.parametrize("count", [1, 3])
def test_listing_ideas_costs_the_same_for_one_and_three(
    house: House, count: int, django_assert_max_num_queries
) -> None:
    contest = house.contest()
    for _ in range(count):
        house.idea(contest)
    program = Program(None)
    with django_assert_max_num_queries(11):
        assert program("GET", "/ideas/")[1]["count"] == count
