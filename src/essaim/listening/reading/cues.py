"""What the word lists say of each text: counts, from which the untrained rules decide and trained readers learn."""

from __future__ import annotations

import numpy as np

from essaim.listening.reading.grams import Batch, Numbers
from essaim.listening.reading.lexicon import LISTS, REACH, bit, lexicon

WEIGHED = (
    "worth of praise", "worth of blame", "words of praise", "words of blame", "leans to praise", "leans to blame",
    "weighs as praise", "weighs as blame", "weighs nothing",
)  # fmt: skip
"""What a list of words with numbers tells (`valence`): the last columns, nothing where no list was given."""
CUES = (
    "praise", "blame", "praise denied", "blame denied", *LISTS[2:], "asks", "ends asking", "exclaims", "shouts",
    "names someone", "links", "short", "long", "first person",
    "praised", "blamed", "torn",
    *WEIGHED,
)  # fmt: skip
_PLACE = {name: place for place, name in enumerate(CUES)}


def cue(cues: Numbers, name: str) -> Numbers:
    """One column of what `count_cues` returned."""
    return cues[:, _PLACE[name]]


def count_cues(batch: Batch, language: str) -> Numbers:
    """A row per text, a column per cue."""
    tokens, texts = batch.tokens, batch.tokens.texts
    lists = lexicon(language).lists_of(tokens)
    turned = _after(lists & bit("negation") > 0, tokens.text)
    praise, blame = lists & bit("positive") > 0, lists & bit("negative") > 0
    asks = tokens.number == ord("?")
    last = np.ones(len(tokens.text), bool)
    last[:-1] = tokens.text[:-1] != tokens.text[1:]
    found = {
        "praise": praise & ~turned, "blame": blame & ~turned,
        "praise denied": praise & turned, "blame denied": blame & turned,
        **{name: lists & bit(name) > 0 for name in LISTS[2:]},
        "asks": asks, "ends asking": asks & last, "exclaims": tokens.number == ord("!"),
        "names someone": tokens.number == ord("@"), "links": tokens.number == ord("#"),
        "first person": np.isin(tokens.number, _first_person()),
    }  # fmt: skip
    cues = np.zeros((texts, len(CUES)), np.float32)
    for name, where in found.items():
        cues[:, _PLACE[name]] = np.bincount(tokens.text[where], minlength=texts)
    weighed = balance(cues)
    cues[:, _PLACE["praised"]], cues[:, _PLACE["blamed"]] = weighed > 0, weighed < 0
    cues[:, _PLACE["torn"]] = (weighed == 0) & (cue(cues, "praise") + cue(cues, "blame") > 0)
    cues[:, _PLACE["shouts"]] = batch.shouts > 0.5
    cues[:, _PLACE["short"]] = batch.lengths < 40
    cues[:, _PLACE["long"]] = batch.lengths > 200
    return cues


def denied(batch: Batch, language: str) -> Numbers:
    """For every word whether a negation stands among the few before it, in the same text."""
    return _after(lexicon(language).lists_of(batch.tokens) & bit("negation") > 0, batch.tokens.text)


def _after(negation: Numbers, text: Numbers) -> Numbers:
    found = np.zeros(len(negation), bool)
    for back in range(1, min(REACH, len(negation) - 1) + 1):
        found[back:] |= negation[:-back] & (text[:-back] == text[back:])
    return found


def _first_person() -> Numbers:
    from essaim.listening.reading.grams import prepare

    return prepare(["i my me we our us je j me mon ma mes nous notre nos"]).tokens.number


def balance(cues: Numbers) -> Numbers:
    """Words of praise less words of blame; a denied one counts for the other side."""
    return cue(cues, "praise") + cue(cues, "blame denied") - cue(cues, "blame") - cue(cues, "praise denied")


def polarity_by_rule(cues: Numbers) -> tuple[Numbers, Numbers]:
    """-1, 0 or 1 for each text, and how often such a judgement is right."""
    weighed = balance(cues)
    return np.sign(weighed).astype(np.int8), _TRUST[np.minimum(np.abs(weighed), len(_TRUST) - 1).astype(int)]


_TRUST = np.array([0.45, 0.55, 0.65, 0.7])
"""By the surplus of praise or blame: none, one, two, three words or more. Rounded from tweets in two languages."""

_RULE_TRUST = np.array([0.4, 0.5, 0.5, 0.4, 0.7, 0.4])


def kind_by_rule(cues: Numbers) -> tuple[Numbers, Numbers]:
    """The place in KINDS for each text, and how often that is right. The first rule that holds decides."""
    blamed = cue(cues, "blame") + cue(cues, "praise denied") + cue(cues, "negation") > 0
    rules = [
        (cue(cues, "claim") >= 2) & blamed,
        cue(cues, "ends asking") > 0,
        cue(cues, "suggestion") >= 1,
        (cue(cues, "experience") >= 2) & (cue(cues, "first person") > 0),
        (cue(cues, "asks") > 0) & (cue(cues, "question") > 1),
        (cue(cues, "opinion") + cue(cues, "praise") + cue(cues, "blame") + cue(cues, "strong")) > 0,
    ]
    kinds = np.select(rules, [3, 4, 2, 1, 4, 0], default=5)
    return kinds, _RULE_TRUST[kinds]


def hostile_by_rule(cues: Numbers) -> Numbers:
    """How likely a text is meant to hurt, roughly: by the number of hostile words."""
    return np.array([0.03, 0.45, 0.7, 0.85])[np.minimum(cue(cues, "hostile"), 3).astype(int)]
