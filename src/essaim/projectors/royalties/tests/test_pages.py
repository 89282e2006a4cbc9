"""Statements as their holder reads them, and the treasurer's overview."""

from datetime import date

import pytest
from django.urls import reverse

from essaim.kit import clock
from essaim.projectors.royalties import actions, queries
from essaim.projectors.royalties.domain import NoSuchSchedule, Period, PeriodStillRuns
from essaim.projectors.royalties.models import Schedule, Statement
from essaim.projectors.royalties.policy import NotTheTreasury
from essaim.projectors.royalties.tests.conftest import deliver, launch, moment, new_member, sell

pytestmark = pytest.mark.django_db
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def reader(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.cookies["django_language"] = "en"

    def sign_in(member):
        client.force_login(member)
        return client

    return sign_in


def test_a_holder_reads_his_statements_and_takes_them_along(reader, owner, ada):
    product = launch(owner, (ada, 1_000))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00")
    sell(product, owner, moment(4, 20), "a;2026-03-10;60,00")
    client = reader(ada)
    listed = client.get(reverse("royalties:statements")).content.decode()
    assert all(words in listed for words in ("2026-03", "€10.00", "−€4.00", "correction", "€6.00"))
    first = Statement.objects.order_by("pk")[0]
    shown = client.get(reverse("royalties:statement", args=[first.key])).content.decode()
    assert all(words in shown for words in ("Rye bread", first.key, "Taken back later", "€4.00", "€100.00"))
    rows = client.get(reverse("royalties:csv")).content.decode().splitlines()
    assert rows[2] == f"{first.key};Rye bread;2026-03;1;2026-04-05;100.00;10.00;10.00;0.00;0.00;0.00;EUR;2026-05-05;"
    assert len(rows) == 3


def test_a_statement_is_nobody_else_s_business(reader, owner, ada, bea):
    product = launch(owner, (ada, 1_000))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00")
    address = reverse("royalties:statement", args=[Statement.objects.get().key])
    members = (ada, bea, owner, new_member("treasurer", "treasurer"), new_member("designer", "designer"))
    assert [reader(member).get(address).status_code for member in members] == [200, 403, 200, 200, 403]
    assert reader(bea).get(reverse("royalties:overview")).status_code == 403


def test_the_list_costs_the_same_for_one_and_three(reader, owner, ada, django_assert_max_num_queries):
    product = launch(owner, (ada, 1_000))
    client = reader(ada)

    def page():
        with django_assert_max_num_queries(16) as counted:
            assert client.get(reverse("royalties:statements")).status_code == 200
        return len(counted.captured_queries)

    sell(product, owner, moment(2, 5), "a;2026-01-10;100,00")
    page()
    one = page()
    sell(product, owner, moment(4, 5), "b;2026-02-10;100,00", "c;2026-03-10;100,00")
    assert page() == one


def test_the_treasurer_sees_what_waits_and_states_it(reader, owner, ada):
    product = launch(owner, (ada, 1_000))
    deliver(product, owner, moment(3, 10), "a;2026-03-10;100,00")
    client = reader(owner)
    with clock.at(moment(4, 1)):
        assert "State it now" in client.get(reverse("royalties:overview")).content.decode()
        assert client.post(reverse("royalties:close", args=["rye-bread", "2026-03-01"])).status_code == 302
        assert queries.unstated_periods(date(2026, 4, 1)) == []
        assert "State it now" not in client.get(reverse("royalties:overview")).content.decode()


def test_the_schedule_is_chosen_in_the_overview_and_refused_in_the_form(reader, owner):
    client = reader(owner)
    choice = {"months": "3", "hold_days": "20", "valid_from": "2026-04-01"}
    with clock.at(moment(3, 1)):
        assert client.post(reverse("royalties:overview"), choice).status_code == 302
        assert client.post(reverse("royalties:overview"), choice).status_code == 302
        wrong = client.post(reverse("royalties:overview"), choice | {"valid_from": "2026-05-01"})
    assert (wrong.status_code, "first day of a quarter" in wrong.content.decode()) == (422, True)
    assert list(Schedule.objects.values_list("valid_from", "months", "hold_days")) == [(date(2026, 4, 1), 3, 20)]


def test_who_decides_and_when(owner, ada):
    product = launch(owner, (ada, 1_000))
    with pytest.raises(NotTheTreasury):
        actions.choose_schedule(months=1, hold_days=30, valid_from=date(2027, 1, 1), actor=ada)
    with pytest.raises(NoSuchSchedule):
        actions.choose_schedule(months=2, hold_days=30, valid_from=date(2027, 1, 1), actor=owner)
    with clock.at(moment(3, 31)), pytest.raises(PeriodStillRuns):
        actions.close_period(product=product, period=MARCH, actor=owner)
    with clock.at(moment(4, 1)), pytest.raises(NotTheTreasury):
        actions.close_period(product=product, period=MARCH, actor=ada)


def test_the_overview_adds_up(owner, ada, bea):
    product = launch(owner, (ada, 700), (bea, 300))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00")
    with clock.at(moment(5, 6)):
        actions.release_due()
    sell(product, owner, moment(5, 10), "a;2026-03-10;40,00", "b;2026-04-10;20,00")
    (line,) = queries.overview()
    assert (line.owed, line.held, line.released, line.carried) == (600, 0, 1_000, 400)
    assert line.owed == line.held + line.released - line.carried
