"""Real threads on the real database."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from essaim.ledger import accounts, queries, seals
from essaim.ledger.checks import check_books
from essaim.ledger.domain import Entry, InsufficientFunds, transfer
from essaim.ledger.entries import award, deposit, fund
from essaim.ledger.models import Account, JournalEntry, Seal
from essaim.ledger.post import post, post_many

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, number=8):
    """Run `act(place)` in threads that start together; what each returned or was refused."""
    barrier, outcomes = threading.Barrier(number), [None] * number

    def run(place):
        try:
            barrier.wait(60)
            outcomes[place] = act(place)
        except InsufficientFunds as refusal:
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_one_key_posted_by_eight_is_one_entry():
    rows = at_once(lambda place: post(deposit(key="d", amount=100, memo="m")))
    assert len({row.pk for row in rows}) == 1
    assert queries.balance_of("house:bank:EUR") == 100


def test_one_account_opened_by_eight_is_one_row():
    ids = at_once(lambda place: accounts.escrow(5).pk)
    assert len(set(ids)) == 1
    assert Account.objects.count() == 1


def test_a_jar_is_never_drawn_below_its_floor(new_member):
    members = [new_member(f"member{number}") for number in range(8)]
    post(deposit(key="d", amount=100, memo="m"))
    post(fund(1, key="f", amount=100, memo="m"))
    outcomes = at_once(lambda place: post(award(1, [(members[place].pk, 30)], key=f"a{place}", memo="m")))
    assert sum(isinstance(outcome, JournalEntry) for outcome in outcomes) == 3
    assert queries.escrow_balance(1) == 10


def test_a_balance_is_never_drawn_below_its_floor(ada):
    post(deposit(key="d", amount=100, memo="m"))
    post(fund(1, key="f", amount=100, memo="m"))
    post(award(1, [(ada.pk, 100)], key="a", memo="m"))
    balance, held = accounts.member(ada), accounts.member(ada, kind="held")
    outcomes = at_once(lambda place: post(Entry(f"h{place}", "m", transfer(balance, held, 40), "hold")))
    assert sum(isinstance(outcome, JournalEntry) for outcome in outcomes) == 2
    assert (queries.member_balance(ada), queries.member_balance(ada, kind="held")) == (20, 80)


def test_crossed_transfers_do_not_lock_each_other_out(new_member):
    """Accounts are locked in the order of their ids, whichever way value flows."""
    pair = [new_member("ann"), new_member("ben")]
    post(deposit(key="d", amount=2_000, memo="m"))
    post(fund(1, key="f", amount=2_000, memo="m"))
    post(award(1, [(member.pk, 1_000) for member in pair], key="a", memo="m"))
    accounts_of = [accounts.member(member) for member in pair]

    def swap(place):
        source, target = accounts_of if place % 2 else reversed(accounts_of)
        for turn in range(20):
            post(Entry(f"{place}-{turn}", "m", transfer(source, target, 1), "swap"))

    assert at_once(swap) == [None] * 8
    assert [queries.member_balance(member) for member in pair] == [1_000, 1_000]


def test_sealing_while_others_write_leaves_no_entry_out():
    def act(place):
        if place < 2:
            for _turn in range(5):
                seals.seal_books()
        else:
            post_many([deposit(key=f"{place}-{turn}", amount=1, memo="m") for turn in range(30)])

    at_once(act)
    seals.seal_books()
    assert sum(Seal.objects.values_list("entries", flat=True)) == 180
    assert check_books().sound


def test_a_batch_of_ten_thousand(ada, new_member):
    post_many([deposit(key=f"d{number}", amount=1 + number % 7, memo="m") for number in range(10_000)])
    assert JournalEntry.objects.count() == 10_000
