"""Who answers whom, where the platform does not say: chats, lists of posts without threads. Pure.

Each message chooses among the sixty before it, or begins anew, by a linear score of what a reader looks at: whom it
addresses, who addressed its author, how long ago, whose turn it is, which rare words return. The task and its
measure are those of Kummerfeld et al., "A Large-Scale Corpus for Conversation Disentanglement" (ACL 2019); the
weights were fitted to five of their annotated hours by `benchmarks/replies.py --fit`, and are measured on others.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

WITHIN = 60
"""How many messages back an answer may reach."""
Features = dict[str, float]

WEIGHTS: Mapping[str, float] = {
    "anew": -0.28, "anew to somebody": -1.85, "anew names somebody": -0.71, "anew asks": 0.73, "anew greets": 1.53,
    "anew short": -0.65, "anew acknowledges": -0.62, "anew first seen": 2.45, "anew after a while": 1.65,
    "anew was called": -0.8, "anew alone": -0.74,
    "distance": -1.29, "next": -0.72, "near": -0.15, "minutes": -0.48,
    "same": 0.51, "same and next": 0.9, "same and latest": 1.38, "same, both to one": 0.89, "same, to another": -1.38,
    "same after asking": 0.57, "to him": 3.38, "to him, latest": 0.16, "names him": 2.63, "names him, latest": 0.67,
    "to another": -1.56, "he to me": 1.16, "he to me, latest": 0.74, "he to me, I to him": -0.79,
    "he to another": -1.11, "he to whom I speak": 1.15, "latest": 0.19, "he asks": -0.13,
    "he asks, to nobody": 0.34, "he answered me": 1.58, "he began": 0.16, "answered already": -0.01,
    "rare words": 1.14, "I spoke since": -0.86,
}  # fmt: skip

_WORD = re.compile(r"[^\W_]{3,}")
_GREETING = re.compile(r"^(?:hi|hello|hey|salut|bonjour|bonsoir|coucou|good (?:morning|evening))\b", re.IGNORECASE)
_THANKS = re.compile(r"\b(?:thanks?|thx|ty|merci|ok|okay|cool|yes|yeah|yep|no|nope|oui|non|lol)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One message: when, by whom, and its words."""

    at: datetime
    author: str
    text: str


@dataclass(slots=True)
class _Read:
    """A line as the scorer sees it."""

    line: Line
    to: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    asks: bool
    parent: int | None = None


