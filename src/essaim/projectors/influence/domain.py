"""How ties weigh and fade, what makes an advocate, and who is called what. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.kit.vocabulary import Verb

HALF_LIFE_DAYS = 180
MILLION = 1_000_000
DAY = 86_400.0

TELLING = frozenset({Verb.INVITE, Verb.OFFER, Verb.ACCEPT, Verb.ADD})
"""Acts that carry the word from their actor to the one they touch. All others show that the actor heard him."""


# --- weights that fade


def month_of(moment: datetime) -> int:
    """The calendar month, in UTC, counted from year 0."""
    moment = moment.astimezone(UTC)
    return moment.year * 12 + moment.month - 1


def beginning(month: int) -> datetime:
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)


def kept(weight: float, at: datetime, half_life_days: float = HALF_LIFE_DAYS) -> int:
    """What a weight at a moment adds to its month's sum, in millionths of a weight at the month's beginning.

    Whole numbers: sums are exact, whatever the order in which interactions arrive. Rounding changes a weight by half
    a millionth at most.
    """
    age = (at - beginning(month_of(at))).total_seconds() / DAY
    return round(MILLION * weight * math.exp2(age / half_life_days))


def faded(sum_: int, month: int, now: datetime, half_life_days: float = HALF_LIFE_DAYS) -> float:
    """What a month's sum weighs now: halved every `half_life_days` days."""
    age = (now - beginning(month)).total_seconds() / DAY
    return sum_ / MILLION * math.exp2(-age / half_life_days)


# --- rules

TIES = MappingProxyType({"reply": 1.5, "repost": 2.0, "quote": 2.0, "like": 0.5, "name": 1.0})
ADVOCACY = MappingProxyType({"helpfulness": 30.0, "love": 25.0, "knowledge": 20.0, "bridging": 15.0, "honesty": 10.0})


class WeightsNotRight(Refusal):
    cause = _("Weights are numbers from 0 to 100, and at least one part of the score weighs something.")
    remedy = _("Correct the numbers marked and try again.")


@dataclass(frozen=True)
class Rules:
    """What counts how much. `ties` weighs what is heard outside (activities carry the weight of their own type),
    `advocacy` the parts of the score in points."""

    version: int = 0
    half_life_days: int = HALF_LIFE_DAYS
    ties: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {"reply": 1.5, "repost": 2.0, "quote": 2.0, "like": 0.5, "name": 1.0}
        )
    )
    advocacy: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {"helpfulness": 30.0, "love": 25.0, "knowledge": 20.0, "bridging": 15.0, "honesty": 10.0}
        )
    )


DEFAULTS = Rules()


def check(rules: Rules) -> None:
    """Raises WeightsNotRight."""
    numbers = [*rules.ties.values(), *rules.advocacy.values()]
    if not all(math.isfinite(one) and 0 <= one <= 100 for one in numbers) or not 1 <= rules.half_life_days <= 3650:
        raise WeightsNotRight
    if not sum(rules.advocacy.values()):
        raise WeightsNotRight


def packed(rules: Rules) -> dict[str, Any]:
    return {
        "half_life_days": rules.half_life_days,
        "ties": dict(rules.ties),
        "advocacy": dict(rules.advocacy),
    }


def unpacked(version: int, content: Mapping[str, Any]) -> Rules:
    return Rules(version, content["half_life_days"], dict(content["ties"]), dict(content["advocacy"]))


# --- the advocacy score

LOVE_HALF = 10.0
SHRINK = 10


@dataclass(frozen=True)
class Part:
    """One part of a score: `share` (0 to 1) of its `weight` points, from `n` observations; no share without data."""

    name: str
    weight: float
    share: float | None
    n: int
    seen: float = 0.0
    """What was counted: answers found helpful, acts weighed down by their age, and so on."""

    @property
    def points(self) -> float:
        return self.weight * (self.share or 0.0)


@dataclass(frozen=True)
class Advocacy:
    """`value` = the points of all parts × n / (n + 10). `most` is what the parts the house can measure would give."""

    parts: tuple[Part, ...]
    n: int

    @property
    def value(self) -> float:
        return sum(part.points for part in self.parts) * self.n / (self.n + SHRINK)

    @property
    def most(self) -> float:
        return sum(part.weight for part in self.parts if part.share is not None)


