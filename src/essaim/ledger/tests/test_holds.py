"""Money held now and taken later: who hears of it, what is asked of providers, once and in spite of everything."""

from __future__ import annotations

import itertools
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from essaim.kit import clock
from essaim.ledger import accounts, payments, queries
from essaim.ledger.models import JournalEntry, Payment, ProviderEvent, Request
from essaim.ledger.payments import domain, listening, requests
from essaim.ledger.payments.actions import cancel_payment, capture_payment, open_payment, return_payment
from essaim.ledger.payments.domain import Event, Facts, NotCancellable, NotCapturable, NotRefundable
from essaim.ledger.providers import ProviderRefused, ProviderSilent
from essaim.ledger.tests.fakes import START, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """What a mechanism hears of payments opened for it."""
    heard: list[payments.Moved] = []
    monkeypatch.setattr(listening, "_listeners", {})
    payments.listen("jar", heard.extend)
    return heard


@pytest.fixture
def payment(quiet, heard):
    """20 € are to be held for initiative 3."""
    return open_payment(
        payer=None,
        target=accounts.escrow(3),
        amount=20_00,
        memo="Honey",
        key=uuid.uuid4(),
        capture="later",
        purpose="jar",
    )[0]


@pytest.fixture
def held(payment):
    said("held", "payment.authorised", payment.reference, 20_00, 1, until=9)
    payment.refresh_from_db()
    return payment


def test_a_hold_is_asked_for_as_one(quiet, payment):
    assert (quiet.asked, payment.capture, payment.purpose) == ([("hold", str(payment.pk), 20_00)], "later", "jar")


def test_holding_posts_nothing(held):
    assert (held.state, held.authorised, held.expires_at) == ("authorised", 20_00, START + timedelta(seconds=9))
    assert JournalEntry.objects.count() == 0


def test_a_listener_hears_each_move_once(held, heard):
    said("taken", "payment.succeeded", held.reference, 20_00, 2)
    said("taken", "payment.succeeded", held.reference, 20_00, 2)
    said("late", "payment.step_up", held.reference, 20_00, 0)
    moves = [(moved.type, moved.before.state, moved.after.state, moved.move, moved.amount) for moved in heard]
    assert moves == [
        ("payment.authorised", "created", "authorised", None, 0),
        ("payment.succeeded", "authorised", "succeeded", "payment", 20_00),
    ]
    assert {moved.payment.pk for moved in heard} == {held.pk}
    assert heard[-1].event.event_id == "taken"


def test_nobody_else_hears(quiet, heard, ada):
    other, _url = open_payment(payer=ada, target=accounts.escrow(3), amount=1, memo="m", key=uuid.uuid4())
    said("e", "payment.succeeded", other.reference, 1, 1)
    assert heard == []


def test_what_a_listener_refuses_is_told_again(held, monkeypatch):
    def refuse(moved):
        raise NotCancellable

    payments.listen("jar", refuse)
    with pytest.raises(NotCancellable), transaction.atomic():
        said("taken", "payment.succeeded", held.reference, 20_00, 2)
    assert not ProviderEvent.objects.filter(event_id="taken").exists()
    payments.listen("jar", lambda moved: None)
    assert said("taken", "payment.succeeded", held.reference, 20_00, 2).outcome == "applied"
    assert queries.escrow_balance(3) == 20_00


def test_the_listener_locks_first(held):
    order = []
    payments.listen("jar", lambda moves: order.append("heard"), lock=lambda payments: order.append("locked"))
    said("taken", "payment.succeeded", held.reference, 20_00, 2)
    assert order == ["locked", "heard"]


def test_a_request_is_sent_once(quiet, held):
    assert capture_payment(held, 20_00, "k") == capture_payment(held, 20_00, "k")
    assert quiet.asked[1:] == []  # nothing leaves before the decision is committed
    assert (requests.send_waiting(), requests.send_waiting()) == (1, 0)
    assert quiet.asked[1:] == [("capture", held.reference, 20_00)]


def test_a_silent_provider_is_asked_again_later(quiet, held):
    quiet.mood = ProviderSilent()
    with clock.at(START):
        request = capture_payment(held, 20_00, "k")
        assert requests.send_waiting() == 0
        quiet.mood = None
        assert requests.send_waiting() == 0
    with clock.at(START + timedelta(minutes=2)):
        assert requests.send_waiting() == 1
    request.refresh_from_db()
    assert (request.state, request.attempts) == ("sent", 2)


def test_a_refused_capture_is_heard_as_a_failure(quiet, held, heard):
    quiet.mood = ProviderRefused(reason="card stolen")
    with clock.at(START + timedelta(seconds=5)):
        request = capture_payment(held, 20_00, "k")
        assert requests.send_waiting() == 1
    request.refresh_from_db()
    assert (request.state, request.reason) == ("refused", "card stolen")
    assert [moved.after.state for moved in heard] == ["authorised", "failed"]
    assert heard[-1].event.body == {"reason": "card stolen", "request": "k"}


