"""Payouts: asked, approved by others, held, sent; and what the provider says then."""

from __future__ import annotations

import itertools
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.ledger import accounts, policy, queries
from essaim.ledger.checks import check_books
from essaim.ledger.entries import award, deposit, fund
from essaim.ledger.jobs import send_payouts
from essaim.ledger.models import Payout, PayoutApproval
from essaim.ledger.payouts import actions, domain
from essaim.ledger.post import post
from essaim.ledger.tests.fakes import START, said
from essaim.people import rights
from essaim.people.erasure import erase_member
from essaim.people.errors import MoneyUnderWay

IBAN = "FR14 2004 1010 0505 0001 3M02 606"
LATER = START + timedelta(days=3)


@pytest.fixture
def rich(quiet, ada):
    """Ada has earned 2,000 €."""
    post(deposit(key="d", amount=5_000_00, memo="m"))
    post(fund(1, key="f", amount=2_000_00, memo="m"))
    post(award(1, [(ada.pk, 2_000_00)], key="a", memo="m"))
    return ada


@pytest.fixture
def eve(new_member):
    return new_member("eve", "treasurer")


@pytest.fixture
def bob(new_member):
    return new_member("bob", "owner")


def ask(member, amount=100_00, key=None):
    with clock.at(START):
        return actions.request_payout(
            actor=member, amount=amount, unit="EUR", destination=IBAN, key=key or uuid.uuid4()
        )


def books(member):
    bank, transit = queries.balance_of("house:bank:EUR"), queries.balance_of("house:transit:EUR")
    return queries.member_balance(member), queries.member_balance(member, kind="held"), transit, bank


@pytest.mark.django_db
def test_asking_holds_the_money(rich):
    payout = ask(rich)
    assert (payout.state, payout.identity, payout.approvals_needed) == ("requested", "not_needed", 1)
    assert payout.leaves_at == START + timedelta(days=2)
    assert books(rich) == (1_900_00, 100_00, 0, 5_000_00)
    assert list(Activity.objects.values_list("type", "actor")) == [("payout.requested", rich.pk)]
    assert list(payout.steps.values_list("state", "actor")) == [("requested", rich.pk)]


@pytest.mark.django_db
def test_asking_twice_with_one_form_asks_once(rich):
    key = uuid.uuid4()
    assert ask(rich, key=key) == ask(rich, key=key)
    assert books(rich)[:2] == (1_900_00, 100_00)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "destination", "refusal"),
    [
        (2_000_01, IBAN, domain.BeyondBalance),
        (9_99, IBAN, domain.BelowMinimum),
        (100_00, "FR14 2004 1010 0505 0001 3M02 607", domain.NotAnIban),
    ],
)
def test_asking_is_refused(rich, amount, destination, refusal):
    with pytest.raises(refusal):
        actions.request_payout(actor=rich, amount=amount, unit="EUR", destination=destination, key=uuid.uuid4())
    assert Payout.objects.count() == 0
    assert books(rich)[:2] == (2_000_00, 0)


@pytest.mark.django_db
def test_one_approval_is_enough_below_the_figure(rich, eve):
    payout = actions.approve_payout(actor=eve, payout=ask(rich))
    assert payout.state == "approved"


@pytest.mark.django_db
def test_above_the_figure_it_takes_two_persons_and_an_identity(rich, eve, bob):
    payout = ask(rich, 600_00)
    assert (payout.approvals_needed, payout.identity) == (2, "needed")
    with pytest.raises(domain.IdentityUnchecked):
        actions.approve_payout(actor=eve, payout=payout)
    actions.verify_identity(actor=eve, payout=payout, document="passport")
    assert actions.approve_payout(actor=eve, payout=payout).state == "requested"
    with pytest.raises(domain.ApprovedAlready):
        actions.approve_payout(actor=eve, payout=payout)
    assert actions.approve_payout(actor=bob, payout=payout).state == "approved"
    assert PayoutApproval.objects.filter(payout=payout).count() == 2


@pytest.mark.django_db
def test_an_identity_once_checked_stays_checked(rich, eve):
    actions.verify_identity(actor=eve, payout=ask(rich, 600_00), document="passport")
    assert ask(rich, 600_00).identity == "verified"


@pytest.mark.django_db
def test_small_payouts_add_up_to_an_identity_check(rich):
    assert [ask(rich, 60_00).identity for _ in range(3)] == ["not_needed", "not_needed", "needed"]


