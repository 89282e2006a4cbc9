"""Money that comes in: matched by its reference, or waiting for a person; what goes out, and comes back."""

from __future__ import annotations

import threading
import uuid
from datetime import date, timedelta

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.utils import timezone

from essaim.activity.models import Activity
from essaim.connectors.banktransfer import actions, domain
from essaim.connectors.banktransfer import queries as bank_queries
from essaim.connectors.banktransfer.models import Booking, Order, Statement, Transfer
from essaim.connectors.banktransfer.tests import files
from essaim.connectors.banktransfer.tests.files import HOUSE, PAYER, entry, part
from essaim.kit.errors import Forbidden
from essaim.ledger import accounts, queries
from essaim.ledger.checks import check_books
from essaim.ledger.entries import award, deposit, fund
from essaim.ledger.models import JournalEntry, Payment, Payout
from essaim.ledger.payments import requests
from essaim.ledger.payments.actions import cancel_payment, return_payment
from essaim.ledger.payouts import actions as payouts
from essaim.ledger.post import post
from essaim.ledger.reconciliation.actions import take_statement
from essaim.ledger.reconciliation.queries import report

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 3)


def read(actor, *entries):
    return actions.read_statement(actor=actor, file="may.xml", content=files.camt(*entries))


def only():
    return Booking.objects.get()


def state(payment):
    payment.refresh_from_db()
    return payment.state, payment.captured, queries.escrow_balance(3), queries.balance_of("house:bank:EUR")


def test_a_reference_for_each_payment(opened):
    first, second = opened(), opened(key=uuid.uuid4())
    assert first.reference != second.reference
    assert domain.is_sound(first.reference)
    assert opened().reference == first.reference  # asked again, the same


@pytest.mark.parametrize("where", ["text", "reference", "end"])
def test_the_very_amount_with_its_reference_is_received(opened, eve, where):
    payment = opened()
    found = read(eve, entry(**{where: payment.reference}))
    assert (found.new, found.known, found.faults) == (1, 0, [])
    assert state(payment) == ("succeeded", 20_00, 20_00, 20_00)
    assert (only().state, only().transfer.reference) == ("matched", payment.reference)
    assert timezone.localdate(payment.captured_at) == DAY


def test_the_statement_read_again_changes_nothing(opened, eve):
    payment = opened()
    for known in (0, 1):
        assert read(eve, entry(text=payment.reference)).known == known
    assert state(payment) == ("succeeded", 20_00, 20_00, 20_00)
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"text": "honey"}, "no reference"),
        ({"text": "RF18539007547034"}, "unknown reference"),
        ({"amount": "20.01"}, "other amount"),
        ({"amount": "19.99"}, "part"),
        ({"unit": "USD"}, "other amount"),
    ],
)
def test_the_rest_waits_for_a_person(opened, eve, given, why):
    payment = opened()
    read(eve, entry(**{"text": payment.reference, **given}))
    assert (only().state, only().why) == ("waiting", why)
    assert state(payment) == ("created", 0, 0, 0)


def test_parts_with_one_reference_add_up(opened, eve):
    """What has come waits, seen by all; the rest makes it whole, on its day."""
    payment = opened()
    read(eve, entry("12.00", text=payment.reference))
    assert (only().state, only().why, only().transfer.reference) == ("waiting", "part", payment.reference)
    assert state(payment) == ("created", 0, 0, 0)
    assert bank_queries.expected_of(Transfer.objects.get()).missing == 8_00
    read(
        eve,
        entry("5.00", "B2", text=payment.reference),
        entry("3.00", "B3", text=payment.reference, day="2026-05-06"),
    )
    assert state(payment) == ("succeeded", 20_00, 20_00, 20_00)
    assert timezone.localdate(payment.captured_at) == date(2026, 5, 6)
    found = Booking.objects.order_by("id").values_list("state", flat=True)
    assert list(found) == ["part", "part", "matched"]
    assert JournalEntry.objects.filter(kind="payment").count() == 1


