"""Reading: how often it is right, beside baselines of the same texts, and how fast.

The texts are open collections that are not part of the house (ESSAIM_SAMPLE_DATA); without them, speed alone.
"""

from __future__ import annotations

import os
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import parse

import numpy as np

from benchmarks.report import Row, against

SAMPLES = Path(os.environ.get("ESSAIM_SAMPLE_DATA", "../shared/data")) / "open"
LABELS = Path("src/essaim/listening/reading/labels/kind.csv")
LANGUAGES = {"en": "english", "fr": "french"}
SPOKEN = [
    "Le pain au levain était délicieux ce matin, merci à toute l'équipe de la rue des Lilas !",
    "I ordered two boxes last week and one of them arrived crushed, still no answer from you.",
    "Vous devriez proposer un pain sans sel, je connais beaucoup de gens qui en achèteraient.",
    "Does anybody know whether the shop near the station is open on Sundays in August?",
]


def reading() -> list[Row]:
    rows = [] if not SAMPLES.is_dir() else [*polarity(), *kind(), *aspects()]
    return [*rows, *speed()]


# --- quality


def polarity() -> list[Row]:
    from essaim.listening.reading.examples import read_labelled, turned
    from essaim.listening.reading.training import judged, train

    rows = []
    for language, folder in LANGUAGES.items():
        paths = [SAMPLES / "xlmt_tweets_8lang" / folder / f"{part}_text.txt" for part in ("train", "val")]
        learned, asked = (read_labelled(path, "polarity", language=language) for path in paths)
        held = turned("polarity", asked)
        majority = _judged(f"polarity {language}, majority", _always_most(learned, len(asked)), held)
        peer, word_score = _peers()[language]
        said = _by_score([word_score(row.text) for row in asked], _threshold(learned, word_score))
        beside = _judged(f"polarity {language}, {peer}", said, held)
        ours = judged(train(turned("polarity", learned)), held, "polarity")
        lists = judged(None, held, "polarity")
        rows += [
            majority,
            beside,
            _quality(f"polarity {language}, our word lists, not trained", lists, beside),
            _quality(f"polarity {language}, trained on the training part", ours, beside),
        ]
    return rows


def _always_most(learned: Sequence[Any], n: int) -> np.ndarray:
    from essaim.listening.reading.examples import CLASSES

    most = Counter(row.label for row in learned).most_common(1)[0][0]
    return np.full(n, CLASSES["polarity"].index(most))


def _peers() -> dict[str, tuple[str, Callable[[str], float]]]:
    return {"en": ("VADER's words and rules for denial", _vader()), "fr": ("TextBlob-fr's words", _textblob())}


def _vader() -> Callable[[str], float]:
    """The sum of VADER's valences, turned by a denial among three words before, normalised as VADER does."""
    lines = (SAMPLES / "lexicons/vader/vader_lexicon.txt").read_text(encoding="utf-8").splitlines()
    valence = {line.split("\t")[0]: float(line.split("\t")[1]) for line in lines if "\t" in line}
    denials = {"not", "no", "never", "nothing", "nobody", "none", "cannot", "cant", "dont", "doesnt", "didnt", "isnt"}
    denials |= {"wasnt", "wont", "without", "aint"}

    def score(text: str) -> float:
        words = re.findall(r"[\w']+|[^\w\s]+", text.lower())
        total = 0.0
        for place, word in enumerate(words):
            before = {each.replace("'", "") for each in words[max(0, place - 3) : place]}
            total += valence.get(word, 0.0) * (-0.74 if before & denials else 1)
        return float(total / (total * total + 15) ** 0.5)

    return score


def _textblob() -> Callable[[str], float]:
    """The mean polarity of known words, halved and turned after a denial."""
    known = {
        word.get("form", "").lower(): float(word.get("polarity", 0))
        for word in parse(SAMPLES / "lexicons/textblob_fr/fr-sentiment.xml").getroot().iter("word")
    }

    def score(text: str) -> float:
        words = re.findall(r"\w+", text.lower())
        found = [
            known[word] * (-0.5 if {"pas", "non", "jamais"} & set(words[max(0, place - 2) : place]) else 1)
            for place, word in enumerate(words)
            if word in known
        ]
        return sum(found) / len(found) if found else 0.0

    return score


def _threshold(learned: Sequence[Any], score: Callable[[str], float]) -> float:
    """The distance from zero that suits the peer best on the training part."""
    from essaim.listening.reading.examples import CLASSES
    from essaim.listening.reading.measures import confusion, macro_f1

    true = np.array([CLASSES["polarity"].index(row.label) for row in learned])
    scores = [score(row.text) for row in learned]
    return max((0.0, 0.05, 0.1, 0.2, 0.3), key=lambda edge: macro_f1(confusion(true, _by_score(scores, edge), 3)))