ROLES = ["", "manager", "moderator", "designer", "analyst", "treasurer", "owner"]
ACTS = {
    "approve": lambda actor, payout: actions.approve_payout(actor=actor, payout=payout),
    "refuse": lambda actor, payout: actions.refuse_payout(actor=actor, payout=payout, reason="r"),
    "identity": lambda actor, payout: actions.verify_identity(actor=actor, payout=payout, document="d"),
    "cancel": lambda actor, payout: actions.cancel_payout(actor=actor, payout=payout),
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS)
def test_who_decides(rich, new_member, role, act):
    actor = new_member("zoe", *filter(None, [role]))
    payout = ask(rich)
    if role in ("treasurer", "owner") and act != "cancel":
        ACTS[act](actor, payout)
    else:
        with pytest.raises(policy.Forbidden):
            ACTS[act](actor, payout)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["approve", "refuse", "identity"])
def test_nobody_decides_on_his_own(quiet, eve, act):
    post(deposit(key="d", amount=500_00, memo="m"))
    post(fund(1, key="f", amount=500_00, memo="m"))
    post(award(1, [(eve.pk, 500_00)], key="a", memo="m"))
    with pytest.raises(policy.Forbidden):
        ACTS[act](eve, ask(eve))


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["sent", "settled", "refused", "cancelled", "failed", "returned"])
@pytest.mark.parametrize("act", ACTS)
def test_a_payout_that_moved_on_is_left_alone(rich, bob, state, act):
    payout = ask(rich)
    Payout.objects.filter(pk=payout.pk).update(state=state)
    with pytest.raises(domain.PayoutMovedOn):
        ACTS[act](rich if act == "cancel" else bob, payout)


@pytest.mark.django_db
def test_refusing_needs_a_reason_and_gives_the_money_back(rich, eve):
    payout = ask(rich)
    with pytest.raises(domain.ReasonMissing):
        actions.refuse_payout(actor=eve, payout=payout, reason=" ")
    assert actions.refuse_payout(actor=eve, payout=payout, reason="Wrong account").reason == "Wrong account"
    assert books(rich) == (2_000_00, 0, 0, 5_000_00)


@pytest.mark.django_db
def test_cancelling_gives_the_money_back(rich):
    assert actions.cancel_payout(actor=rich, payout=ask(rich)).state == "cancelled"
    assert books(rich) == (2_000_00, 0, 0, 5_000_00)


@pytest.mark.django_db
def test_it_leaves_after_its_hold(rich, eve, quiet):
    payout = actions.approve_payout(actor=eve, payout=ask(rich))
    with clock.at(START + timedelta(days=1)):
        with pytest.raises(domain.StillHeld):
            actions.send_payout(payout=payout)
        send_payouts(0)
    assert quiet.asked == []
    with clock.at(LATER):
        send_payouts(0)
        send_payouts(0)
    payout.refresh_from_db()
    assert (payout.state, payout.reference) == ("sent", f"out-{payout.pk}")
    assert quiet.asked == [("payout", str(payout.pk), 100_00)]
    assert books(rich) == (1_900_00, 0, 100_00, 5_000_00)


@pytest.fixture
def sent(rich, eve):
    payout = actions.approve_payout(actor=eve, payout=ask(rich))
    with clock.at(LATER):
        return actions.send_payout(payout=payout)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "state", "expected"),
    [
        (["settled"], "settled", (1_900_00, 0, 0, 4_900_00)),
        (["failed"], "failed", (2_000_00, 0, 0, 5_000_00)),
        (["settled", "returned"], "returned", (2_000_00, 0, 0, 5_000_00)),
        (["settled", "failed"], "returned", (2_000_00, 0, 0, 5_000_00)),
        (["settled", "failed", "returned"], "returned", (2_000_00, 0, 0, 5_000_00)),
    ],
)
def test_the_providers_word_in_any_order(rich, sent, words, state, expected):
    for order in itertools.permutations(enumerate(words)):
        with transaction.atomic():
            for second, word in order:
                said(f"e{second}", f"payout.{word}", sent.reference, 100_00, 300_000 + second)
                said(f"e{second}", f"payout.{word}", sent.reference, 100_00, 300_000 + second)
            assert check_books().sound
            sent.refresh_from_db()
            assert (sent.state, books(rich)) == (state, expected)
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_outcome_is_told(rich, sent):
    said("e1", "payout.settled", sent.reference, 100_00, 300_000)
    assert list(Activity.objects.order_by("id").values_list("type", "target"))[-1] == ("payout.settled", rich.pk)
    assert sent.steps.last().state == "settled"