def test_a_part_that_makes_too_much_waits_and_counts_for_nothing(opened, eve):
    payment = opened()
    read(eve, entry("12.00", text=payment.reference), entry("9.00", "B2", text=payment.reference))
    found = Booking.objects.order_by("id").values_list("state", "why")
    assert list(found) == [("waiting", "part"), ("waiting", "other amount")]
    read(eve, entry("8.00", "B3", text=payment.reference))
    assert state(payment) == ("succeeded", 20_00, 20_00, 20_00)


def test_a_person_takes_the_parts_as_they_stand(opened, eve):
    payment = opened()
    read(eve, entry("12.00", text=payment.reference), entry("5.00", "B2", text=payment.reference))
    actions.match_booking(actor=eve, booking=Booking.objects.earliest("id"), transfer=Transfer.objects.get())
    assert state(payment) == ("succeeded", 17_00, 17_00, 17_00)
    read(eve, entry("3.00", "B3", text=payment.reference))
    assert Booking.objects.get(name="B3").why == "paid already"


def test_a_part_set_aside_no_longer_counts(opened, eve):
    payment = opened()
    read(eve, entry("12.00", text=payment.reference))
    actions.set_aside(actor=eve, booking=only(), reason="sent by mistake")
    read(eve, entry("8.00", "B2", text=payment.reference))
    assert (state(payment)[0], Booking.objects.get(name="B2").why) == ("created", "part")


def test_a_refund_of_parts_from_two_accounts_asks_a_person_where_to(opened, eve):
    payment = opened()
    other = part(payment.reference, iban="FR7630006000011234567890189")
    read(eve, entry("12.00", text=payment.reference), entry("8.00", "B2", other))
    payment.refresh_from_db()
    order = refunded(payment)
    assert (order.amount, order.iban) == (5_00, "")


