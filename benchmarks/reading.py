"""Reading: how often it is right, beside baselines of the same texts.

The texts are open collections that are not part of the house (ESSAIM_SAMPLE_DATA); without them, speed alone.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import parse

import numpy as np

from benchmarks.reading_speed import LANGUAGES, SAMPLES, speed
from benchmarks.report import Row, against

AIRLINES = SAMPLES.parent / "restricted/airline_tweets/Tweets.csv"
LABELS = Path("src/essaim/listening/reading/labels/kind.csv")
WRITTEN = LABELS.with_name("kind-written.csv")
DENIALS = {"not", "no", "never", "nothing", "nobody", "none", "cannot", "cant", "dont", "doesnt", "didnt", "isnt"}
DENIALS |= {"wasnt", "wont", "without", "aint"}


def reading() -> list[Row]:
    rows = [] if not SAMPLES.is_dir() else [*polarity(), *kind(), *aspects()]
    return [*rows, *speed()]


# --- quality


def polarity() -> list[Row]:
    """Each language's validation part and, in five folds, its training part; English on other tweets too."""
    from essaim.listening.reading.examples import read_labelled
    from essaim.listening.reading.training import train

    rows = []
    for language, folder in LANGUAGES.items():
        paths = [SAMPLES / "xlmt_tweets_8lang" / folder / f"{part}_text.txt" for part in ("train", "val")]
        learned, asked = (read_labelled(path, "polarity", language=language) for path in paths)
        peer = _peers()[language]
        edge = _threshold(learned, peer.score)
        examples = peer.turned(learned)
        reader = train(examples)
        rows += _beside_peers(f"polarity {language}", reader, asked, learned, peer, edge)
        rows += _in_folds(f"polarity {language}, five folds of the training part", examples, learned, peer, edge)
        if language == "en" and AIRLINES.is_file():
            elsewhere = _airline_tweets()
            rows += _beside_peers("polarity en, tweets to airlines", reader, elsewhere, learned, peer, edge)
    return rows


def _beside_peers(
    figure: str, reader: Any, asked: Sequence[Any], learned: Sequence[Any], peer: Peer, edge: float
) -> list[Row]:
    """The commonest class, the peer, our word lists, the reader; and how far it is from each, text by text."""
    from essaim.listening.reading.training import said_of

    held = peer.turned(asked)
    said = said_of(reader, held, "polarity")
    others = {
        "majority": _always_most(learned, len(asked)),
        peer.name: _by_score([peer.score(row.text) for row in asked], edge),
        "our word lists, not trained": said_of(None, held, "polarity")[0],
    }
    beside = {name: _judged(f"{figure}, {name}", each, held) for name, each in others.items()}
    ours = _quality_of(f"{figure}, trained", *said, held)
    return [
        *beside.values(),
        against(ours.figure, ours.value, ours.unit, beside[peer.name]),
        *(_difference(f"{figure}, trained less {name}", said[0], each, held) for name, each in others.items()),
    ]


def _in_folds(figure: str, examples: Any, learned: Sequence[Any], peer: Peer, edge: float) -> list[Row]:
    said, sure = _unseen(examples, _folds(len(examples)))
    other = _by_score([peer.score(row.text) for row in learned], edge)
    beside = _judged(f"{figure}, {peer.name}", other, examples)
    ours = _quality_of(f"{figure}, trained", said, sure, examples)
    return [
        beside,
        against(ours.figure, ours.value, ours.unit, beside),
        _difference(f"{figure}, trained less {peer.name}", said, other, examples),
    ]


def _folds(texts: int) -> np.ndarray:
    return np.random.default_rng(1).permutation(texts) % 5