@dataclass
class Reader:
    """Reads a conversation from its beginning; `infer` is the usual way in."""

    authors: Mapping[str, str]
    rarity: Mapping[str, float]
    read: list[_Read] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    called: dict[str, int] = field(default_factory=dict)

    def take(self, line: Line) -> int:
        to, names = _addressed(line.text, self.authors)
        words = frozenset(word for word in _WORD.findall(line.text.lower()) if word not in self.authors)
        self.read.append(_Read(line, to - {line.author}, names - {line.author}, words, "?" in line.text))
        return len(self.read) - 1

    def settle(self, here: int, parent: int | None) -> None:
        """Keep what was decided, for the messages that follow."""
        one = self.read[here]
        one.parent = parent
        self.last[one.line.author] = here
        for name in one.to:
            self.called[name] = here

    def choices(self, here: int) -> Iterator[tuple[int | None, Features]]:
        """Every message it may answer, nearest first, and beginning anew (None), each with what speaks for it."""
        yield None, self._anew(here)
        for there in range(here - 1, max(-1, here - WITHIN - 1), -1):
            yield there, self._pair(here, there)

    def _anew(self, here: int) -> Features:
        one = self.read[here]
        before = self.last.get(one.line.author)
        return {
            "anew": 1.0,
            "anew to somebody": float(bool(one.to)),
            "anew names somebody": float(bool(one.names)),
            "anew asks": float(one.asks),
            "anew greets": float(bool(_GREETING.match(one.line.text))),
            "anew short": float(len(one.words) < 3),
            "anew acknowledges": float(bool(_THANKS.search(one.line.text[:20]))),
            "anew first seen": float(before is None),
            "anew after a while": float(before is not None and here - before > WITHIN),
            "anew was called": float(one.line.author in self.called and here - self.called[one.line.author] < WITHIN),
            "anew alone": float(here == 0 or _minutes(self.read[here - 1], one) > 5),
        }

    def _pair(self, here: int, there: int) -> Features:
        one, other = self.read[here], self.read[there]
        me, him = one.line.author, other.line.author
        same, distance = me == him, here - there
        latest = self.last.get(him) == there
        return {
            "distance": math.log(distance),
            "next": float(distance == 1),
            "near": float(distance <= 3),
            "minutes": math.log1p(max(0.0, _minutes(other, one))),
            "same": float(same),
            "same and next": float(same and distance == 1),
            "same and latest": float(same and latest),
            "same, both to one": float(same and bool(one.to & other.to)),
            "same, to another": float(same and bool(one.to) and not one.to & other.to),
            "same after asking": float(same and other.asks),
            "to him": float(him in one.to),
            "to him, latest": float(him in one.to and latest),
            "names him": float(him in one.names and him not in one.to),
            "names him, latest": float(him in one.names and him not in one.to and latest),
            "to another": float(bool(one.to) and him not in one.to and not same),
            "he to me": float(me in other.to),
            "he to me, latest": float(me in other.to and self.called.get(me) == there),
            "he to me, I to him": float(me in other.to and him in one.to),
            "he to another": float(bool(other.to) and me not in other.to and not same),
            "he to whom I speak": float(bool(one.to & other.to) and not same),
            "latest": float(latest and not same),
            "he asks": float(other.asks and not same),
            "he asks, to nobody": float(other.asks and not other.to and not same and not one.asks),
            "he answered me": float(self._author(other.parent) == me and not same),
            "he began": float(other.parent is None and not same),
            "answered already": float(not same and self._answered(there, here)),
            "rare words": self._common(one, other),
            "I spoke since": float(not same and self.last.get(me, -1) > there),
        }

    def _author(self, place: int | None) -> str:
        return "" if place is None else self.read[place].line.author

    def _answered(self, there: int, here: int) -> bool:
        return any(self.read[place].parent == there for place in range(there + 1, here))

    def _common(self, one: _Read, other: _Read) -> float:
        return min(3.0, sum(self.rarity.get(word, 0.0) for word in one.words & other.words) / 4)


def infer(lines: Sequence[Line], weights: Mapping[str, float] = WEIGHTS) -> list[int | None]:
    """For each line, in order, the place of the line it answers or goes on from; None where it begins anew."""
    reader = reader_of(lines)
    parents: list[int | None] = []
    for line in lines:
        here = reader.take(line)
        parent = max(reader.choices(here), key=lambda choice: _score(choice[1], weights))[0]
        reader.settle(here, parent)
        parents.append(parent)
    return parents


def reader_of(lines: Sequence[Line]) -> Reader:
    counts = Counter(word for line in lines for word in set(_WORD.findall(line.text.lower())))
    rarity = {word: math.log(len(lines) / count) for word, count in counts.items()}
    return Reader({line.author.lower(): line.author for line in lines}, rarity)


def addressed(text: str, authors: Mapping[str, str]) -> tuple[str, ...]:
    """Whom a message calls by name at its beginning, or by @name anywhere; `authors` by lower-case name."""
    to, names = _addressed(text, authors)
    return tuple(sorted(to | {name for name in names if f"@{name}" in text}))


def _addressed(text: str, authors: Mapping[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """Whom the first word (or the last) calls, and whoever else is named."""
    words = [word.strip("@:,;.!?()\"'").lower() for word in text.split()]
    first = {authors[words[0]]} if words and words[0] in authors and _calls(text.split()[0], words) else set()
    others = {authors[word] for word in words if len(word) > 2 and word in authors}
    return frozenset(first), frozenset(others)


def _calls(word: str, words: list[str]) -> bool:
    """`name:`, `name,` or `@name` calls; a bare name does when it is no word that may begin a sentence."""
    return word[-1] in ":,;>" or word[0] == "@" or (len(words) > 1 and (not word.isalpha() or len(word) > 4))


def _minutes(before: _Read, after: _Read) -> float:
    return (after.line.at - before.line.at).total_seconds() / 60


def _score(features: Features, weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items() if value)
