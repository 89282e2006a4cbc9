"""From sales to statements, money held and released; rebuilt and raced."""

from datetime import date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from essaim.activity.models import Activity, Delivery
from essaim.activity.outbox import drain, rebuild
from essaim.kit import clock
from essaim.ledger import accounts
from essaim.ledger.models import JournalEntry, Posting
from essaim.ledger.queries import balance
from essaim.people.erasure import erase_member
from essaim.people.errors import MoneyStillOwed
from essaim.people.models import Member
from essaim.products.actions import Holding, grant_share
from essaim.projectors.royalties import actions, queries
from essaim.projectors.royalties.models import Statement, Step
from essaim.projectors.royalties.tests.conftest import deliver, launch, moment, new_member, sell, snapshot

pytestmark = pytest.mark.django_db


def told(statement: Statement):
    return (statement.label, statement.holder.handle, statement.version, statement.owed, statement.credited,
            statement.taken, statement.carried)  # fmt: skip


def all_told():
    return [told(statement) for statement in Statement.objects.order_by("pk").select_related("holder")]


def held_and_free(member):
    return balance(accounts.member(member, "EUR", "held")), balance(accounts.member(member, "EUR"))


def calendar(at: datetime) -> None:
    """What the worker does each hour, then the projector."""
    with clock.at(at):
        actions.close_ended_periods()
        drain("royalties")
        actions.announce_statements()
        actions.release_due()


def test_sales_of_an_ended_month_are_stated_at_once_and_held(owner, ada, bea):
    product = launch(owner, (ada, 700), (bea, 300))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00", "b;2026-03-31;23,45")
    assert all_told() == [("2026-03", "ada", 1, 864, 864, 0, 0), ("2026-03", "bea", 1, 371, 371, 0, 0)]
    statement = Statement.objects.get(holder=ada)
    assert statement.key == f"royalties:{product.pk}:2026-03:{ada.pk}:{statement.point_id}"
    assert [statement.net, statement.issued_at, statement.due_at] == [12_345, moment(4, 5), moment(5, 5)]
    postings = Posting.objects.filter(entry__key=statement.key).order_by("id").values_list("account__code", "amount")
    assert list(postings) == [("house:royalties:EUR", 864), (f"member:{ada.pk}:held:EUR", -864)]
    assert [row.source for row in queries.sales_of(statement)] == ["a", "b"]


def test_sales_of_a_running_month_wait_for_its_end(owner, ada):
    product = launch(owner, (ada, 1_000))
    sell(product, owner, moment(3, 20), "a;2026-03-10;100,00")
    assert all_told() == []
    calendar(moment(3, 31))
    assert all_told() == []
    calendar(moment(4, 1))
    calendar(moment(4, 1))
    assert all_told() == [("2026-03", "ada", 1, 1_000, 1_000, 0, 0)]


def test_royalties_are_released_after_thirty_days_and_announced_once(owner, ada):
    product = launch(owner, (ada, 1_000))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00")
    calendar(moment(4, 6))
    calendar(moment(5, 4))
    assert held_and_free(ada) == (1_000, 0)
    calendar(moment(5, 5))
    calendar(moment(5, 6))
    assert held_and_free(ada) == (0, 1_000)
    assert list(Step.objects.order_by("pk").values_list("kind", "amount")) == [("announced", 0), ("released", 1_000)]
    found = Activity.objects.filter(type__startswith="royalties.").order_by("pk")
    assert [(row.type, row.target_id, row.object_id) for row in found] == [
        ("royalties.statement-issued", ada.pk, product.pk),
        ("royalties.released", ada.pk, product.pk),
    ]


def test_a_correction_within_the_hold_takes_from_what_is_held(owner, ada):
    product = launch(owner, (ada, 1_000))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00", "b;2026-03-11;50,00")
    sell(product, owner, moment(4, 20), "a;2026-03-10;60,00", "b;2026-03-11;50,00")
    assert all_told() == [("2026-03", "ada", 1, 1_500, 1_500, 0, 0), ("2026-03", "ada", 2, -400, 0, 400, 0)]
    assert held_and_free(ada) == (1_100, 0)
    calendar(moment(5, 5))
    assert held_and_free(ada) == (0, 1_100)


