"""Many words, many requests at once: as if each had come alone, and one that fails spoils nothing but itself."""

from __future__ import annotations

import itertools
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essaim.kit.apart import done_apart
from essaim.ledger import accounts, payments, queries
from essaim.ledger.checks import check_books
from essaim.ledger.events import apply_all_waiting, receive_event, receive_events
from essaim.ledger.models import JournalEntry, Payment, ProviderEvent, Request
from essaim.ledger.payments import listening, requests
from essaim.ledger.payments.actions import capture_payments, open_payment
from essaim.ledger.payments.domain import NotCancellable
from essaim.ledger.payments.requests import Wanted
from essaim.ledger.providers import Answer, Ask, ProviderRefused, ProviderSilent, Said
from essaim.ledger.tests.fakes import START, QuietProvider

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    heard: list[payments.Moved] = []
    monkeypatch.setattr(listening, "_listeners", {})
    payments.listen("jar", heard.extend)
    return heard


@pytest.fixture
def owed(quiet, heard):
    """A function: that many payments of 20 €, held, towards the jars of initiatives 3 and 4 in turn."""

    def make(number):
        made = [
            open_payment(
                payer=None, target=accounts.escrow(3 + place % 2), amount=20_00, memo="Honey", key=uuid.uuid4(),
                capture="later", purpose="jar",
            )[0]
            for place in range(number)
        ]  # fmt: skip
        assert receive_events(provider="quiet", words=[word(one, "authorised", 1) for one in made]) == []
        return [Payment.objects.get(pk=one.pk) for one in made]

    return make


NUMBERS = itertools.count()


def word(payment, type_, second, amount=20_00, name=None):
    happened = START + timedelta(seconds=second)
    return Said(name or f"e{next(NUMBERS)}", f"payment.{type_}", payment.reference, amount, happened)


def facts():
    rows = Payment.objects.order_by("pk").values_list("pk", "state", "authorised", "captured", "refunded", "lost")
    return [tuple(row) for row in rows]


def test_many_words_move_many_payments(owed, heard):
    made = owed(5)
    heard.clear()
    assert receive_events(provider="quiet", words=[word(one, "succeeded", 2) for one in made]) == []
    assert {one.state for one in Payment.objects.all()} == {"succeeded"}
    assert (queries.escrow_balance(3), queries.escrow_balance(4)) == (60_00, 40_00)
    assert sorted(str(moved.payment.pk) for moved in heard) == sorted(str(one.pk) for one in made)
    assert check_books().sound


def test_what_is_read_and_written_does_not_grow_with_the_words(owed):
    counts = []
    for number in (2, 3, 30):  # the first opens the accounts
        words = [word(one, "succeeded", 2) for one in owed(number)]
        with CaptureQueriesContext(connection) as asked:
            receive_events(provider="quiet", words=words)
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 25


def test_several_words_of_one_payment_in_one_message(owed, heard):
    """In the order in which they happened, whatever their places in the message; each is heard."""
    (payment,) = owed(1)
    heard.clear()
    told = [word(payment, "refunded", 4, 5_00), word(payment, "disputed", 5, 15_00), word(payment, "succeeded", 3)]
    receive_events(provider="quiet", words=told)
    assert [(moved.type, moved.amount) for moved in heard] == [
        ("payment.succeeded", 20_00), ("payment.refunded", 5_00), ("payment.disputed", 15_00),
    ]  # fmt: skip
    assert facts() == [(payment.pk, "disputed", 0, 20_00, 5_00, 15_00)]


def test_what_a_jar_has_left_is_counted_word_by_word(owed):
    """Two chargebacks in one message on a jar that holds money for one: the house loses the other."""
    made = owed(3)[::2]  # both towards the same jar
    receive_events(provider="quiet", words=[word(one, "succeeded", 2) for one in made])
    from essaim.ledger.entries import gift
    from essaim.ledger.post import post

    post(gift(3, "heritage", key="g", amount=25_00, memo="m"))
    receive_events(provider="quiet", words=[word(one, "disputed", 3) for one in made])
    assert (queries.escrow_balance(3), queries.balance_of("house:losses:EUR")) == (0, 25_00)


def test_the_word_that_fails_alone_is_given_back(owed, heard, monkeypatch):
    made = owed(7)
    words = [word(one, "succeeded", 2) for one in made]

    def refuse_the_fifth(moves):
        if made[4].pk in {moved.payment.pk for moved in moves}:
            raise NotCancellable

    payments.listen("jar", refuse_the_fifth)
    failed = receive_events(provider="quiet", words=words)
    assert [(said.event_id, type(error)) for said, error in failed] == [(words[4].event_id, NotCancellable)]
    assert not ProviderEvent.objects.filter(event_id=words[4].event_id).exists()
    assert Payment.objects.filter(state="succeeded").count() == JournalEntry.objects.count() == 6
    payments.listen("jar", heard.extend)
    assert receive_events(provider="quiet", words=words) == []  # told again: the one that was missing, and no other
    assert JournalEntry.objects.count() == 7


def test_listeners_lock_for_all_before_anything_is_locked(owed):
    made, order = owed(3), []
    payments.listen(
        "jar",
        lambda moves: order.append(("heard", len(moves))),
        lock=lambda several: order.append(("locked", len(several))),
    )
    receive_events(provider="quiet", words=[word(one, "succeeded", 2) for one in made])
    assert order == [("locked", 3), ("heard", 3)]