def test_the_desk_and_the_payers_page_say_what_is_missing(opened, eve, client):
    payment = opened()
    read(eve, entry("12.00", text=payment.reference))
    page = client.get(f"/transfer/{payment.pk}/").content.decode()
    assert ('value="1200"' in page, 'value="800"' in page) == (True, True)
    client.force_login(eve, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert 'value="800"' in client.get("/studio/bank/").content.decode()


def test_money_for_a_payment_received_already_waits(opened, eve):
    payment = opened()
    read(eve, entry(text=payment.reference), entry(own="B2", text=payment.reference))
    found = Booking.objects.order_by("id").values_list("state", "why")
    assert list(found) == [("matched", ""), ("waiting", "paid already")]
    assert state(payment)[1] == 20_00


def test_money_for_a_cancelled_payment_waits(opened, eve):
    payment = opened()
    cancel_payment(payment, "k")
    requests.send_waiting()
    assert state(payment)[0] == "cancelled"
    read(eve, entry(text=payment.reference))
    assert only().why == "closed"


def test_what_a_stop_left_undecided_is_decided_by_the_next_reading(opened, eve, monkeypatch):
    payment = opened()
    with monkeypatch.context() as stopped:
        stopped.setattr(actions, "match_new", lambda statement: None)
        read(eve, entry(text=payment.reference))
    assert (only().state, state(payment)[0]) == ("waiting", "created")
    read(eve)
    assert state(payment)[0] == "succeeded"


def test_a_person_matches_what_does_not_fit(opened, eve):
    payment = opened()
    read(eve, entry("19.99", text="honey"))
    actions.match_booking(actor=eve, booking=only(), transfer=Transfer.objects.get())
    assert state(payment) == ("succeeded", 19_99, 19_99, 19_99)
    assert (only().decided_by, Activity.objects.latest("id").type) == (eve, "bank.matched")
    with pytest.raises(domain.BookingDecided):
        actions.match_booking(actor=eve, booking=only(), transfer=Transfer.objects.get())


def test_no_payment_is_received_twice(opened, eve):
    payment = opened()
    read(eve, entry(text=payment.reference), entry(own="B2", text="honey"))
    with pytest.raises(domain.PaidAlready):
        actions.match_booking(actor=eve, booking=Booking.objects.get(name="B2"), transfer=Transfer.objects.get())


def test_setting_aside_takes_a_reason(opened, eve):
    read(eve, entry(text="rent of the hall"))
    with pytest.raises(domain.ReasonMissing):
        actions.set_aside(actor=eve, booking=only(), reason=" ")
    actions.set_aside(actor=eve, booking=only(), reason="rent")
    assert (only().state, only().reason, queries.balance_of("house:bank:EUR")) == ("aside", "rent", 0)


def test_sending_back_needs_an_account(opened, eve):
    read(eve, entry("20.00", "B1", part("honey", iban="")))
    with pytest.raises(domain.AccountMissing):
        actions.send_back(actor=eve, booking=only())
    order = actions.send_back(actor=eve, booking=only(), account="DE89 3704 0044 0532 0130 00")
    assert (order.iban, order.amount, only().state) == (PAYER, 20_00, "aside")


@pytest.mark.parametrize("act", ["read", "match", "aside", "back", "give", "confirm", "account"])
def test_all_of_it_is_for_treasurers(opened, eve, ada, act):
    opened()
    read(eve, entry(text="honey"))
    order = actions.order_out(kind="back", key="k", amount=1, unit="EUR", party="", account="", memo="")
    acts = {
        "read": lambda: read(ada),
        "match": lambda: actions.match_booking(actor=ada, booking=only(), transfer=Transfer.objects.get()),
        "aside": lambda: actions.set_aside(actor=ada, booking=only(), reason="r"),
        "back": lambda: actions.send_back(actor=ada, booking=only()),
        "give": lambda: actions.give_orders(actor=ada),
        "confirm": lambda: actions.confirm_order(actor=ada, order=order),
        "account": lambda: actions.write_account(actor=ada, order=order, account=PAYER),
    }
    with pytest.raises(Forbidden):
        acts[act]()
    order.refresh_from_db()
    assert (only().state, order.state, order.iban) == ("waiting", "waiting", "")


def test_the_statement_of_another_account_is_refused(opened, eve):
    with pytest.raises(domain.OtherAccount):
        actions.read_statement(actor=eve, file="f", content=files.camt(entry(), account=PAYER))
    assert not Statement.objects.exists()


def test_dirty_lines_are_kept_with_the_statement(opened, eve):
    found = read(eve, entry(day="no"), entry(own="B2"))
    assert (found.new, [fault["place"] for fault in found.faults]) == (1, [1])


@pytest.fixture
def received(opened, eve):
    payment = opened()
    read(eve, entry(text=payment.reference))
    payment.refresh_from_db()
    return payment


def refunded(payment, amount=5_00):
    return_payment(payment, amount, f"refund {amount}")
    requests.send_waiting()
    return Order.objects.get(amount=amount)


def test_a_refund_is_an_order_to_the_payers_account(received, eve):
    order = refunded(received)
    assert (order.kind, order.iban, order.party, order.state) == ("refund", PAYER, "Ada", "waiting")
    assert queries.escrow_balance(3) == 20_00  # the books move when the bank has sent it
    read(eve, entry("5.00", "B2", side="DBIT", end=order.name))
    order.refresh_from_db()
    assert (order.state, queries.escrow_balance(3), queries.balance_of("house:bank:EUR")) == ("settled", 15_00, 15_00)


def test_a_refund_that_comes_back_is_there_again(received, eve):
    order = refunded(received)
    read(eve, entry("5.00", "B2", side="DBIT", end=order.name), entry("5.00", "B3", end=order.name))
    order.refresh_from_db()
    assert (order.state, queries.escrow_balance(3)) == ("returned", 20_00)
    assert check_books().sound


def test_a_person_confirms_what_was_sent(received, eve):
    order = refunded(received)
    actions.confirm_order(actor=eve, order=order)
    assert queries.escrow_balance(3) == 15_00
    with pytest.raises(domain.BookingDecided):
        actions.confirm_order(actor=eve, order=order)
    read(eve, entry("5.00", "B2", side="DBIT", end=order.name))  # then the statement says so, too
    assert queries.escrow_balance(3) == 15_00


def test_the_file_for_the_bank(received, eve, client):
    refunded(received)
    refunded(received, 2_50)
    client.force_login(eve, backend="allauth.account.auth_backends.AuthenticationBackend")
    root = fromstring(client.post("/studio/bank/transfers/").content)
    name = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
    assert [one.text for one in root.iter(f"{name}InstdAmt")] == ["5.00", "2.50"]
    assert [one.text for one in root.iter(f"{name}IBAN")] == [HOUSE, PAYER, PAYER]
    assert [one.text for one in root.iter(f"{name}CtrlSum")] == ["7.50"]
    names = Order.objects.order_by("id").values_list("name", flat=True)
    assert [one.text for one in root.iter(f"{name}EndToEndId")] == list(names)
    assert client.post("/studio/bank/transfers/").status_code == 302  # given once


def test_a_payout_goes_by_the_same_file(opened, eve, new_member):
    bea = new_member("bea")
    post(deposit(key="d", amount=500_00, memo="m"))
    post(fund(3, key="f", amount=100_00, memo="m"))
    post(award(3, [(bea.pk, 100_00)], key="a", memo="m"))
    payout = payouts.request_payout(actor=bea, amount=100_00, unit="EUR", destination=PAYER, key=uuid.uuid4())
    payouts.approve_payout(actor=eve, payout=payout)
    Payout.objects.update(leaves_at=payout.requested_at)
    payouts.send_payout(payout=payout)
    order = Order.objects.get()
    assert (order.kind, order.iban, order.amount) == ("payout", PAYER, 100_00)
    read(eve, entry("100.00", "B9", side="DBIT", end=order.name))
    payout.refresh_from_db()
    assert payout.state == "settled"
    read(eve, entry("100.00", "B10", end=order.name, day="2026-05-05"))
    payout.refresh_from_db()
    assert (payout.state, queries.member_balance(bea)) == ("returned", 100_00)
    found = reconciled()
    lines = [(day.day, day.told, day.written) for day in found.days]
    assert lines == [(DAY, -100_00, -100_00), (date(2026, 5, 5), 100_00, 100_00)]
    assert found.agrees


def reconciled():
    """From the first day to tomorrow."""
    now = timezone.now()
    take_statement(provider="banktransfer", since=now - timedelta(days=3650), until=now + timedelta(days=2))
    return report(slug="banktransfer", unit="EUR", since=DAY, until=now.date() + timedelta(days=2))


def test_a_payment_in_parts_and_a_refund_that_came_back_reconcile(opened, eve):
    payment = opened()
    read(eve, entry("12.00", text=payment.reference), entry("8.00", "B2", text=payment.reference, day="2026-05-05"))
    payment.refresh_from_db()
    order = refunded(payment)
    read(eve, entry("5.00", "B3", side="DBIT", end=order.name, day="2026-05-06"))
    read(eve, entry("5.00", "B4", end=order.name, day="2026-05-08"))
    found = reconciled()
    assert (found.agrees, [day.told for day in found.days]) == (True, [20_00, -5_00, 5_00])


def test_the_reconciliation_of_transfers(received, eve):
    actions.confirm_order(actor=eve, order=refunded(received))
    read(eve, entry("7.00", "B5", text="rent"))
    found = reconciled()
    assert (found.agrees, sum(day.told for day in found.days)) == (True, 15_00)


@pytest.mark.django_db(transaction=True)
def test_one_statement_read_by_many_at_once_is_received_once(opened, eve):
    payments = [opened(key=uuid.uuid4(), target=accounts.escrow(3)) for _number in range(8)]
    entries = [entry(own=f"B{number}", text=payment.reference) for number, payment in enumerate(payments)]
    faults = []

    def work():
        try:
            read(eve, *entries)
        except Exception as fault:  # noqa: BLE001 - told to the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert queries.escrow_balance(3) == 8 * 20_00
    assert set(Payment.objects.values_list("state", flat=True)) == {"succeeded"}
    assert (Booking.objects.count(), sum(Statement.objects.values_list("new", flat=True))) == (8, 8)