def test_a_correction_after_release_is_carried_against_later_royalties(owner, ada):
    product = launch(owner, (ada, 1_000))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00")
    calendar(moment(5, 5))
    sell(product, owner, moment(5, 20), "a;2026-03-10;20,00")
    assert held_and_free(ada) == (0, 1_000)
    sell(product, owner, moment(6, 5), "c;2026-05-10;50,00")
    sell(product, owner, moment(7, 5), "d;2026-06-10;70,00")
    assert all_told()[1:] == [
        ("2026-03", "ada", 2, -800, 0, 0, 800),
        ("2026-05", "ada", 1, 500, 0, 0, 300),
        ("2026-06", "ada", 1, 700, 400, 0, 0),
    ]
    assert held_and_free(ada) == (400, 1_000)
    assert queries.paid_for(product) == 1_400


def test_due_money_is_not_released_before_an_earlier_correction_is_drawn(owner, ada):
    product = launch(owner, (ada, 1_000))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00")
    deliver(product, owner, moment(5, 4), "a;2026-03-10;40,00")  # recorded in time, drawn late
    with clock.at(moment(5, 6)):
        assert actions.release_due() == 0
        drain("royalties")
        assert actions.release_due() == 1
    assert held_and_free(ada) == (0, 400)


def test_a_share_granted_later_for_days_already_stated_states_the_difference(owner, ada, bea):
    product = launch(owner, (ada, 600))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00")
    with clock.at(moment(4, 6)):
        grant_share(product=product, holding=Holding(bea, 400, date(2026, 3, 1), date(2027, 3, 1)), actor=owner)
        drain("royalties")
    assert all_told() == [("2026-03", "ada", 1, 600, 600, 0, 0), ("2026-03", "bea", 1, 400, 400, 0, 0)]


def test_quarters_from_the_day_the_house_chose(owner, ada):
    product = launch(owner, (ada, 1_000))
    with clock.at(moment(3, 1)):
        actions.choose_schedule(months=3, hold_days=10, valid_from=date(2026, 4, 1), actor=owner)
    sell(product, owner, moment(7, 5), "a;2026-03-10;10,00", "b;2026-04-10;10,00", "c;2026-06-10;10,00")
    assert [row[:5] for row in all_told()] == [("2026-03", "ada", 1, 100, 100), ("2026-Q2", "ada", 1, 200, 200)]
    assert [row.due_at for row in Statement.objects.order_by("pk")] == [moment(8, 4), moment(7, 15)]


