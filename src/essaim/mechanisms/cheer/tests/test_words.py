"""Blocked words: found however they are dressed, and not inside innocent ones."""

from __future__ import annotations

import pytest

from essaim.mechanisms.cheer import words

ENTRIES = ("connard*", "bite", "fuck*", "ntm")


@pytest.mark.parametrize(
    "text",
    [
        "connard",
        "CONNARDS !",
        "c0nnàrd",
        "connaaaard",
        "c o n n a r d",
        "c.o.n.n.a.r.d",
        "What the fucking hell",
        "n t m",
    ],
)
def test_it_is_found_in_its_disguises(text: str) -> None:
    assert words.blocked(text, ENTRIES)


@pytest.mark.parametrize("text", ["Habitez ici", "Une bitte d’amarrage", "Allez les Bleus !", "à côté", "", "🎉🎉🎉"])
def test_innocent_words_pass(text: str) -> None:
    assert words.blocked(text, ENTRIES) == ""


def test_a_list_is_read_as_it_is_typed() -> None:
    assert words.listed(" Zut , zut\n\n Flûte*\n*\n,,") == ("zut", "flûte*")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_lists_one_starts_from_refuse_no_camp_of_bread(language: str) -> None:
    for text in (
        "Brioche",
        "Fougasse aux olives",
        "Allez la Provence",
        "Scunthorpe",
        "Classic bread",
        "Putting green",
    ):
        assert words.blocked(text, words.STARTING[language]) == ""
