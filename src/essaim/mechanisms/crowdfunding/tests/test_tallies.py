"""Counts are kept with the pledges: they follow every way of writing them, and pages do not count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essaim.kit import clock
from essaim.ledger.checks import check_books
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.actions import Line, Order
from essaim.mechanisms.crowdfunding.domain.rules import Rules
from essaim.mechanisms.crowdfunding.models import Pledge, PledgeLine, Tally
from essaim.mechanisms.crowdfunding.statements import TALLIES
from essaim.mechanisms.crowdfunding.tests.conftest import NOON, House, first_tier


@pytest.fixture(autouse=True)
def at_noon(noon: object) -> None:
    """Every campaign here starts at noon."""


def differing() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TALLIES)
        return [row[0] for row in cursor.fetchall()]


def test_counts_follow_a_pledge_through_its_life(house: House) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=9),))
    tier = first_tier(campaign)
    pledge = house.held(campaign, place="Lyon", on_wall=True, gift=500)
    other = house.held(campaign, place="Lyon", on_wall=True)
    assert (queries.gauge(campaign).raised, queries.gauge(campaign).backers) == (6_500, 2)
    assert queries.places(campaign, least=2) == [("Lyon", 2)]
    assert (queries.wall_size(campaign), queries.taken([tier.pk])) == (2, {tier.pk: 2})

    actions.change_pledge(
        pledge=pledge, actor=pledge.backer, order=Order(lines=[Line(tier)], place="Paris"), key=pledge.key
    )
    actions.cancel_pledge(pledge=other, actor=other.backer)
    assert (queries.gauge(campaign).raised, queries.gauge(campaign).backers) == (3_000, 1)
    assert queries.places(campaign, least=1) == [("Paris", 1)]
    assert (queries.wall_size(campaign), queries.taken([tier.pk])) == (0, {tier.pk: 1})
    assert differing() == []


def test_counts_follow_whatever_is_written_in_bulk(house: House) -> None:
    campaign = house.campaign()
    pledges = [house.held(campaign, place="Lyon") for _ in range(4)]
    Pledge.objects.filter(pk__in=[pledges[0].pk, pledges[1].pk]).update(place="Nice", country="FR")
    PledgeLine.objects.filter(pledge=pledges[0]).update(holds=False)
    Pledge.objects.filter(pk=pledges[2].pk).update(state="released")
    assert queries.countries(campaign) == {"FR": 2}
    assert queries.taken([first_tier(campaign).pk]) == {first_tier(campaign).pk: 2}
    assert differing() == []


@pytest.mark.breaks_books
def test_a_count_that_was_written_by_hand_is_found(house: House) -> None:
    campaign = house.campaign()
    house.held(campaign)
    Tally.objects.filter(facet="all").update(n=7)
    assert differing() == [f"{campaign.pk} all "]
    assert [fault.name for fault in check_books().faults] == ["crowdfunding-tallies"]


def test_unpaid_pledges_hold_their_places_beside_those_counted(house: House) -> None:
    campaign = house.campaign(tiers=(house.loaf(stock=9),))
    tier = first_tier(campaign)
    waiting = house.pledge(campaign)
    house.held(campaign)
    assert queries.taken([tier.pk]) == {tier.pk: 2}
    assert queries.taken([tier.pk], but=waiting) == {tier.pk: 1}
    with clock.at(NOON + timedelta(days=30)):
        assert queries.taken([tier.pk]) == {tier.pk: 1}


def test_a_day_is_the_houses_day(house: House) -> None:
    """Half past ten at night in UTC is the next day in Paris in summer."""
    campaign = house.campaign()
    pledges = [house.held(campaign) for _ in range(3)]
    for pledge, moment in zip(pledges, ("2026-07-01T21:30Z", "2026-07-01T22:30Z", "2026-07-02T09:00Z"), strict=True):
        Pledge.objects.filter(pk=pledge.pk).update(confirmed_at=moment)
    assert queries.backers_by_day(campaign) == [(date(2026, 7, 1), 1, 3_000), (date(2026, 7, 2), 2, 6_000)]


@pytest.mark.parametrize("name", ["", "backers/", "rules/"])
def test_what_a_page_asks_does_not_grow_with_the_backers(house: House, client: Client, name: str) -> None:
    counts = []
    for slug, number in (("warm", 1), ("one", 1), ("three", 3), ("many", 12)):
        campaign = house.campaign(Rules(goal=10_000), slug=slug)
        for _ in range(number):
            house.held(campaign, place="Lyon", country="FR", on_wall=True)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{campaign.get_absolute_url()}{name}").status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2] == counts[3] > 0
