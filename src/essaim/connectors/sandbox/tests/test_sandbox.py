"""The sandbox against the house's real port: signed, late, doubled, disordered words."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from essaim.connectors.sandbox import actions, delivery
from essaim.connectors.sandbox.domain import PAYMENTS
from essaim.connectors.sandbox.models import Order, Word
from essaim.connectors.sandbox.signature import signed_headers
from essaim.kit import clock
from essaim.ledger import accounts, queries
from essaim.ledger.checks import check_books
from essaim.ledger.entries import award, deposit, fund
from essaim.ledger.models import JournalEntry, Payment, ProviderEvent
from essaim.ledger.payments.actions import open_payment, refund_payment
from essaim.ledger.payouts import actions as payouts
from essaim.ledger.post import post
from essaim.ledger.reconciliation.actions import take_statement
from essaim.ledger.reconciliation.queries import report
from essaim.people.models import HouseRole, Member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
IBAN = "FR1420041010050500013M02606"
URL = "/payments/sandbox/events/"


@pytest.fixture
def ada(db):
    return Member.objects.create_user("ada@example.org", "ada", "correct horse battery", display_name="Ada")


@pytest.fixture
def eve(db):
    eve = Member.objects.create_user("eve@example.org", "eve", "correct horse battery", display_name="Eve")
    HouseRole.objects.create(member=eve, role="treasurer")
    return eve


@pytest.fixture
def payment(ada):
    return open_payment(payer=ada, target=accounts.escrow(3), amount=20_00, memo="Honey", key=uuid.uuid4())[0]


def live(payment, choice, *moments):
    """The payer chooses; words are delivered at each of those seconds after."""
    with clock.at(NOW):
        actions.choose(reference=payment.reference, choice=choice)
    states = []
    for second in moments:
        with clock.at(NOW + timedelta(seconds=second)):
            delivery.deliver_due()
        payment.refresh_from_db()
        states.append(payment.state)
    return states


@pytest.mark.parametrize(
    ("choice", "states", "left"),
    [
        ("succeeded", ["succeeded", "succeeded"], 20_00),
        ("refused", ["failed", "failed"], 0),
        ("step-up", ["pending", "succeeded"], 20_00),
        ("late", ["pending", "succeeded"], 20_00),
        ("duplicate", ["succeeded", "succeeded"], 20_00),
        ("out-of-order", ["created", "succeeded"], 10_00),
        ("late-failure", ["succeeded", "disputed"], 0),
        ("charged-back", ["succeeded", "disputed"], 0),
        ("check", ["step_up", "step_up"], 0),
    ],
)
def test_each_choice_ends_in_the_books(payment, choice, states, left):
    assert live(payment, choice, 0, 7200) == states
    assert queries.escrow_balance(3) == left
    assert queries.balance_of("house:bank:EUR") == left
    assert not Word.objects.filter(copies__gt=0).exists()


def test_every_choice_is_tried_above():
    tried = {row[0] for row in test_each_choice_ends_in_the_books.pytestmark[0].args[1]}
    assert tried == set(PAYMENTS)


def test_a_choice_is_made_once(payment):
    live(payment, "succeeded")
    with pytest.raises(actions.ChosenAlready):
        live(payment, "refused")


def test_the_payers_page(client, payment):
    page = f"/sandbox/pay/{payment.reference}/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"choice": "gold"}).status_code == 404
    answer = client.post(page, {"choice": "succeeded"})
    assert (answer.status_code, answer["Location"]) == (302, f"/payments/{payment.pk}/")
    assert JournalEntry.objects.count() == 0  # coming back to a page posts nothing
    assert client.get(page).status_code == 200


def test_the_desk_is_for_treasurers(client, ada, eve, payment):
    live(payment, "succeeded", 0)
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/sandbox/").status_code == 403
    client.force_login(eve, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/sandbox/").status_code == 200
    form = {"reference": payment.reference, "type": "payment.disputed", "key": "once"}
    for _click in range(2):
        assert client.post("/sandbox/", form).status_code == 302
    delivery.deliver_due()
    payment.refresh_from_db()
    assert (payment.state, payment.lost) == ("disputed", 20_00)


def test_a_refund_through_the_port(payment, eve):
    live(payment, "succeeded", 0)
    refund_payment(actor=eve, payment=payment, amount=5_00, key=uuid.uuid4())
    delivery.deliver_due()
    assert queries.escrow_balance(3) == 15_00


def message(payment, **changes):
    told = {
        "id": "evt_1",
        "type": "payment.succeeded",
        "reference": payment.reference,
        "amount": 20_00,
        "occurred_at": NOW.isoformat(),
        **changes,
    }
    return json.dumps({"events": [told]})


def tell(client, body, headers=None, url=URL):
    headers = signed_headers("evt_1", body) if headers is None else headers
    return client.post(url, body, content_type="application/json", headers=headers)


def test_a_signed_message_is_kept_once(client, payment):
    body = message(payment)
    assert tell(client, body).json() == {"events": [{"id": "evt_1", "outcome": "applied"}]}
    assert tell(client, body).json() == {"events": [{"id": "evt_1", "outcome": "applied"}]}
    assert ProviderEvent.objects.count() == 1


def test_a_word_not_understood_is_kept(client, payment):
    assert tell(client, message(payment, type="customer.renamed")).json()["events"][0]["outcome"] == "unknown"
    assert ProviderEvent.objects.get().body["type"] == "customer.renamed"


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_early_message_is_refused(client, payment, minutes):
    body = message(payment)
    headers = signed_headers("evt_1", body, datetime.now(UTC) + timedelta(minutes=minutes))
    assert tell(client, body, headers).status_code == 400
    assert ProviderEvent.objects.count() == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda headers, body: ({}, body),
        lambda headers, body: ({**headers, "webhook-id": "evt_2"}, body),
        lambda headers, body: ({**headers, "webhook-signature": "v1,AAAA"}, body),
        lambda headers, body: (headers, body.replace("2000", "2001")),
        lambda headers, body: (signed_headers("evt_1", "{}"), "{}"),
        lambda headers, body: (signed_headers("evt_1", "no json"), "no json"),
    ],
)
def test_a_message_that_is_not_right_is_refused(client, payment, spoil):
    body = message(payment)
    headers, body = spoil(signed_headers("evt_1", body), body)
    assert tell(client, body, headers).status_code == 400
    assert ProviderEvent.objects.count() == 0


def test_no_such_provider(client, payment):
    assert tell(client, message(payment), url="/payments/nobody/events/").status_code == 404
    assert client.get(URL).status_code == 405


def test_delivery_is_tried_again_until_the_house_answers(payment):
    answers = iter([500, 503, 200])
    with clock.at(NOW):
        actions.choose(reference=payment.reference, choice="succeeded")
        accepted = delivery.deliver_due(lambda *message: next(answers))
    word = Word.objects.get()
    assert (accepted, word.attempts, word.copies, word.answer) == (1, 3, 0, "200")


@pytest.fixture
def five(ada):
    """Five payments that went through, their words on their way."""
    made = [
        open_payment(payer=ada, target=accounts.escrow(3), amount=20_00, memo="Honey", key=uuid.uuid4())[0]
        for _number in range(5)
    ]
    with clock.at(NOW):
        for one in made:
            actions.choose(reference=one.reference, choice="succeeded")
    return made


def test_words_due_together_are_one_message_verified_once(five):
    sent = []

    def send(path, headers, body):
        sent.append(len(json.loads(body)["events"]))
        return delivery.in_process(path, headers, body)

    assert delivery.deliver_due(send) == 5
    assert sent == [5]
    assert queries.escrow_balance(3) == 100_00


def test_when_one_word_is_not_taken_each_is_brought_alone(five):
    """The one stays and is brought again until it is given up; the others are settled."""
    odd, sent = Word.objects.order_by("id")[2], []

    def send(path, headers, body):
        events = json.loads(body)["events"]
        sent.append(len(events))
        return 500 if odd.event_id in {event["id"] for event in events} else 200

    assert delivery.deliver_due(send) == 4
    assert sent[:6] == [5, 1, 1, 1, 1, 1]
    odd.refresh_from_db()
    assert (odd.copies, odd.attempts, odd.answer) == (1, delivery.MOST_ATTEMPTS, "500")
    assert set(Word.objects.exclude(pk=odd.pk).values_list("copies", "attempts")) == {(0, 1)}


@pytest.mark.django_db(transaction=True)
def test_delivery_over_http(live_server, payment):
    with clock.at(NOW):
        actions.choose(reference=payment.reference, choice="duplicate")
        assert delivery.deliver_due(delivery.over_http(live_server.url)) == 2
    payment.refresh_from_db()
    assert (payment.state, ProviderEvent.objects.count()) == ("succeeded", 1)


@pytest.fixture
def sent(ada, eve):
    """A function: Ada's payout of 100 €, sent; the sandbox plays `choice`."""

    def send(choice):
        actions.set_payouts(choice=choice)
        post(deposit(key="d", amount=500_00, memo="m"))
        post(fund(1, key="f", amount=500_00, memo="m"))
        post(award(1, [(ada.pk, 500_00)], key="a", memo="m"))
        with clock.at(NOW):
            payout = payouts.request_payout(actor=ada, amount=100_00, unit="EUR", destination=IBAN, key=uuid.uuid4())
            payouts.approve_payout(actor=eve, payout=payout)
        with clock.at(NOW + timedelta(days=3)):
            return payouts.send_payout(payout=payout)

    return send