def test_treasurers_see_what_a_provider_refused(client, quiet, held, new_member):
    quiet.mood = ProviderRefused(reason="card stolen")
    capture_payment(held, 20_00, "k")
    requests.send_waiting()
    client.force_login(new_member("eve", "treasurer"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "card stolen" in client.get("/studio/books/payments/").content.decode()


def test_only_what_is_held_is_taken(payment):
    with pytest.raises(NotCapturable):
        capture_payment(payment, 20_00, "k")


@pytest.mark.parametrize("amount", [0, -1, 20_01])
def test_only_as_much_as_is_held_is_taken(held, amount):
    with pytest.raises(NotCapturable):
        capture_payment(held, amount, "k")


def test_letting_go_is_for_what_is_not_taken(quiet, held):
    cancel_payment(held, "k")
    requests.send_waiting()
    assert quiet.asked[-1] == ("cancel", held.reference, 0)
    said("taken", "payment.succeeded", held.reference, 20_00, 2)
    held.refresh_from_db()
    with pytest.raises(NotCancellable):
        cancel_payment(held, "k2")


def test_a_payment_never_opened_at_the_provider_is_let_go(quiet, payment):
    """The house died between writing the payment and learning its reference."""
    Payment.objects.update(reference=None)
    payment.refresh_from_db()
    cancel_payment(payment, "k")
    assert requests.send_waiting() == 1
    assert quiet.asked[1:] == [("hold", str(payment.pk), 20_00), ("cancel", f"pay-{payment.pk}", 0)]


def test_refunds_under_way_count(held):
    said("taken", "payment.succeeded", held.reference, 20_00, 2)
    held.refresh_from_db()
    return_payment(held, 15_00, "r1")
    with pytest.raises(NotRefundable):
        return_payment(held, 5_01, "r2")
    said("back", "payment.refunded", held.reference, 15_00, 3)
    held.refresh_from_db()
    assert requests.refundable(held) == 5_00
    return_payment(held, 5_00, "r2")
    assert requests.refundable(held) == 0


def test_a_refund_that_came_back_can_be_asked_again(held):
    said("taken", "payment.succeeded", held.reference, 20_00, 2)
    held.refresh_from_db()
    return_payment(held, 20_00, "r1")
    said("back", "payment.refunded", held.reference, 20_00, 3)
    assert queries.escrow_balance(3) == 0
    said("again", "payment.refund_failed", held.reference, 20_00, 4)
    held.refresh_from_db()
    assert (held.state, requests.refundable(held), queries.escrow_balance(3)) == ("succeeded", 20_00, 20_00)


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_request_once(quiet, ada):
    target = accounts.escrow(3)
    for number in range(12):
        made = Payment.objects.create(
            provider="quiet", reference=f"p{number}", target=target, amount=1, unit="EUR", memo="m"
        )
        requests.write(made, Request.Kind.CANCEL, 0, f"k{number}")

    def work():
        requests.send_waiting()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(quiet.asked) == sorted(("cancel", f"p{number}", 0) for number in range(12))
    assert not Request.objects.exclude(state="sent").exists()


WORD = st.builds(
    lambda type_, amount, second, until: Event(
        type_, amount, START + timedelta(seconds=second), START + timedelta(seconds=until)
    ),
    st.sampled_from([*domain.ATTEMPTS, domain.SUCCEEDED]),
    st.integers(1, 3),
    st.integers(0, 3),
    st.integers(0, 3),
)


def end(events):
    """What is known after events told in that order, those that wait being tried again."""
    facts, waiting = Facts(), list(events)
    while waiting:
        for place, event in enumerate(waiting):
            outcome = domain.apply(facts, event)
            if outcome.facts is not None:
                facts = outcome.facts
                del waiting[place]
                break
        else:
            break
    return facts


@given(events=st.lists(WORD.filter(lambda event: event.type != domain.SUCCEEDED), max_size=5), extra=st.booleans())
def test_attempts_end_alike_in_any_order_told_any_number_of_times(events, extra):
    """One success at most: of two the books keep the first that is told, and a failure after it is a late one."""
    taken = [Event(domain.SUCCEEDED, 3, START + timedelta(seconds=9))] if extra else []
    ends = {end(order) for order in itertools.permutations([*events, *taken])}
    doubled = {end([*order, *order]) for order in itertools.permutations([*events, *taken][:3])}
    assert len(ends) == len(doubled) == 1
    (final,) = ends
    assert (final.captured, final.authorised if extra else 0) == (3 if extra else 0, 0)