def advocacy(
    *, answers: int, helpful: int, love: float, acts: int, participation: float | None, weights: Mapping[str, float]
) -> Advocacy:
    """A member's score.

    Helpfulness is the share of his answers that someone thanked him for; love his activities, each weighed 0.9 ^
    months, half of the part at ten; bridging his participation coefficient. Knowledge and honesty have no share:
    this house has neither courses nor disclosures to count.
    """
    parts = (
        Part("helpfulness", weights["helpfulness"], helpful / answers if answers else 0.0, answers, helpful),
        Part("love", weights["love"], love / (love + LOVE_HALF), acts, love),
        Part("knowledge", weights["knowledge"], None, 0),
        Part("bridging", weights["bridging"], participation or 0.0, acts, participation or 0.0),
        Part("honesty", weights["honesty"], None, 0),
    )
    return Advocacy(parts, acts)


def months_between(then: datetime, now: datetime) -> float:
    """Months of 30.44 days, none for what lies ahead."""
    return max((now - then).total_seconds() / (30.44 * DAY), 0.0)


# --- uncertainty


def wilson(hits: float, n: float, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share seen as `hits` of `n` (Wilson, JASA 22, 1927); all of it when nothing was seen."""
    if n <= 0:
        return 0.0, 1.0
    share = hits / n
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max((middle - half) / scale, 0.0), min((middle + half) / scale, 1.0)


# --- favour and roles


class Role(StrEnum):
    ENTHUSIAST = "enthusiast"
    CRITIC = "critic"
    EXPERT = "expert"
    BRIDGE = "bridge"
    NEWCOMER = "newcomer"


@dataclass(frozen=True)
class Seen:
    """What was counted of one person, for the roles.

    `positive`, `negative` and `n` are posts read as favourable, unfavourable and all of them; `answerers` people
    answered `answers` times on `topic`; `participation` and `ties` tell how he stands between quarters of the
    graph; `days` since he was first seen; `heard` people took up his word.
    """

    positive: int = 0
    negative: int = 0
    n: int = 0
    topic: str = ""
    answers: int = 0
    answerers: int = 0
    participation: float = 0.0
    ties: int = 0
    days: float = math.inf
    heard: int = 0


FEW_POSTS, FEW_PEOPLE, NEW_DAYS = 5, 3, 60


def roles(seen: Seen) -> list[tuple[Role, dict[str, Any]]]:
    """What the person is called, each with the figures that say why.

    Enthusiast and critic: five posts or more that take sides, and the whole 95 % interval on one side. Expert: five
    answers from three people or more about one topic. Bridge: five ties or more, half of them or so to other
    quarters. Newcomer: first seen within 60 days, and taken up by three people or more.
    """
    found: list[tuple[Role, dict[str, Any]]] = []
    sides = seen.positive + seen.negative
    if sides >= FEW_POSTS:
        if wilson(seen.positive, sides)[0] > 0.5:
            found.append((Role.ENTHUSIAST, {"count": seen.positive, "n": seen.n}))
        if wilson(seen.negative, sides)[0] > 0.5:
            found.append((Role.CRITIC, {"count": seen.negative, "n": seen.n}))
    if seen.answers >= FEW_POSTS and seen.answerers >= FEW_PEOPLE:
        found.append((Role.EXPERT, {"topic": seen.topic, "answers": seen.answers, "people": seen.answerers}))
    if seen.ties >= FEW_POSTS and seen.participation >= 0.5:
        found.append((Role.BRIDGE, {"ties": seen.ties, "participation": round(seen.participation, 2)}))
    if seen.days <= NEW_DAYS and seen.heard >= FEW_PEOPLE:
        found.append((Role.NEWCOMER, {"days": int(seen.days), "people": seen.heard}))
    return found


# --- how evenly influence is held


def effective_number(values: Sequence[float]) -> float:
    """1 / Σ share²: how many equal holders would be as concentrated; 0 when nobody holds anything."""
    total = sum(values)
    return total * total / sum(one * one for one in values) if total > 0 else 0.0
