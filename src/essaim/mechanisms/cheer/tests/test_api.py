"""Campaigns of cheers for programs: the same acts, the same refusals."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client

from essaim.kit import clock
from essaim.mechanisms.cheer import actions
from essaim.mechanisms.cheer.models import CheerMessage
from essaim.mechanisms.cheer.tests.conftest import EVENING, MATCH, Stadium
from essaim.people import tokens
from essaim.people.models import Member


def call(member: Member | None, stadium: Stadium, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    headers = {"accept-language": "en"}
    if member is not None:
        headers["authorization"] = f"Bearer {tokens.issue(member, 'test', ('read', 'write'))[1]}"
    content = json.dumps(body).encode() if body is not None else b""
    address = f"/api/v1/cheer/{stadium.campaign.slug}/{path}"
    answer = Client(headers=headers).generic(method, address, content, content_type="application/json")
    return answer.status_code, answer.json()


def test_a_program_cheers_and_reads_the_count(stadium: Stadium) -> None:
    ada = stadium.fan("ada")
    assert [camp["slug"] for camp in call(None, stadium, "GET", "camps/")[1]] == ["reds", "blues"]
    given = [call(ada, stadium, "POST", "cheers/", {"camp": camp}) for camp in ("reds", "reds", "blues")]
    assert given == [
        (200, {"outcome": "accepted", "camp": "reds"}),
        (200, {"outcome": "duplicate", "camp": "reds"}),
        (200, {"outcome": "changed", "camp": "blues"}),
    ]
    status, rounds = call(None, stadium, "GET", "rounds/")
    assert (status, [each["state"] for each in rounds]) == (200, ["now", "ahead"])
    assert {count["camp"]: (count["members"], count["leads"]) for count in rounds[0]["counts"]} == {
        "reds": (0, False),
        "blues": (1, True),
    }


def test_a_program_is_refused_as_a_person_is(stadium: Stadium) -> None:
    ada, passer = stadium.fan("ada"), stadium.fan("passer", joins=False)
    assert call(None, stadium, "POST", "cheers/", {"camp": "reds"})[0] == 401
    assert call(passer, stadium, "POST", "cheers/", {"camp": "reds"})[0] == 403
    assert call(ada, stadium, "POST", "cheers/", {"camp": "greens"})[0] == 404
    assert call(ada, stadium, "GET", "messages/")[0] == 403
    with clock.at(EVENING + MATCH + timedelta(minutes=1)):
        status, problem = call(ada, stadium, "POST", "cheers/", {"camp": "reds"})
    assert (status, problem["type"]) == (409, "urn:essaim:problem:TooLate")


def test_a_moderator_decides_by_program(stadium: Stadium) -> None:
    call(stadium.fan("ada"), stadium, "POST", "cheers/", {"camp": "reds", "words": "Come on!"})
    [waiting] = call(stadium.manager, stadium, "GET", "messages/")[1]["items"]
    assert (waiting["words"], waiting["state"], waiting["camp"]) == ("Come on!", "waiting", "reds")
    decided = call(stadium.manager, stadium, "PUT", f"messages/{waiting['id']}/", {"approved": True})
    assert (decided[0], decided[1]["state"]) == (200, "approved")
    with clock.at(EVENING + timedelta(hours=1)):
        assert [row["words"] for row in call(None, stadium, "GET", "wall/")[1]["items"]] == ["Come on!"]
    assert CheerMessage.objects.get().state == "approved"


def test_the_light_is_read_by_program(stadium: Stadium) -> None:
    actions.override_light(
        campaign=stadium.campaign, actor=stadium.manager, colours=["#00FF00"], intensity=0.5, reason="Rehearsal"
    )
    status, told = call(None, stadium, "GET", "light/")
    assert (status, told["mode"], told["colours"], told["intensity"]) == (200, "override", ["#00ff00"], 0.5)
