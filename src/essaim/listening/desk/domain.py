"""Figures of the desk: shares, moods, bursts, delays. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from essaim.kit.text import sort_key

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """`count` of `n` with its 95 % interval; shares are fractions between 0 and 1."""

    count: int
    n: int
    share: float
    low: float
    high: float


def share(count: int, n: int) -> Share | None:
    """A proportion with Wilson's score interval (Wilson 1927), without continuity correction; None of nothing."""
    if n <= 0:
        return None
    p, z2 = count / n, Z95**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return Share(count, n, p, min(max(middle - half, 0.0), p), max(min(middle + half, 1.0), p))


@dataclass(frozen=True)
class Mood:
    """Net sentiment (P − N) / (P + N), between −1 and 1, with its 95 % interval.

    `neutral` is the share of mentions without polarity, over all that were read. `corrected` says whether the
    classifier's own errors were taken out.
    """

    favourable: int
    unfavourable: int
    read: int
    net: float
    low: float
    high: float
    neutral: float
    corrected: bool

    @property
    def judged(self) -> int:
        """P + N: the mentions the figure is of."""
        return self.favourable + self.unfavourable

    @property
    def of_neutral(self) -> Share | None:
        """The share without polarity, with its interval."""
        return share(self.read - self.judged, self.read)

    @property
    def net_told(self) -> str:
        return signed(self.net)

    @property
    def low_told(self) -> str:
        return signed(self.low)

    @property
    def high_told(self) -> str:
        return signed(self.high)


def signed(part: float) -> str:
    """A fraction as points of a hundred, with its sign: `+32`, `−7`, `0`."""
    points = round(100 * part)
    return f"+{points}" if points > 0 else str(points).replace("-", "\u2212")


@dataclass(frozen=True)
class Skill:
    """How well a classifier tells favourable from unfavourable, among texts that are either: the parts it gets right
    of the favourable (`sensitivity`) and of the unfavourable (`specificity`), measured on so many of each; on
    infinitely many they are known, not measured."""

    sensitivity: float
    specificity: float
    favourable: float = math.inf
    unfavourable: float = math.inf

    @property
    def is_useful(self) -> bool:
        """Better than chance by enough for its errors to be taken out."""
        return self.sensitivity + self.specificity > 1.1


def mood(favourable: int, unfavourable: int, neutral: int, skill: Skill | None = None) -> Mood | None:
    """Net sentiment, corrected after Rogan and Gladen (1978) when the classifier's skill is known.

    The interval is Wilson's on P / (P + N); a corrected one also holds that the skill was measured on so many texts
    only. None where nothing has a polarity.
    """
    found = share(favourable, favourable + unfavourable)
    if found is None:
        return None
    known = skill if skill is not None and skill.is_useful else None
    true = _corrected(found.share, known)
    low, high = (found.low, found.high) if known is None else _corrected_interval(found, known)
    net, low, high = (2 * part - 1 for part in (true, min(low, true), max(high, true)))
    read = favourable + unfavourable + neutral
    return Mood(favourable, unfavourable, read, net, low, high, neutral / read, known is not None)


def _corrected(observed: float, skill: Skill | None) -> float:
    """(q + sp − 1) / (se + sp − 1), kept between 0 and 1."""
    if skill is None:
        return observed
    true = (observed + skill.specificity - 1) / (skill.sensitivity + skill.specificity - 1)
    return min(max(true, 0.0), 1.0)


def _corrected_interval(found: Share, skill: Skill) -> tuple[float, float]:
    """95 % limits of a share corrected by a skill that was itself measured (Lang and Reiczigel 2014)."""
    z2 = Z95**2
    p, n = (found.count + z2 / 2) / (found.n + z2), found.n + z2
    sensitivity, of_good = _shrunk(skill.sensitivity, skill.favourable)
    specificity, of_bad = _shrunk(skill.specificity, skill.unfavourable)
    power = sensitivity + specificity - 1
    true = (p + specificity - 1) / power
    good, bad = sensitivity * (1 - sensitivity) / of_good, specificity * (1 - specificity) / of_bad
    shift = 2 * z2 * (true * good - (1 - true) * bad)
    half = Z95 * math.sqrt(p * (1 - p) / n + true**2 * good + (1 - true) ** 2 * bad) / power
    return tuple(min(max(true + shift + side * half, 0.0), 1.0) for side in (-1, 1))  # type: ignore[return-value]


