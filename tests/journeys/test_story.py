"""The whole story as its people walk it: from the first page of a new house to the author's bank account."""

from __future__ import annotations

import pytest

from essaim.ledger.checks import check_books
from tests.journeys.house import account
from tests.journeys.story import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("fr", 1440), ("en", 360)])
def test_from_an_empty_house_to_money_in_the_bank(walk, calendar, language: str, width: int) -> None:
    story = Story(walk, calendar, language, width)
    story.open_the_house()
    story.give_roles()
    story.found_the_community()
    for staff in ("claire", "hugo"):
        story.join(staff)
    story.draft_the_contest()
    story.lower_the_figures()
    story.seat_the_jury()
    story.refuse_to_open_unfunded()
    story.fund_the_contest()
    story.open_the_contest()
    for neighbour in ("noe", "zoe"):
        account(neighbour, language)
        story.join(neighbour)
    story.sign_up("lea")
    story.join("lea")
    story.bring_idea("noe", *story.text.first)
    story.bring_idea("lea", *story.text.idea, alike=story.text.first[0])
    story.judge()
    story.statement_reads("lea", story.text.after_jury, story.text.award)
    story.close_phase(0)
    story.pass_days(30)  # the vote opened at once and goes on
    story.vote_twice_over("noe")
    story.statement_reads("lea", story.text.after_jury)
    story.vote("zoe")
    story.statement_reads("lea", story.text.after_votes)
    story.close_phase(1)
    story.pass_days(61)
    story.test_with_a_panel()
    story.launch_the_product()
    story.pass_days(40)
    story.import_sales()
    story.royalties_read("held")
    story.pass_days(31)
    story.royalties_read("released")
    story.statement_reads("lea", story.text.after_release)
    story.ask_for_the_money()
    story.approve_by_two()
    story.pass_days(3)
    story.money_arrives()
    story.statement_reads("lea", story.text.nothing)
    story.books_are_green()
    assert check_books().sound
