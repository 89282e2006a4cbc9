"""Campaigns for programs: the same acts, the same refusals."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.test import Client

from essaim.mechanisms.crowdfunding.models import Pledge
from essaim.mechanisms.crowdfunding.tests.conftest import House, first_tier
from essaim.people import tokens
from essaim.people.models import Member

API = "/api/v1/crowdfunding"


class Program:
    """Calls the API in a member's name."""

    def __init__(self, member: Member | None) -> None:
        headers = {"accept-language": "en"}
        if member is not None:
            _, secret = tokens.issue(member, "test", ("read", "write"))
            headers["authorization"] = f"Bearer {secret}"
        self.client = Client(headers=headers)

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        content = json.dumps(body).encode() if body is not None else b""
        answer = self.client.generic(method, f"{API}{path}", content, content_type="application/json")
        return answer.status_code, answer.json() if answer.content else None


def test_a_program_pledges_pays_changes_and_cancels(house: House) -> None:
    campaign, ada = house.campaign(tiers=(house.loaf(stock=2),)), house.member("ada")
    call, tier = Program(ada), first_tier(campaign).pk
    body = {"key": str(uuid.uuid4()), "lines": [{"tier": tier}], "gift": 250}
    status, made = call("POST", "/oven/pledges/", body)
    assert (status, made["number"], made["amount"], made["state"]) == (201, 1, 3_250, "unpaid")
    assert call("POST", "/oven/pledges/", body)[1]["number"] == 1
    assert call("POST", "/oven/pledges/1/payment/")[0] == 201
    house.bank.say(Pledge.objects.get(), "authorised")
    status, gauge = call("GET", "/oven/gauge/")
    assert (status, gauge["raised"], gauge["backers"], gauge["outcome"]) == (200, 3_250, 1, "")
    assert call("GET", "/oven/tiers/")[1][0]["left"] == 1
    less = {"key": str(uuid.uuid4()), "lines": [{"tier": tier}]}
    assert call("PUT", "/oven/pledges/1/", less)[1]["amount"] == 3_000
    assert call("PUT", "/oven/pledges/1/choice/", {"choice": "gift"})[1]["on_failure"] == "gift"
    assert call("DELETE", "/oven/pledges/1/") == (204, None)
    assert [row["state"] for row in call("GET", "/pledges/")[1]["items"]] == ["cancelled"]


def test_a_program_is_refused_as_a_person_is(house: House) -> None:
    campaign, ada, bob = house.campaign(tiers=(house.loaf(stock=1),)), house.member("ada"), house.member("bob")
    tier = first_tier(campaign).pk
    house.held(campaign, ada)
    status, problem = Program(bob)("POST", "/oven/pledges/", {"key": str(uuid.uuid4()), "lines": [{"tier": tier}]})
    assert (status, problem["type"]) == (409, "urn:essaim:problem:TierTaken")
    assert Program(bob)("GET", "/oven/pledges/1/")[0] == 404
    assert Program(bob)("GET", "/oven/money/")[0] == 403
    assert Program(house.treasurer)("GET", "/oven/money/")[1]["balanced"] is True
    assert Program(None)("POST", "/oven/pledges/", {"key": str(uuid.uuid4()), "gift": 500})[0] == 401
