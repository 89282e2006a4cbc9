"""The provider's statement beside the books: the comparison, and what enters the books by it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from essaim.kit import clock
from essaim.ledger import queries
from essaim.ledger.models import ProviderLine
from essaim.ledger.providers import StatementLine
from essaim.ledger.reconciliation import actions
from essaim.ledger.reconciliation.domain import Day, Difference, Line, reconcile
from essaim.ledger.tests.fakes import START
from essaim.people.policy import Forbidden

MAY = date(2026, 5, 1)


def day(number):
    return MAY + timedelta(days=number)


def compared(told, written, until=9):
    return reconcile([Line(*line) for line in told], [Line(*line) for line in written], MAY, day(until))


PAID = (MAY, "p1", "payment", 20_00)
REFUND = (MAY, "p1", "refund", 20_00)


@pytest.mark.parametrize(
    ("told", "written", "differences"),
    [
        ([PAID], [PAID], []),
        ([], [], []),
        ([PAID], [], [(MAY, "p1", "payment", 20_00, None)]),
        ([], [PAID], [(MAY, "p1", "payment", None, 20_00)]),
        ([PAID], [(MAY, "p1", "payment", 19_00)], [(MAY, "p1", "payment", 20_00, 19_00)]),
        ([PAID], [(day(2), "p1", "payment", 20_00)], []),
        (
            [PAID],
            [(MAY, "p1", "refund", 20_00)],
            [(MAY, "p1", "payment", 20_00, None), (MAY, "p1", "refund", None, 20_00)],
        ),
        ([PAID, PAID], [PAID], [(MAY, "p1", "payment", 20_00, None)]),
    ],
    ids=["equal", "empty", "unheard", "untold", "amount", "a later day", "kind", "once of twice"],
)
def test_each_way_to_differ(told, written, differences):
    assert compared(told, written).differences == tuple(Difference(*one) for one in differences)


def test_a_pair_counts_on_the_day_the_provider_tells():
    report = compared([PAID], [(day(2), "p1", "payment", 20_00)])
    assert report.days == (Day(MAY, 1, 20_00, 20_00),)


def test_the_other_half_of_a_pair_may_lie_outside():
    inside = (day(8), "p2", "payment", 1)
    assert compared([inside], [(day(9), "p2", "payment", 1)]).agrees
    assert compared([], [(day(9), "p2", "payment", 1)]).agrees


LINES = st.lists(
    st.builds(
        Line,
        st.integers(-1, 3).map(day),
        st.sampled_from("ab"),
        st.sampled_from(["payment", "refund"]),
        st.integers(1, 3),
    ),
    max_size=8,
)


@given(told=LINES, written=LINES)
def test_nothing_is_lost_between_days_and_differences(told, written):
    """The days' difference is that of the lines that differ; the report agrees when both sides hold the same."""
    report = reconcile(told, written, day(-1), day(4))
    by_lines = sum((one.told or 0) - (one.written or 0) for one in report.differences)
    assert sum(one.difference for one in report.days) == by_lines
    assert sum(one.told for one in report.days) == sum(line.amount for line in told)
    same = Counter((one.reference, one.kind, one.amount) for one in told) == Counter(
        (one.reference, one.kind, one.amount) for one in written
    )
    assert report.agrees is same


def statement_line(number, kind, amount, fee=0, second=0):
    at = START + timedelta(seconds=second)
    return StatementLine(f"l{number}", kind, amount, fee, "EUR", f"p{number}", at, "memo")


@pytest.mark.django_db
def test_fees_and_transfers_enter_the_books_once(quiet):
    quiet.account = "provider"
    quiet.lines = [
        statement_line(1, "payment", 20_00, fee=50),
        statement_line(2, "transfer", -15_00),
        statement_line(3, "fee", -1_00),
        statement_line(4, "payment", 5_00, fee=-10),
    ]
    with clock.at(START + timedelta(hours=1)):
        assert (actions.read_statements(), actions.read_statements()) == (4, 0)
    codes = ("house:provider:EUR", "house:bank:EUR", "house:provider-fees:EUR")
    assert [queries.balance_of(code) for code in codes] == [-15_00 - 1_40, 15_00, 1_40]


@pytest.mark.django_db
def test_what_was_added_late_is_read(quiet):
    quiet.lines = [statement_line(1, "payment", 1, second=100)]
    with clock.at(START + timedelta(hours=1)):
        actions.read_statements()
        quiet.lines.append(statement_line(2, "payment", 1, second=50))
        assert actions.read_statements() == 1
    assert ProviderLine.objects.count() == 2


@pytest.mark.django_db
def test_reading_is_for_treasurers(quiet, ada):
    with pytest.raises(Forbidden):
        actions.read_statements(actor=ada)


PAGE = "/studio/books/reconciliation/"


@pytest.mark.django_db
def test_the_page_shows_what_differs(client, quiet, new_member):
    client.force_login(new_member("eve", "treasurer"), backend="allauth.account.auth_backends.AuthenticationBackend")
    today = timezone.localdate(START)
    quiet.lines = [statement_line(1, "payment", 20_00)]
    with clock.at(START + timedelta(hours=1)):
        assert "agree" in client.get(PAGE).content.decode().replace("s’accordent", "agree")
        assert client.post(PAGE)["Location"] == PAGE
        page = client.get(PAGE, {"from": today, "to": today}).content.decode()
    assert "p1" in page


@pytest.mark.django_db
def test_the_page_is_for_those_who_read_the_books(client, quiet, ada):
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(PAGE).status_code == 403
