"""Everything that matters works in a browser that runs no script."""

from __future__ import annotations

import pytest

from essaim.mechanisms.contest import actions
from essaim.mechanisms.contest.models import Vote
from tests.journeys.house import PASSWORD, account, code_in, contest_in, letter_to, open_house, settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_newcomer_joins_brings_an_idea_and_votes(walk, language: str) -> None:
    ada = open_house(language)
    noe = account("noe", language)
    contest = contest_in(settle(ada, noe), ada)
    other = actions.submit_idea(
        contest=contest, author=noe, title="Un pain aux drêches", body="Les drêches de bière.", language="fr"
    )
    lea = walk(language, width=360, scripts=False)
    lea.go("/accounts/signup/")
    lea.type(display_name="Léa", email="lea@example.org", password1=PASSWORD, birth_year=1990, accept_terms=True)
    lea.press("Open my account")
    lea.type(code=code_in(letter_to("lea@example.org")))
    lea.press("Confirm my address")
    lea.go("/c/pain/")
    lea.press("Accept the charter and join")
    lea.sees("Welcome. You are a member now.")
    lea.go(contest.get_absolute_url())
    lea.link("Bring your idea")
    lea.type(title="Le pain aux drêches", body="Les drêches de la brasserie, dans un levain.")
    lea.press("Go on: check it")
    lea.reads("Un pain aux drêches", "#alike")
    lea.shot("no-script-check")
    lea.type(agreed=True)
    lea.press("Publish my idea")
    lea.title("Le pain aux drêches")
    lea.go(other.get_absolute_url())
    lea.press("Support this idea")
    lea.sees("You support it: take it back")
    assert list(Vote.objects.values_list("idea", "voter__handle", "value")) == [(other.pk, "lea", 1)]
    lea.press("You support it: take it back")
    lea.sees("Support this idea")
    assert not Vote.objects.exists()