def _shrunk(part: float, n: float) -> tuple[float, float]:
    """A measured part and its n, with one success and one failure added."""
    return (part, n) if math.isinf(n) else ((n * part + 1) / (n + 2), n + 2)


@dataclass(frozen=True)
class Difference:
    """What changed from one period to another: `change` of a rate of mentions per day, with its 95 % interval.

    1.0 is no change, 2.0 twice as many.
    """

    before: int
    after: int
    ratio: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """The interval does not hold 'no change'."""
        return self.low > 1 or self.high < 1


def change(before: int, after: int, *, days_before: int, days_after: int) -> Difference | None:
    """Ratio of two counts per day, with the log-normal interval of a ratio of Poisson rates; None where one is 0."""
    if before <= 0 or after <= 0:
        return None
    ratio = (after / days_after) / (before / days_before)
    half = Z95 * math.sqrt(1 / before + 1 / after)
    return Difference(before, after, ratio, ratio * math.exp(-half), ratio * math.exp(half))


@dataclass(frozen=True)
class Peak:
    """A day above what the days before it let expect."""

    day: date
    mentions: int
    expected: float
    score: float


HISTORY_DAYS = 56
LEAST_HISTORY = 21
THRESHOLD = 4.0
LEAST_MENTIONS = 10


def peaks(days: Sequence[tuple[date, int]], *, threshold: float = THRESHOLD) -> list[Peak]:
    """The days that stand out of their own past: a robust z-score, computed on square roots.

    The score is (√n − median of √) / s over the 56 days before, at least 21 of them; s = max(1.4826 × MAD, 1/2).
    The square root makes a Poisson count's spread 1/2 whatever its mean (Bartlett 1936), which is also the least
    spread allowed: a quiet brand does not alarm by its third mention. The median and the MAD (Iglewicz and Hoaglin
    1993) are not moved by earlier bursts. A day below 10 mentions never is one.
    `days` are consecutive, the oldest first.
    """
    roots = [math.sqrt(count) for _day, count in days]
    found = []
    for place, (day, count) in enumerate(days):
        before = roots[max(place - HISTORY_DAYS, 0) : place]
        if len(before) < LEAST_HISTORY or count < LEAST_MENTIONS:
            continue
        usual = median(before)
        spread = max(1.4826 * median(abs(one - usual) for one in before), 0.5)
        score = (roots[place] - usual) / spread
        if score >= threshold:
            found.append(Peak(day, count, usual**2, score))
    return found


def filled(counts: Mapping[date, int], since: date, until: date) -> list[tuple[date, int]]:
    """Every day from `since` to `until`, both included; days nothing is known of count 0."""
    days = (since + timedelta(days=step) for step in range((until - since).days + 1))
    return [(day, counts.get(day, 0)) for day in days]


def outcome(*, kept: bool, due_on: date, today: date) -> str:
    """`kept` in time, `late`, or `broken`."""
    if not kept:
        return "broken"
    return "kept" if today <= due_on else "late"


def middle(delays: Iterable[float]) -> float | None:
    """The median; None of nothing."""
    known = list(delays)
    return median(known) if known else None


MARKS = "@#"


def word_of(typed: str) -> str:
    """A brand's word as it is looked for: no accents, no capitals, single spaces."""
    return " ".join(sort_key(typed).split())


def words_of(typed: str) -> list[str]:
    """The words of a text area, one per line or separated by commas; twice the same is once."""
    found = (word_of(one) for one in re.split(r"[\n,;]", typed))
    return list(dict.fromkeys(one for one in found if len(one.lstrip(MARKS)) >= 2))


def pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """Finds any of the words in a text prepared by `word_of`, as whole words; a mark (@, #) only as it is written.

    A word without a mark is found behind one too: who writes @maisonlevain names maisonlevain.
    """
    if not words:
        return None
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w])(?:{listed})(?![\w])")
