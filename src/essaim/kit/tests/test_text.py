from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.kit import text


@pytest.mark.parametrize(
    ("raw", "key"),
    [("Été", "ete"), ("  Œuf\tDur ", "oeuf dur"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("ﬁn", "fin")],
)
def test_sort_key(raw, key):
    assert text.sort_key(raw) == key


def test_sort_key_puts_accents_beside_their_letter():
    assert sorted(["zoé", "Été", "eté", "abc"], key=text.sort_key) == ["abc", "Été", "eté", "zoé"]


@given(st.text())
def test_sort_key_is_stable(raw):
    assert text.sort_key(text.sort_key(raw)) == text.sort_key(raw)


@given(st.text(), st.integers(8, 80))
def test_slugs_are_addresses_within_their_limit(raw, limit):
    slug = text.slugify(raw, limit=limit)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= limit


def test_slugify_cuts_between_words():
    assert text.slugify("Le pain d’hier, biscuits du jour", limit=20) == "le-pain-d-hier"
    assert text.slugify("日本") == "x"


@given(st.text(), st.integers(10, 200))
def test_excerpt_fits_on_one_line(raw, limit):
    short = text.excerpt(raw, limit)
    assert len(short) <= limit
    assert "\n" not in short


def test_excerpt_cuts_after_a_word():
    assert text.excerpt("The bread of the neighbourhood", 16) == "The bread of…"
    assert text.excerpt("short") == "short"


@pytest.mark.parametrize(
    ("name", "letters"), [("Maud Terrier", "MT"), ("idris", "I"), ("Jean de La Tour", "JT"), ("", "·"), ("(x)", "·")]
)
def test_initials(name, letters):
    assert text.initials(name) == letters


def test_join_words():
    assert text.join_words(["a", "b", "c"], "and") == "a, b and c"
    assert text.join_words(["a"], "and") == "a"
    assert text.join_words([], "and") == ""
