"""The rules in force, and what was earned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import get_language

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.people.models import Member
from essaim.projectors.rewards import domain
from essaim.projectors.rewards.domain import DEFAULTS, Rule, Rules
from essaim.projectors.rewards.models import Award, RuleSet
from essaim.standing import queries as standing


def rules_at(moment: datetime) -> Rules:
    """The version in force at a moment: the last one published by then."""
    published = RuleSet.objects.filter(published_at__lte=moment).first()
    return published.rules if published else DEFAULTS


def rulebook() -> Callable[[datetime], Rules]:
    """`rules_at` for many moments, read once."""
    versions = list(RuleSet.objects.all())  # the latest first

    def at(moment: datetime) -> Rules:
        return next((version.rules for version in versions if version.published_at <= moment), DEFAULTS)

    return at


def rules_now() -> Rules:
    return rules_at(clock.now())


@dataclass(frozen=True)
class Claim:
    """An act, one rule that rewards it, and whom the rule rewards."""

    rule: Rule
    recipient: int
    activity: Activity

    @property
    def day(self) -> tuple[datetime, datetime]:
        """The midnights around the act, by the house's clock."""
        local = timezone.localtime(self.activity.at).date()
        first, last = (datetime.combine(day, time()) for day in (local, local + timedelta(days=1)))
        return timezone.make_aware(first), timezone.make_aware(last)


def pasts(claims: Sequence[Claim]) -> list[tuple[Claim, int, bool]]:
    """Each with how many such acts came before on the same day, and whether the same two had done so to the same."""
    return [
        (claim, *past)
        for to in (domain.ACTOR, domain.TARGET)
        if (alike := [claim for claim in claims if claim.rule.to == to])
        for claim, past in zip(alike, _pasts(alike, to), strict=True)
    ]


# "Such acts" are acts of the same type by, or touching, the recipient.
PASTS = """
SELECT
    (SELECT count(*) FROM activity_activity earlier
     WHERE earlier.{person} = claim.recipient AND earlier.id < claim.id AND earlier.type = claim.type
       AND earlier.origin = 'here' AND earlier.at >= claim.since AND earlier.at < claim.until),
    claim.once AND EXISTS (SELECT FROM activity_activity same
     WHERE same.{person} = claim.recipient AND same.id < claim.id AND same.type = claim.type
       AND same.origin = 'here' AND same.object_type = claim.object_type
       AND same.object_id IS NOT DISTINCT FROM claim.object_id AND same.actor_id IS NOT DISTINCT FROM claim.actor)
FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::bool[], %s::text[],
            %s::bigint[], %s::bigint[])
    WITH ORDINALITY AS claim (id, type, recipient, since, until, once, object_type, object_id, actor, number)
ORDER BY claim.number
"""
PERSON = {domain.ACTOR: "actor_id", domain.TARGET: "target_id"}


def _pasts(claims: Sequence[Claim], to: str) -> list[tuple[int, bool]]:
    rows = [
        (act.pk, act.type, claim.recipient, *claim.day, claim.rule.once, act.object_type, act.object_id, act.actor_id)
        for claim in claims
        for act in [claim.activity]
    ]
    with connection.cursor() as cursor:
        cursor.execute(PASTS.format(person=PERSON[to]), [list(column) for column in zip(*rows, strict=True)])
        return list(cursor.fetchall())


def total(member: Member | int) -> int:
    earned: int | None = Award.objects.filter(member=member).aggregate(sum=Sum("points"))["sum"]
    return earned or 0


def level_of(member: Member) -> tuple[int, str]:
    """The member's level: number and name in the reader's language."""
    score = standing.score(member, "level")
    rules = rules_now()
    number = min(int(score.value) if score else 0, len(rules.levels) - 1)
    return number, level_name(rules, number)


def level_name(rules: Rules, number: int) -> str:
    names = rules.levels[number].names
    language = (get_language() or "fr").split("-")[0]
    return names.get(language) or next(iter(names.values()), "")


def awards_of(member: Member) -> QuerySet[Award]:
    related = ("activity", "activity__actor", "activity__target", "activity__community")
    return Award.objects.filter(member=member).select_related(*related)