@pytest.mark.django_db
def test_nobody_leaves_while_his_payout_is_under_way(rich, eve):
    payout = ask(rich)
    steps = [
        lambda: None,
        lambda: actions.approve_payout(actor=eve, payout=payout),
        lambda: _at(LATER, lambda: actions.send_payout(payout=payout)),
    ]
    for step in steps:
        step()
        assert rights.under_way(rich) == [rights.Owed(100_00, "EUR", under_way=True)]
        assert rights.still_owed(rich) == [rights.Owed(1_900_00, "EUR")]
        with pytest.raises(MoneyUnderWay):
            erase_member(actor=rich, member=rich, give_up=True)

    payout.refresh_from_db()
    said("e1", "payout.settled", payout.reference, 100_00, 300_000)
    erase_member(actor=rich, member=rich, give_up=True)

    payout.refresh_from_db()
    assert (payout.destination, rights.under_way(rich), books(rich)) == ("", [], (0, 0, 0, 4_900_00))
    assert check_books().sound


@pytest.mark.django_db
def test_the_rules_are_the_treasurers(eve, ada):
    figures = {"two_persons_above": 1, "minimum": 2, "hold_days": 3, "identity_above": 4}
    with pytest.raises(policy.Forbidden):
        actions.change_rules(actor=ada, **figures)
    actions.change_rules(actor=eve, **figures)
    actions.change_rules(actor=eve, **figures | {"minimum": 5})
    assert actions.queries.rules() == domain.Rules(1, 5, timedelta(days=3), 4)


def at_once(*acts):
    """Run the acts in threads that start together; the refusals, None for an act that went through."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait(60)
            act()
        except domain.Conflict as refusal:
            outcomes[place] = type(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_two_payouts_racing_for_one_balance(rich):
    accounts.member(rich, kind="held")
    outcomes = at_once(*[lambda: ask(rich, 1_500_00)] * 4)
    assert sorted(outcomes, key=str) == [domain.BeyondBalance] * 3 + [None]
    assert books(rich)[:2] == (500_00, 1_500_00)


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_two_tabs(rich):
    key = uuid.uuid4()
    assert at_once(*[lambda: ask(rich, 100_00, key)] * 4) == [None] * 4
    assert books(rich)[:2] == (1_900_00, 100_00)


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_by_two_persons(rich, eve, bob):
    payout = ask(rich, 600_00)
    actions.verify_identity(actor=eve, payout=payout, document="passport")
    acts = [lambda who=who: actions.approve_payout(actor=who, payout=payout) for who in (eve, bob)]
    assert at_once(*acts) == [None, None]
    payout.refresh_from_db()
    assert (payout.state, payout.approvals.count()) == ("approved", 2)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_of_one_person_are_one_approval(rich, eve):
    payout = ask(rich, 600_00)
    actions.verify_identity(actor=eve, payout=payout, document="passport")
    outcomes = at_once(*[lambda: actions.approve_payout(actor=eve, payout=payout)] * 3)
    assert sorted(outcomes, key=str) == [domain.ApprovedAlready] * 2 + [None]
    payout.refresh_from_db()
    assert (payout.state, payout.approvals.count()) == ("requested", 1)


@pytest.mark.django_db(transaction=True)
def test_cancelling_against_sending(rich, eve, quiet):
    payout = actions.approve_payout(actor=eve, payout=ask(rich))
    clocked = lambda: _at(LATER, lambda: actions.send_payout(payout=payout))  # noqa: E731
    outcomes = at_once(clocked, lambda: actions.cancel_payout(actor=rich, payout=payout))
    assert sorted(outcomes, key=str) == [domain.PayoutMovedOn, None]
    assert len(quiet.asked) == (outcomes[0] is None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_payout_once(rich, eve, quiet):
    payout = actions.approve_payout(actor=eve, payout=ask(rich))
    clocked = lambda: _at(LATER, lambda: actions.send_payout(payout=payout))  # noqa: E731
    assert at_once(clocked, clocked, clocked) == [None] * 3
    assert {asked[1] for asked in quiet.asked} == {str(payout.pk)}
    assert books(rich) == (1_900_00, 0, 100_00, 5_000_00)


def _at(moment, act):
    with clock.at(moment):
        act()
