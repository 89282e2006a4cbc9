"""Stripe's own account beside the books: fees, transfers to the bank, and what the house never heard of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from essaim.connectors.stripe.statement import line
from essaim.connectors.stripe.tests import shapes
from essaim.connectors.stripe.tests.shapes import KEY, START, at, event, tell, transaction
from essaim.ledger import queries
from essaim.ledger.checks import check_books
from essaim.ledger.reconciliation.actions import take_statement
from essaim.ledger.reconciliation.domain import Difference
from essaim.ledger.reconciliation.queries import report

pytestmark = pytest.mark.django_db
DAY = 86_400
TODAY = at(0).date()
CHARGED = shapes.charge(captured=True)
MONTH = [
    transaction(1, "charge", 20_00, CHARGED, fee=55, second=5),
    transaction(2, "refund", -5_00, shapes.refund(5_00), second=10),
    transaction(3, "adjustment", -15_00, shapes.dispute(15_00), fee=15_00, second=DAY),
    transaction(4, "adjustment", 15_00, shapes.dispute(15_00), second=2 * DAY),
    transaction(5, "stripe_fee", -2_00, {"id": "fee_1", "object": "fee"}, second=2 * DAY),
    transaction(6, "payout", -1_00, {"id": "po_1", "object": "payout"}, second=3 * DAY),
    transaction(7, "payout_failure", 1_00, {"id": "po_1", "object": "payout"}, second=4 * DAY),
    transaction(8, "reserve_transaction", -3, None, second=4 * DAY),
]
EVENTS = [
    ("payment_intent.succeeded", shapes.intent(amount_received=20_00), 5),
    ("refund.created", shapes.refund(5_00), 10),
    ("charge.dispute.funds_withdrawn", shapes.dispute(15_00), DAY),
    ("charge.dispute.funds_reinstated", shapes.dispute(15_00), 2 * DAY),
]


@pytest.fixture
def told(opened, api, client):
    """Tells the house of those events, then lets it read the statement, in pages of three lines."""

    def told(events=EVENTS, lines=MONTH):
        def page(given):
            after = (
                [one["id"] for one in lines].index(given["starting_after"]) + 1 if "starting_after" in given else 0
            )
            shown = lines[after : after + 3]
            more = after + 3 < len(lines)
            return 200, {"object": "list", "data": shown, "has_more": more, "url": "/v1/balance_transactions"}

        opened()
        api.answers["/v1/balance_transactions"] = page
        for number, (type_, thing, second) in enumerate(events):
            tell(client, event(number, type_, thing, second))
        return take_statement(provider="stripe", since=at(-1), until=at(30 * DAY))

    return told


def month():
    return report(slug="stripe", unit="EUR", since=TODAY, until=TODAY + timedelta(days=30))


def test_what_both_know_agrees_day_by_day(told, api):
    told(lines=MONTH[:-1])
    found = month()
    assert [(day.day, day.lines, day.told, day.written) for day in found.days] == [
        (TODAY, 3, 14_45, 14_45),
        (TODAY + timedelta(days=1), 2, -30_00, -30_00),
        (TODAY + timedelta(days=2), 2, 13_00, 13_00),
        (TODAY + timedelta(days=3), 1, -1_00, -1_00),
        (TODAY + timedelta(days=4), 1, 1_00, 1_00),
    ]
    assert (found.agrees, sum(day.difference for day in found.days)) == (True, 0)
    asked = [given for path, given, _key in api.asked if path == "/v1/balance_transactions"]
    assert [given.get("starting_after") for given in asked] == [None, "txn_3", "txn_6"]
    period = {"created[gte]": str(START - 1), "created[lt]": str(START + 30 * DAY), "expand[0]": "data.source"}
    assert asked[0] == {**period, "limit": "100"}


def test_the_books_hold_what_stripe_holds(told):
    told(lines=MONTH[:-1])
    assert queries.balance_of("house:provider:EUR") == sum(one["net"] for one in MONTH[:-1])
    assert queries.balance_of("house:provider-fees:EUR") == 55 + 15_00 + 2_00
    assert queries.balance_of("house:bank:EUR") == 0
    assert check_books().sound


def test_reading_again_changes_nothing(told):
    assert told() == 8
    before = queries.balance_of("house:provider:EUR")
    assert take_statement(provider="stripe", since=at(-1), until=at(30 * DAY)) == 0
    assert queries.balance_of("house:provider:EUR") == before


def test_an_event_that_never_came_is_found(told):
    told(events=EVENTS[:1], lines=MONTH[:2])
    assert month().differences == (Difference(TODAY, KEY, "refund", -5_00, None),)


def test_an_entry_stripe_knows_nothing_of_is_found(told):
    told(lines=MONTH[:1])
    later = TODAY + timedelta(days=1)
    assert [one for one in month().differences if one.day == later] == [
        Difference(later, KEY, "chargeback", None, -15_00)
    ]


def test_what_stripe_has_no_usual_word_for_is_shown(told):
    told()
    assert month().differences == (Difference(TODAY + timedelta(days=4), "", "other", -3, None),)


@pytest.mark.parametrize(
    ("type_", "amount", "source", "kind"),
    [
        ("payment", 1, shapes.charge(), "payment"),
        ("payment_refund", -1, shapes.refund(1), "refund"),
        ("payment_failure_refund", 1, shapes.refund(1), "refund-failed"),
        ("payment_failure", -1, shapes.charge(), "chargeback"),
        ("payout_cancel", 1, {"id": "po_1"}, "transfer"),
        ("adjustment", -1, {"id": "adj_1", "object": "adjustment"}, "other"),
        ("charge", 1, "ch_9", "payment"),
    ],
)
def test_each_type_of_line(db, type_, amount, source, kind):
    read = line(transaction(1, type_, amount, source))
    assert (read.kind, read.amount, read.unit, read.at) == (kind, amount, "EUR", at(0))


def test_the_days_are_those_of_the_house(told):
    """2026-09-21 14:13:20 UTC, told so that nobody wonders."""
    assert date(2026, 9, 21) == TODAY
