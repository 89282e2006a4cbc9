"""What the books call the money of an initiative."""

from __future__ import annotations

import pytest
from django.utils import translation

from essaim.ledger import accounts, words

pytestmark = pytest.mark.django_db


def test_escrow_bears_the_title_of_its_initiative(opened):
    escrow = accounts.escrow(opened.pk)
    with translation.override("en"):
        assert words.account_in_words(escrow) == f"Set aside for “{opened.title}”"


def test_escrow_without_a_known_initiative_bears_its_number():
    with translation.override("en"):
        assert words.account_in_words(accounts.escrow(404)) == "Set aside for “n° 404”"


def test_many_accounts_ask_for_their_titles_once(opened, django_assert_num_queries):
    several = [accounts.escrow(number) for number in (opened.pk, 404, 405)]
    with django_assert_num_queries(1):
        assert len(words.accounts_in_words(several)) == 3