def _unseen(examples: Any, folds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a reader says of each text that did not learn from it (five folds), and how sure it is."""
    from essaim.listening.reading.training import said_by, train

    said, sure = np.zeros(len(examples), int), np.zeros(len(examples))
    for fold in range(5):
        outside = np.flatnonzero(folds == fold)
        reader = train(examples.part(np.flatnonzero(folds != fold)))
        said[outside], sure[outside] = said_by(reader, examples.part(outside))
    return said, sure


def _airline_tweets() -> list[Any]:
    """Tweets of another kind than the reader learned from, each once."""
    from essaim.listening.reading.examples import Labelled, unescaped

    with AIRLINES.open(encoding="utf-8", newline="") as file:
        once = {row["tweet_id"]: row for row in csv.DictReader(file)}
    return [Labelled(unescaped(row["text"]), row["airline_sentiment"], "en") for row in once.values()]


def _always_most(learned: Sequence[Any], n: int) -> np.ndarray:
    from essaim.listening.reading.examples import CLASSES

    most = Counter(row.label for row in learned).most_common(1)[0][0]
    return np.full(n, CLASSES["polarity"].index(most))


@dataclass(frozen=True)
class Peer:
    """A word list that reads by itself; a reader may weigh its words besides."""

    name: str
    words: Mapping[str, float]
    score: Callable[[str], float]

    def turned(self, rows: Sequence[Any]) -> Any:
        from essaim.listening.reading.examples import turned
        from essaim.listening.reading.valence import compiled

        return turned("polarity", rows, compiled(self.words))


def _peers() -> dict[str, Peer]:
    english, french = _vader_words(), _textblob_words()
    return {
        "en": Peer("VADER's words and rules for denial", english, partial(_vader, english)),
        "fr": Peer("TextBlob-fr's words", french, partial(_textblob, french)),
    }


def _vader_words() -> dict[str, float]:
    lines = (SAMPLES / "lexicons/vader/vader_lexicon.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0]: float(line.split("\t")[1]) for line in lines if "\t" in line}


def _vader(valence: Mapping[str, float], text: str) -> float:
    """The sum of VADER's valences, turned by a denial among three words before, normalised as VADER does."""
    words = re.findall(r"[\w']+|[^\w\s]+", text.lower().replace("’", "'"))
    total = 0.0
    for place, word in enumerate(words):
        before = {each.replace("'", "") for each in words[max(0, place - 3) : place]}
        total += valence.get(word, 0.0) * (-0.74 if before & DENIALS else 1)
    return float(total / (total * total + 15) ** 0.5)


def _textblob_words() -> dict[str, float]:
    """From -4 to 4, as VADER's."""
    words = parse(SAMPLES / "lexicons/textblob_fr/fr-sentiment.xml").getroot().iter("word")
    return {word.get("form", "").lower(): 4 * float(word.get("polarity", 0)) for word in words}


def _textblob(known: Mapping[str, float], text: str) -> float:
    """The mean polarity of known words, halved and turned after a denial."""
    words = re.findall(r"\w+", text.lower())
    found = [
        known[word] / 4 * (-0.5 if {"pas", "non", "jamais"} & set(words[max(0, place - 2) : place]) else 1)
        for place, word in enumerate(words)
        if word in known
    ]
    return sum(found) / len(found) if found else 0.0


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
    """Every sentence is judged by a reader that did not learn from it (five folds): those of open collections, and
    French ones written for what those do not hold."""
    from essaim.listening.reading.examples import Where, read_labelled, together, turned
    from essaim.listening.reading.measures import quality
    from essaim.listening.reading.training import judged, said_by, said_of, train

    open_, written = (
        turned("kind", read_labelled(path, "kind", where=Where(folder=SAMPLES))) for path in (LABELS, WRITTEN)
    )
    every = together(open_, written)
    here, there = np.split(np.arange(len(every)), [len(open_)])
    rules = _quality("kind, rules, not trained", judged(None, every, "kind"))
    said, sure = _unseen(every, np.concatenate([_folds(len(open_)), _folds(len(written))]))
    alone, _sure = _unseen(open_, _folds(len(open_)))
    before = np.concatenate([alone, said_by(train(open_), written)[0]])
    by_rule, _sure = said_of(None, every, "kind")
    ours = quality(every.labels, said, sure, every.classes)
    return [
        rules,
        _quality("kind, trained, five folds", ours, rules),
        _difference("kind, trained less rules", said, by_rule, every),
        *(Row(f"kind, F1 of {name} (n = {one['n']})", one["f1"], "") for name, one in ours["classes"].items()),
        Row("kind, distance of confidence and truth (ECE)", ours["expected_error"], "", "", None),
        *(
            row
            for name, part in (("of open collections", here), ("written", there))
            for row in (
                _quality(f"kind, sentences {name}, rules", _of_part(every, part, by_rule)),
                _quality(f"kind, sentences {name}, learned from open ones", _of_part(every, part, before)),
                _quality(f"kind, sentences {name}, learned from all", _of_part(every, part, said)),
                _difference(f"kind, sentences {name}, all less open", said[part], before[part], every.part(part)),
            )
        ),
        *_claims_found(written, {"rules": by_rule[there], "open": before[there], "all": said[there]}),
        _agreement(),
    ]


def _of_part(examples: Any, part: np.ndarray, said: np.ndarray) -> dict[str, Any]:
    from essaim.listening.reading.measures import quality

    return quality(examples.labels[part], said[part], np.full(len(part), 0.5), examples.classes)


def _claims_found(written: Any, readers: dict[str, np.ndarray]) -> list[Row]:
    claim = written.classes.index("claim")
    true = written.labels == claim
    return [
        Row(
            f"French claims found, {name} ({int(((said == claim) & true).sum())} of {int(true.sum())}, "
            f"{int(((said == claim) & ~true).sum())} wrongly)",
            float((said == claim)[true].mean()),
            "",
        )
        for name, said in readers.items()
    ]


def _agreement() -> Row:
    from essaim.listening.reading.measures import kappa, kappa_interval

    with LABELS.open(encoding="utf-8", newline="") as file:
        pairs = [(row["first"], row["blind"]) for row in csv.DictReader(file) if row["blind"]]
    first, blind = zip(*pairs, strict=True)
    low, high = kappa_interval(first, blind)
    return Row(
        f"kind, kappa of a second labelling blind to the first ({low:.3f} to {high:.3f}, n = {len(pairs)})",
        kappa(first, blind),
        "",
    )


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


# --- rows


def _judged(figure: str, said: np.ndarray, held: Any) -> Row:
    return _quality_of(figure, said, np.ones(len(said)), held)


def _quality_of(figure: str, said: np.ndarray, sure: np.ndarray, held: Any) -> Row:
    from essaim.listening.reading.measures import quality

    return _quality(figure, quality(held.labels, said, sure, held.classes))


def _difference(figure: str, said: np.ndarray, other: np.ndarray, held: Any) -> Row:
    from essaim.listening.reading.measures import difference

    found = difference(held.labels, said, other, len(held.classes))
    return Row(
        f"{figure}, paired ({found['low']:+.3f} to {found['high']:+.3f}, n = {found['n']})", found["by"], "macro-F1"
    )


def _quality(figure: str, quality: dict[str, Any], beside: Row | None = None) -> Row:
    interval = f"{quality['low']:.3f} to {quality['high']:.3f}, n = {quality['n']}"
    row = Row(f"{figure} ({interval})", quality["macro_f1"], "macro-F1")
    return against(row.figure, row.value, row.unit, beside) if beside else row
