from __future__ import annotations

import numpy as np

from essaim.listening.reading.cues import count_cues, cue, kind_by_rule, polarity_by_rule
from essaim.listening.reading.domain import KINDS
from essaim.listening.reading.grams import HASHED, features, prepare


def numbers(text: str) -> list[int]:
    return sorted(np.concatenate([block.indices for block in features(prepare([text]))]).tolist())


def words(text: str) -> list[int]:
    return prepare([text]).tokens.number.tolist()


def test_case_accents_and_long_drawn_letters_are_folded():
    assert words("DÉLICIEUX") == words("delicieux")
    assert words("e\u0301te\u0301") == words("été")
    assert words("sooooo") == words("soo")


def test_handles_addresses_and_smileys_are_one_sign_each():
    assert words("@ada look https://example.org/a?b") == words("@bob look www.example.com")
    assert words("nice :-)") == words("nice ☺")
    assert words("don't") == words("don’t") == words("dont")


def test_a_text_has_the_same_numbers_alone_and_in_company():
    texts = ["The crust was burnt.", "", "Merci, c'était délicieux !", "🙂🙂"]
    batch = features(prepare(texts))
    for place, text in enumerate(texts):
        together = sorted(np.concatenate([block[[place]].indices for block in batch]).tolist())
        assert together == numbers(text)


def test_every_gram_has_its_place_in_the_table():
    assert all(0 <= number < HASHED for number in numbers("Any text, with words and signs!"))


def test_reading_one_long_text_is_bounded():
    assert len(numbers("bread " * 10_000)) == len(numbers("bread " * 200))


def polarities(language: str, *texts: str) -> list[int]:
    return polarity_by_rule(count_cues(prepare(texts), language))[0].tolist()


def kinds(language: str, *texts: str) -> list[str]:
    return [KINDS[place] for place in kind_by_rule(count_cues(prepare(texts), language))[0]]


def test_word_lists_tell_praise_from_blame_and_see_denial():
    assert polarities("en", "The crust is delicious.", "The crust is awful.", "The shop is in Lyon.") == [1, -1, 0]
    assert polarities("en", "It is not good.", "No problems at all.") == [-1, 1]
    assert polarities("fr", "Un pain délicieux !", "Un service lamentable.", "Ce n'est pas bon.") == [1, -1, -1]


def test_a_denial_reaches_no_further_than_its_text():
    assert polarities("en", "never", "good bread") == [0, 1]


def test_rules_tell_the_kinds_apart():
    assert kinds(
        "en",
        "Why do you close on Mondays?",
        "You should open on Mondays.",
        "I want a refund, my order never arrived.",
        "We bought two loaves last week and my wife kept one.",
        "The crust is excellent.",
        "Lyon, Monday.",
    ) == ["question", "suggestion", "claim", "experience", "opinion", "other"]
    assert kinds("fr", "Il faudrait ouvrir le lundi.", "Je réclame un remboursement, jamais reçu mon colis.") == [
        "suggestion",
        "claim",
    ]


def test_cues_of_an_empty_text_are_nothing():
    cues = count_cues(prepare([""]), "fr")
    assert cue(cues, "praise").tolist() == [0]
    assert polarity_by_rule(cues)[0].tolist() == [0]
