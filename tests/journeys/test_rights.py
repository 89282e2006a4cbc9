"""A member's rights: consent given and withdrawn, a copy of everything, and leaving for good."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from essaim.initiatives.actions import write_comment
from essaim.mechanisms.contest import actions
from essaim.people.models import Consent, Member
from tests.journeys.house import PASSWORD, account, contest_in, open_house, settle, work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE, STORY = "Le pain aux drêches", "Les drêches de la brasserie de mon frère."


@pytest.fixture
def idea():
    ada = open_house("fr")
    noe, lea = account("noe", "fr"), account("lea", "fr", "Léa Martin")
    contest = contest_in(settle(ada, noe, lea), ada)
    idea = actions.submit_idea(contest=contest, author=lea, title=TITLE, body=STORY, language="fr")
    write_comment(about=idea, author=lea, body="Qui vient goûter samedi ?")
    actions.cast_vote(idea=idea, voter=noe)
    work()
    return idea


@pytest.fixture
def lea(walk, idea):
    walker = walk("fr")
    walker.sign_in("lea@example.org", PASSWORD)
    return walker


def test_each_consent_is_off_until_given_and_withdrawn_at_once(lea) -> None:
    lea.go("/settings/consents/")
    given = lea.page.get_by_role("button", name=lea.say("Withdraw"))
    offered = lea.page.get_by_role("button", name=lea.say("I consent"))
    total = offered.count()
    assert (given.count(), total) == (0, 5)
    lea.press("I consent", within="#dialogue")
    lea.sees("Your consent is noted. You can withdraw it here at any time.")
    assert (given.count(), offered.count()) == (1, total - 1)
    lea.shot("consents")
    lea.press("Withdraw", within="#dialogue")
    lea.sees("Your consent is withdrawn, from this moment.")
    assert (given.count(), offered.count()) == (0, total)
    kept = Consent.objects.filter(member__handle="lea", purpose="dialogue").order_by("pk")
    assert [(row.granted, bool(row.evidence.text)) for row in kept] == [(True, True), (False, True)]


def test_a_copy_of_everything_is_downloaded_and_can_be_read(lea) -> None:
    lea.go("/settings/data/")
    with lea.page.expect_download() as coming:
        lea.page.get_by_role("button", name=lea.say("Download my data")).click()
    archive = zipfile.ZipFile(coming.value.path())
    assert archive.testzip() is None
    names = archive.namelist()
    assert json.loads(archive.read("member.jsonld"))["type"] == "Person"
    tables = [name for name in names if name.endswith(".csv")]
    text = "".join(archive.read(name).decode("utf-8-sig") for name in names)
    hers = ("lea@example.org", "Léa Martin", TITLE, STORY, "Qui vient goûter")
    assert [words for words in hers if words not in text] == []
    assert all(list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))) for name in tables)


def test_whoever_leaves_takes_name_and_texts_away_and_the_count_stays(lea, idea, walk) -> None:
    lea.go("/settings/data/")
    lea.link("Erase my account…")
    lea.type(understood=True, password="pas-le-bon-mot")
    lea.press("Erase my account")
    assert Member.objects.get(email="lea@example.org").is_active
    lea.shot("leave")
    lea.type(understood=True, password=PASSWORD)
    lea.press("Erase my account")
    lea.title("Goodbye")
    work()
    neighbour = walk("fr")
    neighbour.go("/@lea/", status=404)
    neighbour.shot("left-member")
    neighbour.accessible()
    answer = neighbour.page.goto(idea.get_absolute_url())
    assert answer is not None
    page = neighbour.page.content()
    assert [word for word in ("Léa", "@lea", STORY, "Qui vient goûter") if word in page] == []
    assert idea.votes.count() == 1
    neighbour.shot("idea-of-a-left-member")
    neighbour.sign_in("lea@example.org", PASSWORD)
    assert neighbour.page.url.endswith("/accounts/login/")
