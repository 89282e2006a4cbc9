"""What `post()` writes and refuses."""

from __future__ import annotations

import pytest

from essaim.ledger import accounts
from essaim.ledger.domain import (
    AlreadyReversed,
    Entry,
    InsufficientFunds,
    KeyReused,
    transfer,
)
from essaim.ledger.entries import award, deposit, fund
from essaim.ledger.models import Account, JournalEntry, Posting
from essaim.ledger.post import post, post_many, reverse

pytestmark = pytest.mark.django_db


def lines() -> list[tuple[str, str, int]]:
    return list(Posting.objects.order_by("id").values_list("entry__key", "account__code", "amount"))


def test_post_writes_the_entry_and_its_postings(ada):
    row = post(deposit(key="d1", amount=10_000_00, memo="Opening"), author=ada)
    assert (row.key, row.kind, row.memo, row.lines, row.author) == ("d1", "deposit", "Opening", 2, ada)
    assert lines() == [("d1", "house:bank:EUR", 10_000_00), ("d1", "house:own:EUR", -10_000_00)]


def test_post_again_gives_the_row_that_stands(ada):
    first = post(deposit(key="d1", amount=500, memo="Opening"))
    assert post(deposit(key="d1", amount=500, memo="Ouverture")) == first
    assert JournalEntry.objects.count() == 1
    assert Posting.objects.count() == 2


def test_post_refuses_a_key_used_for_something_else(ada):
    post(deposit(key="d1", amount=500, memo="Opening"))
    with pytest.raises(KeyReused):
        post(deposit(key="d1", amount=501, memo="Opening"))
    assert Posting.objects.count() == 2


def test_post_keeps_the_members_balance(ada):
    post(deposit(key="d", amount=2_000_00, memo="m"))
    post(fund(12, key="f", amount=2_000_00, memo="m"))
    post(award(12, [(ada.pk, 500_00)], key="a", memo="m"))
    assert Account.objects.get(code=f"member:{ada.pk}:balance:EUR").balance == 500_00


def test_post_refuses_to_promise_more_than_was_put_in(ada):
    post(deposit(key="d", amount=100, memo="m"))
    with pytest.raises(InsufficientFunds) as refused:
        post(fund(12, key="f", amount=101, memo="m"))
    assert refused.value.facts == {"account": "house:own:EUR"}
    assert JournalEntry.objects.count() == 1


def test_post_refuses_to_draw_a_balance_below_its_floor(ada):
    balance, held = accounts.member(ada), accounts.member(ada, kind="held")
    with pytest.raises(InsufficientFunds) as refused:
        post(Entry("h", "m", transfer(balance, held, 1), "hold"))
    assert refused.value.facts == {"account": f"member:{ada.pk}:balance:EUR"}


def test_post_many_is_all_or_nothing(ada):
    entries = [deposit(key="d", amount=100, memo="m"), fund(1, key="f", amount=200, memo="m")]
    with pytest.raises(InsufficientFunds):
        post_many(entries)
    assert JournalEntry.objects.count() == 0


def test_post_many_gives_ids_in_order_and_writes_a_repeated_key_once(ada):
    first, second = deposit(key="a", amount=1, memo="m"), deposit(key="b", amount=2, memo="m")
    ids = post_many([second, first, second])
    assert [JournalEntry.objects.get(pk=pk).key for pk in ids] == ["b", "a", "b"]
    assert JournalEntry.objects.count() == 2


def test_post_many_refuses_one_key_with_two_contents(ada):
    with pytest.raises(KeyReused):
        post_many([deposit(key="a", amount=1, memo="m"), deposit(key="a", amount=2, memo="m")])


def test_reverse_mirrors_and_links(ada):
    first = post(deposit(key="d", amount=700, memo="m"))
    undo = reverse(first, key="r", memo="Typed twice")
    assert undo.reverses == first
    assert lines()[2:] == [("r", "house:bank:EUR", -700), ("r", "house:own:EUR", 700)]


def test_reverse_twice_is_refused_and_the_same_call_is_not(ada):
    first = post(deposit(key="d", amount=700, memo="m"))
    undo = reverse(first, key="r", memo="Typed twice")
    assert reverse(first, key="r", memo="Typed twice") == undo
    with pytest.raises(AlreadyReversed):
        reverse(first, key="r2", memo="Again")