def test_known_unknown_and_early_words_in_one_message(owed):
    (payment,) = owed(1)
    late = Said("early", "payment.succeeded", "pay-later", 1, START)
    odd = Said("odd", "customer.renamed", payment.reference, 0, START)
    taken = word(payment, "succeeded", 2, name="taken")
    assert receive_events(provider="quiet", words=[late, odd, taken, taken]) == []
    assert receive_events(provider="quiet", words=[taken]) == []
    rows = ProviderEvent.objects.filter(event_id__in=["early", "odd", "taken"])
    assert dict(rows.values_list("event_id", "outcome")) == {"early": "waiting", "odd": "unknown", "taken": "applied"}
    apply_all_waiting()
    assert ProviderEvent.objects.get(event_id="early").outcome == "waiting"


STORY = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["succeeded", "failed", "refunded", "disputed", "dispute_won", "refund_failed", "cancelled"]),
        st.integers(2, 9),
        st.sampled_from([5_00, 10_00, 20_00]),
    ),
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=STORY, cuts=st.lists(st.integers(0, 8), max_size=3))
def test_however_words_are_cut_into_messages_they_end_as_one_by_one(owed, story, cuts):
    made, ends = owed(3), []
    for edges in (range(9), cuts):
        places = sorted({0, len(story), *(cut for cut in edges if cut < len(story))})
        with transaction.atomic():
            words = [word(made[who], kind, at, much, f"w{n}") for n, (who, kind, at, much) in enumerate(story)]
            if edges is not cuts:  # one by one, in the order in which they happened within each message
                for start, end in itertools.pairwise(sorted({0, len(story), *(c for c in cuts if c < len(story))})):
                    for said in sorted(words[start:end], key=lambda said: said.occurred_at):
                        receive_event(provider="quiet", said=said)
            else:
                for start, end in itertools.pairwise(places):
                    assert receive_events(provider="quiet", words=words[start:end]) == []
            assert check_books().sound
            ends.append((facts(), queries.escrow_balance(3), queries.balance_of("house:losses:EUR")))
            transaction.set_rollback(True)
    assert ends[0] == ends[1]


class Wholesaler(QuietProvider):
    """Takes batches of three; refuses what it is told to, says the rest at once if it is talkative."""

    most_at_once = 3

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[int] = []
        self.answers: dict[str, Answer] = {}

    def ask_many(self, asks: list[Ask]) -> list[Answer]:
        self.batches.append(len(asks))
        self.asked += [(ask.kind, ask.reference, ask.amount) for ask in asks]
        return [self.answers.get(ask.reference) for ask in asks]


@pytest.fixture
def quiet(monkeypatch):
    from essaim.ledger import providers

    source = Wholesaler()
    monkeypatch.setattr(providers, "_providers", {"quiet": source})
    return source


def test_requests_leave_in_batches_each_with_its_own_answer(quiet, owed):
    made = owed(5)
    quiet.answers = {made[0].reference: ProviderRefused(reason="stolen"), made[1].reference: ProviderSilent()}
    capture_payments([Wanted(one, 20_00, f"k{place}") for place, one in enumerate(made)])
    capture_payments([Wanted(one, 20_00, f"k{place}") for place, one in enumerate(made)])
    assert requests.send_waiting() == 4
    assert quiet.batches == [3, 2]
    assert dict(Request.objects.order_by("key").values_list("key", "state")) == {
        "k0": "refused", "k1": "waiting", "k2": "sent", "k3": "sent", "k4": "sent",
    }  # fmt: skip
    assert Payment.objects.get(pk=made[0].pk).state == "failed"


def test_what_is_no_longer_held_is_left_out(quiet, owed):
    made = owed(2)
    receive_events(provider="quiet", words=[word(made[0], "expired", 2)])
    capture_payments([Wanted(one, 20_00, one.pk) for one in Payment.objects.all()])
    assert list(Request.objects.values_list("payment", flat=True)) == [made[1].pk]


def test_a_request_whose_word_cannot_be_applied_is_made_again(quiet, owed, caplog):
    made = owed(2)
    quiet.answers = {one.reference: word(one, "succeeded", 2) for one in made}

    def refuse(moves):
        if made[0].pk in {moved.payment.pk for moved in moves}:
            raise NotCancellable

    payments.listen("jar", refuse)
    capture_payments([Wanted(one, 20_00, f"k{place}") for place, one in enumerate(made)])
    assert requests.send_waiting() == 1
    assert dict(Request.objects.values_list("key", "state")) == {"k0": "waiting", "k1": "sent"}
    assert "could not be applied" in caplog.text


def test_done_apart_gives_back_what_fails_alone():
    seen = []

    def act(things):
        seen.append(list(things))
        if 3 in things or 6 in things:
            raise ValueError(things)

    assert [thing for thing, _error in done_apart(act, range(8))] == [3, 6]
    assert sorted(thing for things in seen if 3 not in things and 6 not in things for thing in things) == [
        0, 1, 2, 4, 5, 7,
    ]  # fmt: skip
    assert done_apart(act, []) == []