def _by_score(scores: Sequence[float], edge: float) -> np.ndarray:
    values = np.array(scores)
    return np.where(values > edge, 2, np.where(values < -edge, 0, 1))


def kind() -> list[Row]:
    """Every sentence is judged by a reader that did not learn from it (five folds)."""
    from essaim.listening.reading.examples import Where, read_labelled, turned
    from essaim.listening.reading.measures import kappa, quality
    from essaim.listening.reading.training import judged, said_by, train

    examples = turned("kind", read_labelled(LABELS, "kind", where=Where(folder=SAMPLES)))
    rules = _quality("kind, rules, not trained", judged(None, examples, "kind"))
    folds = np.random.default_rng(1).permutation(len(examples)) % 5
    said, sure = np.zeros(len(examples), int), np.zeros(len(examples))
    for fold in range(5):
        outside = np.flatnonzero(folds == fold)
        reader = train(examples.part(np.flatnonzero(folds != fold)))
        said[outside], sure[outside] = said_by(reader, examples.part(outside))
    ours = quality(examples.labels, said, sure, examples.classes)
    lines = [line.split(",") for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]]
    passes = [[line[-3] for line in lines], [line[-2] for line in lines]]
    return [
        rules,
        _quality("kind, trained, five folds", ours, rules),
        Row("kind, distance of confidence and truth (ECE)", ours["expected_error"], "", "", None),
        Row(f"kind, kappa of the two passes (one annotator, n = {len(lines)})", kappa(*passes), ""),
    ]


def aspects() -> list[Row]:
    """Sentences of reviews whose aspects were tagged by hand, by the general list every house begins with."""
    from essaim.listening.reading.aspects import aspects_of, compiled
    from essaim.listening.reading.grams import prepare
    from essaim.listening.reading.lists import starters

    ours = compiled(starters()["en"])
    found = right = asked = met = 0
    for tags, sentence in _tagged():
        told = set(aspects_of(prepare([sentence]).tokens, ours)[0])
        meant = [set(names) for names in aspects_of(prepare(tags).tokens, ours)]
        found, right = found + len(told), right + len(told & set().union(*meant))
        asked, met = asked + len(meant), met + sum(bool(told & names) for names in meant)
    return [
        Row(f"aspects, precision (n = {found} found in tagged sentences)", right / found, ""),
        Row(f"aspects, recall (n = {asked} tags)", met / asked, ""),
    ]


def _tagged() -> list[tuple[list[str], str]]:
    """Tags and sentence; tags that the sentence does not name ([u], [p]) are left out."""
    archive = zipfile.ZipFile(SAMPLES / "nltk_reviews/product_reviews_1.zip")
    rows = []
    for name in archive.namelist():
        for line in archive.read(name).decode("latin-1").splitlines():
            tags, mark, sentence = line.partition("##")
            named = [
                tag[1].strip()
                for tag in re.finditer(r"([\w\s'-]+)\[[+-]\d\](?!\s*\[[up]\])", tags)
                if mark and tag[1].strip()
            ]
            if named:
                rows.append((named, sentence))
    return rows


# --- speed


def speed() -> list[Row]:
    """Posts of one core's second: what each step costs alone, and all together with trained readers."""
    from essaim.listening.reading.examples import CLASSES
    from essaim.listening.reading.grams import HASHED, features, prepare
    from essaim.listening.reading.language import languages_of
    from essaim.listening.reading.linear import Linear
    from essaim.listening.reading.saying import Readers, read_texts

    posts = _posts()
    weights = np.random.default_rng(1).normal(size=(HASHED + _cues() + 1, 3)).astype(np.float32)
    trained = {
        (task, language): Linear(CLASSES[task], np.resize(weights, (len(weights), len(CLASSES[task]))))
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


# --- rows


def _judged(figure: str, said: np.ndarray, held: Any) -> Row:
    from essaim.listening.reading.measures import quality

    return _quality(figure, quality(held.labels, said, np.ones(len(said)), held.classes))


def _quality(figure: str, quality: dict[str, Any], beside: Row | None = None) -> Row:
    interval = f"{quality['low']:.3f} to {quality['high']:.3f}, n = {quality['n']}"
    row = Row(f"{figure} ({interval})", quality["macro_f1"], "macro-F1")
    return against(row.figure, row.value, row.unit, beside) if beside else row
