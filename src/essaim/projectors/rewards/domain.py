"""Which act earns whom how many points, and which level a sum of points reaches. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _

ACTOR, TARGET = "actor", "target"
MOST_POINTS, MOST_PER_DAY = 10_000, 1_000


class RuleOutOfRange(Refusal):
    cause = _("A rule gives between 0 and %(points)s points, at most %(per_day)s times a day.")
    remedy = _("Choose numbers in these ranges; 0 points switches a rule off.")


class LevelsOutOfOrder(Refusal):
    cause = _("The levels do not rise: “%(name)s” asks for %(points)s points.")
    remedy = _("Let the first level ask for 0 points and each next one for more than the one before.")


@dataclass(frozen=True)
class Rule:
    """`points` to the actor of an act of this type, or to the member it touches.

    At most `per_day` times a day, and with `once` never twice for the same thing and the same two people.
    """

    type: str
    to: str
    points: int
    per_day: int
    once: bool = True


@dataclass(frozen=True)
class Level:
    """Reached with `points` points; named in the house's languages."""

    points: int
    names: Mapping[str, str]


@dataclass(frozen=True)
class Rules:
    """One version of the whole: what is in force from the moment it is published."""

    version: int
    rules: tuple[Rule, ...]
    levels: tuple[Level, ...]

    def of(self, type_: str) -> list[Rule]:
        return [rule for rule in self.rules if rule.type == type_ and rule.points > 0]

    def level(self, points: int) -> int:
        """The number of the level reached, from 0."""
        return max((n for n, level in enumerate(self.levels) if level.points <= points), default=0)


DEFAULTS = Rules(
    version=0,
    rules=(
        Rule("community.join", ACTOR, 5, 3),
        Rule("idea_submitted", ACTOR, 10, 3),
        Rule("co_author_joined", ACTOR, 5, 3),
        Rule("vote_cast", ACTOR, 1, 10),
        Rule("comment.write", ACTOR, 2, 10, once=False),
        Rule("comment.answer", ACTOR, 2, 10, once=False),
        Rule("reaction.add", TARGET, 1, 20),
        Rule("idea_test_scored", ACTOR, 5, 5),
        Rule("idea_answered", TARGET, 5, 3),
        Rule("rung_climbed", TARGET, 50, 10),
        Rule("products.credited", TARGET, 100, 10),
    ),
    levels=(
        Level(0, {"en": "Newcomer", "fr": "Nouvelle venue, nouveau venu"}),
        Level(20, {"en": "Regular", "fr": "Fidèle"}),
        Level(100, {"en": "Companion", "fr": "Compagnon de route"}),
        Level(400, {"en": "Pillar", "fr": "Pilier"}),
        Level(1_500, {"en": "Maker", "fr": "Bâtisseuse, bâtisseur"}),
    ),
)


def check(rules: Sequence[Rule], levels: Sequence[Level]) -> None:
    """Raises RuleOutOfRange or LevelsOutOfOrder."""
    for rule in rules:
        if not (0 <= rule.points <= MOST_POINTS and 1 <= rule.per_day <= MOST_PER_DAY):
            raise RuleOutOfRange(points=MOST_POINTS, per_day=MOST_PER_DAY)
    expected = 0
    for number, level in enumerate(levels):
        if (number == 0 and level.points != 0) or level.points < expected:
            raise LevelsOutOfOrder(name=next(iter(level.names.values()), ""), points=level.points)
        expected = level.points + 1


def earned(rule: Rule, *, earlier_today: int, seen_before: bool) -> int:
    """Points for one more act: none above the daily cap, none for what has been rewarded before."""
    return 0 if earlier_today >= rule.per_day or (rule.once and seen_before) else rule.points


def packed(rules: Sequence[Rule], levels: Sequence[Level]) -> dict[str, Any]:
    """As plain data, for the row of a version."""
    return {
        "rules": [asdict(rule) for rule in rules],
        "levels": [{"points": level.points, "names": dict(level.names)} for level in levels],
    }


def unpacked(version: int, data: Mapping[str, Any]) -> Rules:
    return Rules(
        version,
        tuple(Rule(**rule) for rule in data["rules"]),
        tuple(Level(level["points"], level["names"]) for level in data["levels"]),
    )