@pytest.mark.parametrize(
    ("choice", "states", "balance"),
    [
        ("settled", ["settled", "settled"], 400_00),
        ("failed", ["failed", "failed"], 500_00),
        ("returned", ["settled", "returned"], 500_00),
    ],
)
def test_a_payout_goes_as_the_till_is_set(sent, ada, choice, states, balance):
    payout, seen = sent(choice), []
    for second in (0, 60):
        with clock.at(NOW + timedelta(days=3, seconds=second)):
            delivery.deliver_due()
        payout.refresh_from_db()
        seen.append(payout.state)
    assert (seen, queries.member_balance(ada)) == (states, balance)
    assert check_books().sound
    day = (NOW + timedelta(days=3)).date()
    with clock.at(NOW + timedelta(days=4)):
        take_statement(provider="sandbox", since=NOW, until=NOW + timedelta(days=5))
        found = report(slug="sandbox", unit="EUR", since=day, until=day + timedelta(days=1))
    assert (found.agrees, sum(line.lines for line in found.days)) == (
        True,
        {"failed": 0}.get(choice, len(set(states))),
    )


def test_a_payout_asked_twice_is_one_order(sent):
    payout = sent("settled")
    from essaim.ledger.providers import provider

    again = provider("sandbox").payout(key=str(payout.pk), amount=100_00, unit="EUR", destination=IBAN)
    assert again == payout.reference
    assert (Order.objects.filter(kind="payout").count(), Word.objects.count()) == (1, 1)


def test_the_address_the_payer_is_sent_to(ada):
    payment, url = open_payment(payer=ada, target=accounts.escrow(3), amount=1, memo="m", key=uuid.uuid4())
    assert url == reverse("sandbox:pay", args=[payment.reference])
    assert Payment.objects.get().provider == "sandbox"
