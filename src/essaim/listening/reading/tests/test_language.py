from __future__ import annotations

import pytest

from essaim.listening.reading import language

TEXTS = [
    "Le levain de cette boulangerie est vraiment extraordinaire, merci à toute l'équipe.",
    "The sourdough of this bakery is really outstanding, thanks to the whole team.",
    "Das Brot war leider schon alt und hat uns gar nicht geschmeckt.",
    "El pan estaba muy rico y la atención fue excelente.",
    "Хлеб был очень вкусный, спасибо большое.",
    "パンがとても美味しかったです。",
    "",
]


def test_languages_are_told():
    assert language.languages_of(TEXTS) == ["fr", "en", "de", "es", "ru", "ja", ""]


@pytest.mark.parametrize("text", ["ok", "lol", "@ada @bob", "https://example.org/long/address", "12 345"])
def test_what_is_too_short_is_unknown(text):
    assert language.languages_of([text]) == [""]


def test_walking_in_step_finds_what_py3langid_finds_alone():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    alone = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    alone.set_languages(set(language.COMMON))
    found, sure = language._automaton(frozenset(language.COMMON)).best([text.encode() for text in TEXTS[:-1]])
    expected = [alone.classify(text) for text in TEXTS[:-1]]
    assert found == [name for name, _ in expected]
    assert sure == pytest.approx([confidence for _, confidence in expected], abs=1e-4)


def test_the_answer_does_not_depend_on_the_company():
    assert [language.languages_of([text])[0] for text in TEXTS] == language.languages_of(TEXTS)
