"""Entries without a database: laws that hold for all of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.ledger import chart, entries
from essaim.ledger.domain import (
    EmptyEntry,
    Entry,
    ImpossibleAmount,
    MixedUnits,
    OppositeSides,
    Posting,
    Unbalanced,
    balances,
    credit,
    debit,
    reversed_entry,
    running,
    totals_by_unit,
    transfer,
)

BANK, OWN = chart.house_account("bank", "EUR"), chart.house_account("own", "EUR")
JAR, ADA = chart.escrow_account(12, "EUR"), chart.member_account(7, "EUR")
AMOUNTS = st.integers(min_value=1, max_value=10**12)
LIABILITIES = [JAR, ADA, chart.member_account(8, "EUR"), chart.member_account(8, "EUR", "held")]
KINDS = {account.code: account.kind for account in [BANK, OWN, *LIABILITIES]}


@pytest.mark.parametrize(
    ("account", "code", "kind", "number"),
    [
        (BANK, "house:bank:EUR", "asset", "512000"),
        (JAR, "escrow:12:EUR", "liability", "467100"),
        (ADA, "member:7:balance:EUR", "liability", "467200"),
        (chart.cause_account("heritage", "EUR"), "cause:heritage:EUR", "liability", "467400"),
    ],
)
def test_a_code_says_what_the_account_is(account, code, kind, number):
    assert (account.code, account.kind, account.number) == (code, kind, number)
    assert chart.describe(code) == account


@pytest.mark.parametrize(
    "code",
    ["", "house:gold:EUR", "house:bank:eur", "escrow:x:EUR", "member:7:EUR", "member:7:debt:EUR", "cause:A B:EUR"],
)
def test_a_code_outside_the_chart_is_refused(code):
    with pytest.raises(chart.UnknownAccount):
        chart.describe(code)


def test_debit_and_credit_choose_the_sign():
    assert debit(BANK, 5) == Posting("house:bank:EUR", "EUR", 5)
    assert credit(OWN, 5) == Posting("house:own:EUR", "EUR", -5)


def test_transfer_between_debts_and_between_holdings():
    assert transfer(JAR, ADA, 5) == (debit(JAR, 5), credit(ADA, 5))
    provider = chart.house_account("provider", "EUR")
    assert transfer(BANK, provider, 5) == (debit(provider, 5), credit(BANK, 5))


def test_transfer_across_sides_is_refused():
    with pytest.raises(OppositeSides):
        transfer(BANK, ADA, 5)


@pytest.mark.parametrize("amount", [0, -1, 10**15 + 1, 1.5, True, "5"])
def test_an_impossible_amount_is_refused(amount):
    with pytest.raises(ImpossibleAmount):
        debit(BANK, amount)


@pytest.mark.parametrize(
    ("postings", "refusal"),
    [
        ((), EmptyEntry),
        ((debit(BANK, 5),), EmptyEntry),
        ((debit(BANK, 5), credit(OWN, 6)), Unbalanced),
        ((debit(BANK, 5), Posting("house:points:PT", "PT", -5)), Unbalanced),
        ((debit(BANK, 5), Posting("house:own:EUR", "EUR", 0)), ImpossibleAmount),
        (
            (
                debit(BANK, 5),
                credit(OWN, 5),
                Posting("house:points:PT", "PT", 5),
                Posting("member:7:balance:PT", "PT", -5),
            ),
            MixedUnits,
        ),
    ],
)
def test_an_unsound_entry_cannot_be_built(postings, refusal):
    with pytest.raises(refusal):
        Entry("k", "m", postings, "test")


@pytest.mark.parametrize(("key", "kind"), [("", "test"), ("k", ""), ("k", "Two words"), ("k", "a,b")])
def test_an_entry_needs_a_key_and_a_kind(key, kind):
    with pytest.raises(ValueError, match="needs a key"):
        Entry(key, "m", (debit(BANK, 5), credit(OWN, 5)), kind)


def test_the_fingerprint_leaves_words_out_and_amounts_in():
    one = entries.deposit(key="a", amount=5, memo="Budget")
    assert one.fingerprint == entries.deposit(key="b", amount=5, memo="Autre", evidence="/x/").fingerprint
    assert one.fingerprint != entries.deposit(key="a", amount=6, memo="Budget").fingerprint
    assert one.fingerprint != entries.withdrawal(key="a", amount=5, memo="Budget").fingerprint


PARTS = st.lists(
    st.tuples(st.integers(min_value=1, max_value=9), st.integers(min_value=0, max_value=10**9)), max_size=9
)


@given(parts=PARTS.filter(lambda parts: any(amount for _, amount in parts)))
def test_an_award_is_balanced_whatever_the_parts(parts):
    entry = entries.award(1, parts, key="k", memo="m")
    assert totals_by_unit(entry.postings) == {"EUR": 0}
    assert sum(p.amount for p in entry.postings if p.is_debit) == sum(amount for _, amount in parts)


@given(moves=st.lists(st.tuples(st.sampled_from(LIABILITIES), st.sampled_from(LIABILITIES), AMOUNTS), min_size=1))
def test_an_entry_and_its_reversal_leave_nothing(moves):
    postings = tuple(posting for source, target, amount in moves for posting in transfer(source, target, amount))
    entry = Entry("k", "m", postings, "test")
    undo = reversed_entry(entry, key="r", memo="m")
    assert set(balances((*entry.postings, *undo.postings), KINDS).values()) == {0}
    assert reversed_entry(undo, key="k", memo="m").postings == entry.postings


@given(opening=st.integers(), movements=st.lists(st.integers()))
def test_a_running_balance_ends_at_the_sum(opening, movements):
    after = running(opening, movements)
    assert [late - early for early, late in pairwise([opening, *after])] == movements
    assert [opening, *after][-1] == opening + sum(movements)
