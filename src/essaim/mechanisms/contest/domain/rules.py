"""A contest's rules as frozen data: what votes look like, who may cast them, what each rung asks and pays.

Amounts are integers in the unit's minor unit (cents); shares are basis points (10,000 = 100 %).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from essaim.kit.errors import gettext_noop as _
from essaim.mechanisms.contest.domain.errors import InvalidRules, NoSuchRung, Problems

WHOLE = 10_000
LONGEST_TERM = 70 * 12 * 2  # months; no royalty outlives copyright


class Ballot(StrEnum):
    """How a vote looks: one voice of support, or agree / disagree / pass on each idea."""

    SUPPORT = "support"
    OPINION = "opinion"

    @property
    def values(self) -> frozenset[int]:
        return frozenset({1}) if self is Ballot.SUPPORT else frozenset({-1, 0, 1})


class Condition(StrEnum):
    JURY = "jury"
    VOTES = "votes"
    PANEL = "panel"
    LAUNCH = "launch"


class Tie(StrEnum):
    """Money follows, so a tie is never settled by lot: all win, or the one who had the votes first."""

    ALL = "all"
    EARLIEST = "earliest"


@dataclass(frozen=True)
class Award:
    """A sum paid once to the authors when the rung is reached."""

    amount: int
    unit: str = "EUR"


@dataclass(frozen=True)
class RoyaltyShare:
    """A share of the product's net sales, for a stated term."""

    basis_points: int
    term_months: int


Reward = Award | RoyaltyShare | None


@dataclass(frozen=True)
class Rung:
    """One step of the ladder.

    `threshold` is read by the condition: a mean score out of 100 (jury, panel), a number of votes in favour
    (votes), nothing (launch). `approval` is the least share in favour among those who took sides, in basis points.
    `quorum` is the least number of scores. `window_days` counts from the moment the idea could be voted on
    (0: no limit). `winners` is how many ideas the budget provides for (0: no limit, for rungs that pay nothing now).
    """

    slug: str
    name: str
    condition: Condition
    threshold: int = 0
    window_days: int = 0
    approval: int = 0
    quorum: int = 0
    winners: int = 0
    reward: Reward = None

    @property
    def cost(self) -> int:
        """The most this rung can cost, in minor units."""
        return self.reward.amount * self.winners if isinstance(self.reward, Award) else 0


@dataclass(frozen=True)
class Eligibility:
    """Who votes. `days` is how old an account must be when the contest opens; None takes all who come in time."""

    confirmed: bool = True
    days: int | None = None
    communities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Right:
    """One right the authors grant, with how far, where and how long."""

    right: str
    extent: str
    territory: str
    years: int


@dataclass(frozen=True)
class Surge:
    """When arrivals raise an alarm: `arrivals` votes from accounts younger than `days` within an hour, `deviations`
    robust standard deviations above the idea's usual hour."""

    deviations: int = 6
    arrivals: int = 10
    days: int = 7


@dataclass(frozen=True)
class Rules:
    """All that is frozen when a contest opens."""

    ballot: Ballot = Ballot.SUPPORT
    votes_each: int = 0
    results_hidden: bool = True
    order_seed: int = 1
    community_weight: int = 100
    jury_weight: int = 0
    winners: int = 1
    quorum: int = 0
    tie: Tie = Tie.ALL
    open_to_ideas: bool = True
    similarity: int = 3_000
    rungs: tuple[Rung, ...] = ()
    eligibility: Eligibility = field(default_factory=Eligibility)
    rights: tuple[Right, ...] = ()
    surge: Surge = field(default_factory=Surge)

    def rung(self, slug: str) -> Rung:
        for rung in self.rungs:
            if rung.slug == slug:
                return rung
        raise NoSuchRung

    def below(self, slug: str) -> tuple[Rung, ...]:
        """The rungs under the named one, lowest first."""
        rungs = self.rungs
        return rungs[: rungs.index(self.rung(slug))]

    @property
    def budget(self) -> dict[str, int]:
        """What the paying rungs can cost at most, per unit."""
        costs: dict[str, int] = {}
        for rung in self.rungs:
            if isinstance(rung.reward, Award):
                costs[rung.reward.unit] = costs.get(rung.reward.unit, 0) + rung.cost
        return costs


