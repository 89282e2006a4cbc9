"""What waits at the desk is told to the team, and to the one who is meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from essaim.initiatives.desk import hung_errands
from essaim.kit import clock
from essaim.listening.desk import acts
from essaim.listening.desk.tests import conftest as desk
from essaim.listening.desk.tests.conftest import DAY, NOON, heard, make_person, read_as
from essaim.listening.models import Source
from essaim.people.models import Member
from essaim.studio.queue import waiting_for

noon, owner, mona, marc, source = desk.noon, desk.owner, desk.mona, desk.marc, desk.source


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def told(member: Member) -> dict[str, int]:
    wanted = ("mentions-claims", "mentions-questions", "promises-due", "promises-overdue", "mentions-mine")
    return {one.duty.slug: one.count for one in waiting_for(member) if one.duty.slug in wanted}


def test_claims_questions_and_promises_wait_for_the_team(source: Source, mona: Member, client: Client) -> None:
    claim, question = heard(source, "It came broken"), heard(source, "Where is it?", by="bob")
    old = heard(source, "Broken then", by="cleo", at=NOON - 30 * DAY)
    for mention in (claim, old):
        read_as(mention, -1, "claim")
    read_as(question, 0, "question")
    assert told(mona) == {"mentions-claims": 1, "mentions-questions": 1}
    acts.assign(mention_id=question.pk, actor=mona, assignee=mona)
    acts.promise(mention_id=claim.pk, actor=mona, text="A new lid", due_on=NOON.date() + timedelta(days=3))
    assert told(mona) == {"mentions-claims": 1, "promises-due": 1, "mentions-mine": 1}
    client.force_login(mona)
    (duty,) = (one for one in waiting_for(mona) if one.duty.slug == "mentions-claims")
    page = client.get(duty.url).content.decode()
    assert "It came broken" in page
    assert "Broken then" not in page
    with clock.at(NOON + 4 * DAY):
        assert told(mona)["promises-overdue"] == 1
        assert "promises-due" not in told(mona)
    assert told(make_person("nora", "analyst")) == {}


def test_errands_tell_the_one_who_is_meant(source: Source, mona: Member, marc: Member, client: Client) -> None:
    client.force_login(mona)
    mention = heard(source, "It came broken")
    acts.assign(mention_id=mention.pk, actor=marc, assignee=mona)
    acts.promise(mention_id=mention.pk, actor=mona, text="A new lid", due_on=NOON.date() + timedelta(days=3))
    texts = [(str(one.text), one.until is None) for one in hung_errands(mona)]
    assert texts == [("1 mention waits for you", True), ("You promised: “A new lid”", False)]
    assert "A new lid" in client.get("/my/").content.decode()
    assert list(hung_errands(marc)) == []
    with clock.at(NOON + 5 * DAY):
        assert [str(one.text) for one in hung_errands(mona)] == [
            "1 mention waits for you", "You promised: “A new lid”; its day has passed",
        ]  # fmt: skip


@pytest.mark.parametrize("role", ["analyst", "designer", "none"])
def test_who_does_not_answer_has_no_such_errands(source: Source, role: str) -> None:
    member = make_person("nora", *([] if role == "none" else [role]))
    assert list(hung_errands(member)) == []