def two_years(owner, ada, bea):
    """A life with corrections of both kinds, a share granted midway, two products."""
    bread, honey = launch(owner, (ada, 700)), launch(owner, (ada, 500), (bea, 500), name="Honey")
    for month in range(24):
        year, number = 2026 + month // 12, month % 12 + 1
        after = moment(number % 12 + 1, 6, year + number // 12)
        rows = [f"{n}-{month};{year}-{number:02}-{n + 1:02};{(month * 37 + n * 11) % 90},{n}7" for n in range(5)]
        if month % 5 == 4:
            past = month - 4
            rows.append(f"0-{past};{2026 + past // 12}-{past % 12 + 1:02}-01;0,10")
        sell(bread, owner, after, *rows)
        sell(honey, owner, after, *rows[:3])
        if month == 8:
            with clock.at(after):
                grant_share(product=bread, holding=Holding(bea, 300, date(2026, 7, 1), date(2027, 7, 1)), actor=owner)
        if month % 5 == 2:
            sell(bread, owner, after.replace(day=15), f"1-{month};{year}-{number:02}-02;0,20")
        calendar(after.replace(day=20))
    return bread, honey


@pytest.mark.slow
def test_two_years_rebuild_to_the_same_rows_and_pay_nothing_twice(owner, ada, bea):
    two_years(owner, ada, bea)
    before, posted = snapshot(), list(JournalEntry.objects.order_by("id").values())
    assert len(before["statements"]) > 90
    assert before["taken"] != []
    with clock.at(moment(2, 1, 2028)):
        rebuild("royalties")
        drain("royalties")
    assert snapshot() == before
    assert list(JournalEntry.objects.order_by("id").values()) == posted


def test_what_is_stated_is_what_is_held_released_and_carried(owner, ada, bea):
    two_years(owner, ada, bea)
    for member in (ada, bea):
        (pot,) = queries.pots(queries.statements_of(member))
        held, free = held_and_free(member)
        assert (pot.held, pot.released) == (held, free)
        assert pot.owed == held + free - pot.carried


def test_activities_drawn_in_the_wrong_order_give_the_same_rows(owner, ada):
    product = launch(owner, (ada, 1_000))
    deliver(product, owner, moment(4, 5), "a;2026-03-10;100,00")
    deliver(product, owner, moment(4, 6), "a;2026-03-10;60,00")
    first = Delivery.objects.filter(projector="royalties").order_by("pk")
    with clock.at(moment(4, 7)):
        Delivery.objects.filter(pk__in=[row.pk for row in first[:2]]).update(due_at=moment(4, 8))
        drain("royalties")
        late = snapshot()["statements"]
    with clock.at(moment(4, 9)):
        drain("royalties")
    assert snapshot()["statements"] == late
    assert all_told() == [("2026-03", "ada", 1, 1_000, 1_000, 0, 0), ("2026-03", "ada", 2, -400, 0, 400, 0)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_state_and_release_each_cent_once():
    owner, ada = new_member("owner", "owner"), new_member("ada")
    products = [launch(owner, (ada, 1_000), name=f"Bread {n}") for n in range(3)]
    for month in (1, 2, 3):
        for product in products:
            deliver(product, owner, moment(month + 1, 5), f"{month};2026-{month:02}-10;100,00")
    together = Barrier(4)

    def work():
        together.wait()
        with clock.at(moment(6, 1)):
            drain("royalties")
            actions.release_due()
            actions.announce_statements()
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Delivery.objects.filter(projector="royalties").count() == 0
    with clock.at(moment(6, 1)):
        actions.release_due()
    assert Statement.objects.count() == 9
    assert held_and_free(ada) == (0, 9_000)
    assert Step.objects.filter(kind="announced").count() == 9


def test_what_has_happened_is_stated_before_its_holder_may_leave(owner, ada):
    product = launch(owner, (ada, 1_000))
    deliver(product, owner, moment(4, 5), "a;2026-03-10;100,00")  # nobody has drawn it yet
    with clock.at(moment(4, 6)), pytest.raises(MoneyStillOwed):
        erase_member(actor=ada, member=ada)


def test_the_share_of_who_leaves_is_the_houses_from_that_day_and_the_others_keep_theirs(owner, ada, bea):
    product = launch(owner, (ada, 700), (bea, 300))
    sell(product, owner, moment(4, 5), "a;2026-03-10;100,00")
    with clock.at(moment(4, 6)):
        erase_member(actor=ada, member=ada, give_up=True)
    assert (held_and_free(ada), held_and_free(bea)) == ((0, 0), (300, 0))
    sell(product, owner, moment(5, 5), "b;2026-04-02;200,00", "a;2026-03-10;90,00")  # a correction too
    calendar(moment(5, 6))
    calendar(moment(6, 6))
    former = Member.objects.get(pk=ada.pk).handle
    assert [(row[0], row[1], row[3]) for row in all_told()] == [
        ("2026-03", former, 700), ("2026-03", "bea", 300), ("2026-03", "bea", -30), ("2026-04", "bea", 600),
    ]  # fmt: skip
    assert (held_and_free(ada), held_and_free(bea)) == ((0, 0), (0, 870))
    before, entries = snapshot(), JournalEntry.objects.count()
    rebuild("royalties")
    drain("royalties")
    assert (snapshot(), JournalEntry.objects.count()) == (before, entries)
