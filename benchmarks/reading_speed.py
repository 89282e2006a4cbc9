"""How fast a core reads: language, polarity and kind, step by step."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.report import Row, against

SAMPLES = Path(os.environ.get("ESSAIM_SAMPLE_DATA", "../shared/data")) / "open"
LANGUAGES = {"en": "english", "fr": "french"}
SPOKEN = [
    "Le pain au levain était délicieux ce matin, merci à toute l'équipe de la rue des Lilas !",
    "I ordered two boxes last week and one of them arrived crushed, still no answer from you.",
    "Vous devriez proposer un pain sans sel, je connais beaucoup de gens qui en achèteraient.",
    "Does anybody know whether the shop near the station is open on Sundays in August?",
]


def speed() -> list[Row]:
    """Posts of one core's second: what each step costs alone, and all together with trained readers."""
    from essaim.listening.reading.examples import CLASSES
    from essaim.listening.reading.grams import HASHED, features, prepare
    from essaim.listening.reading.language import languages_of
    from essaim.listening.reading.linear import Linear
    from essaim.listening.reading.saying import Readers, read_texts

    posts = _posts()
    weights = np.random.default_rng(1).normal(size=(HASHED + _cues() + 1, 3)).astype(np.float32)
    listed = {"polarity": _listed(), "kind": None}
    trained = {
        (task, language): Linear(
            CLASSES[task], np.resize(weights, (len(weights), len(CLASSES[task]))), valences=listed[task]
        )
        for task in ("polarity", "kind")
        for language in LANGUAGES
    }
    words = _rate("reading, limit: words and letters found, nothing said", posts, prepare)
    grams = _rate("reading, grams counted", posts, lambda part: features(prepare(part)))
    language = _rate("reading, language alone", posts, languages_of)
    alone = _rate("reading, language by py3langid, a post at a time", posts[:2000], _one_by_one())
    lists = _rate("reading, language + polarity + kind, word lists", posts, lambda part: read_texts(part, Readers()))
    readers = Readers(trained)
    ours = _rate("reading, language + polarity + kind, trained", posts, lambda part: read_texts(part, readers))
    return [
        words,
        against(grams.figure, grams.value, grams.unit, words),
        alone,
        against(language.figure, language.value, language.unit, alone),
        against(lists.figure, lists.value, lists.unit, words),
        against(ours.figure, ours.value, ours.unit, words),
    ]


def _listed() -> Any:
    """As many words with a worth as VADER knows."""
    from essaim.listening.reading.valence import Valences

    random = np.random.default_rng(1)
    words = np.unique(random.integers(0, 2**63, 7500, dtype=np.uint64))
    return Valences(words, random.normal(size=len(words)).astype(np.float32))


def _posts() -> list[str]:
    """Tweets of both languages where they are at hand; sentences of ours otherwise. 20,000 of them."""
    texts = list(SPOKEN)
    for folder in LANGUAGES.values():
        path = SAMPLES / "xlmt_tweets_8lang" / folder / "train_text.txt"
        if path.is_file():
            texts += path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    return (texts * (20_000 // len(texts) + 1))[:20_000]


def _one_by_one() -> Callable[[Sequence[str]], object]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    from essaim.listening.reading.language import COMMON

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(set(COMMON))
    return lambda part: [identifier.classify(text) for text in part]


def _cues() -> int:
    from essaim.listening.reading.cues import CUES

    return len(CUES)


def _rate(figure: str, posts: Sequence[str], work: Callable[[Sequence[str]], object]) -> Row:
    """In batches of a thousand; seconds are those the processor gave, for others may be at work on the machine."""
    work(posts[:1000])
    begun = time.process_time()
    for start in range(0, len(posts), 1000):
        work(posts[start : start + 1000])
    return Row(figure, len(posts) / (time.process_time() - begun), "posts/s of one core")
