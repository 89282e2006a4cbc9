"""`essaim reconcile`: the provider's statement beside the books, at a terminal."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from essaim.cli.books import _tell_reconciliation
from essaim.connectors.sandbox import actions, delivery
from essaim.ledger import accounts
from essaim.ledger.payments.actions import open_payment
from essaim.server.obstacles import Obstacle

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid():
    """The payer paid 20 € at the sandbox; the house has not heard of it."""
    payment, _url = open_payment(payer=None, target=accounts.escrow(3), amount=20_00, memo="Honey", key=uuid.uuid4())
    actions.choose(reference=payment.reference, choice="succeeded")
    return payment


def test_what_both_know_agrees(paid, capsys):
    delivery.deliver_due()
    _tell_reconciliation("", None, None)
    told = capsys.readouterr()
    today = timezone.localdate()
    assert f"{today}       1 movements  provider        20.00  books        20.00  EUR" in told.out + told.err
    assert f"sandbox and the books agree from {today - timedelta(days=30)} to {today}." in told.out + told.err


def test_an_event_that_never_came_is_named(paid):
    with pytest.raises(Obstacle) as found:
        _tell_reconciliation("sandbox", None, None)
    assert f"payment {paid.reference}: provider        20.00, books nothing" in str(found.value)


def test_another_period_says_nothing_of_it(paid):
    _tell_reconciliation("sandbox", datetime(2020, 1, 1), datetime(2020, 1, 31))