def freeze(rules: Rules) -> dict[str, Any]:
    """The rules as JSON, the other way round of `thaw`."""
    frozen = asdict(rules)
    for rung, written in zip(rules.rungs, frozen["rungs"], strict=True):
        if rung.reward is not None:
            written["reward"] = {"kind": _REWARD_KINDS[type(rung.reward)], **asdict(rung.reward)}
    frozen["rungs"], frozen["rights"] = list(frozen["rungs"]), list(frozen["rights"])
    frozen["eligibility"]["communities"] = list(rules.eligibility.communities)
    return frozen


def thaw(frozen: Mapping[str, Any]) -> Rules:
    """Rules from JSON. Raises InvalidRules when a field is unknown or of the wrong kind."""
    try:
        given = dict(frozen)
        return Rules(
            ballot=Ballot(given.pop("ballot", Ballot.SUPPORT)),
            tie=Tie(given.pop("tie", Tie.ALL)),
            rungs=tuple(_rung(rung) for rung in given.pop("rungs", ())),
            rights=tuple(Right(**right) for right in given.pop("rights", ())),
            eligibility=_eligibility(given.pop("eligibility", {})),
            surge=Surge(**given.pop("surge", {})),
            **given,
        )
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise InvalidRules(problems=Problems([("", f"{type(error).__name__} {error}".replace("%", "%%"))])) from error


_REWARD_KINDS: dict[type, str] = {Award: "award", RoyaltyShare: "royalty"}


def _rung(frozen: Mapping[str, Any]) -> Rung:
    given = dict(frozen)
    reward = given.pop("reward", None)
    return Rung(condition=Condition(given.pop("condition")), reward=reward and _reward(reward), **given)


def _reward(frozen: Mapping[str, Any]) -> Reward:
    given = dict(frozen)
    kind = given.pop("kind")
    if kind not in _REWARD_KINDS.values():
        raise ValueError(kind)
    return Award(**given) if kind == "award" else RoyaltyShare(**given)


def _eligibility(frozen: Mapping[str, Any]) -> Eligibility:
    given = dict(frozen)
    return Eligibility(communities=tuple(given.pop("communities", ())), **given)


def validated(rules: Rules) -> Rules:
    """The same rules, or InvalidRules with every problem found."""
    if problems := list(_problems(rules)):
        raise InvalidRules(problems=Problems(problems))
    return rules


def _problems(rules: Rules) -> Iterator[tuple[str, str]]:
    if min(rules.votes_each, rules.quorum, rules.order_seed, rules.community_weight, rules.jury_weight) < 0:
        yield "", _("a figure is negative")
    if rules.community_weight + rules.jury_weight == 0:
        yield "", _("neither the community nor the jury weighs anything")
    if rules.winners < 1:
        yield "", _("winners: at least one")
    if not 0 <= rules.similarity <= WHOLE:
        yield "", _("similarity: 0 to 10,000 basis points")
    if len({rung.slug for rung in rules.rungs}) < len(rules.rungs):
        yield "", _("two rungs bear the same name")
    if rules.eligibility.days is not None and rules.eligibility.days < 0:
        yield "", _("eligibility: days cannot be negative")
    if min(rules.surge.deviations, rules.surge.arrivals, rules.surge.days) < 1:
        yield "", _("surge: every figure is at least 1")
    for rung in rules.rungs:
        yield from ((rung.slug, problem) for problem in _rung_problems(rung))


def _rung_problems(rung: Rung) -> Iterator[str]:
    if min(rung.threshold, rung.window_days, rung.quorum, rung.winners) < 0 or not 0 <= rung.approval <= WHOLE:
        yield _("a figure is out of range")
    if rung.condition is Condition.VOTES and rung.threshold < 1:
        yield _("a votes rung needs a threshold")
    if rung.condition in (Condition.JURY, Condition.PANEL) and (rung.quorum < 1 or rung.threshold > 100):
        yield _("a judged rung needs a quorum, and a threshold out of 100")
    if isinstance(rung.reward, Award) and (rung.reward.amount < 1 or rung.winners < 1 or not rung.reward.unit):
        yield _("a rung that pays needs an amount, a unit and a number of winners")
    if isinstance(rung.reward, RoyaltyShare):
        if rung.condition is not Condition.LAUNCH:
            yield _("royalties come with the launch")
        if not (0 < rung.reward.basis_points <= WHOLE and 0 < rung.reward.term_months <= LONGEST_TERM):
            yield _("royalties: a share up to 100 % and a term")


def with_seed(rules: Rules, seed: int) -> Rules:
    return replace(rules, order_seed=seed)
