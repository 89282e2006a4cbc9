"""The rules in force, and what was earned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

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


def acts_of(rule: Rule, recipient_id: int) -> QuerySet[Activity]:
    """What the rule looks at: acts of its type by, or touching, the recipient."""
    acts = Activity.objects.filter(type=rule.type, origin="here")
    return acts.filter(actor=recipient_id) if rule.to == domain.ACTOR else acts.filter(target=recipient_id)


def earlier_today(rule: Rule, recipient_id: int, activity: Activity) -> int:
    """How many such acts came before on the same day of the house."""
    local = timezone.localtime(activity.at)
    midnight = timezone.make_aware(datetime.combine(local.date(), time()))
    day = (midnight, timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), time())))
    acts = acts_of(rule, recipient_id)
    return acts.filter(at__gte=day[0], at__lt=day[1], pk__lt=activity.pk).count()


def seen_before(rule: Rule, recipient_id: int, activity: Activity) -> bool:
    """Whether the same two people have done this with the same thing before."""
    same = {"object_type": activity.object_type, "object_id": activity.object_id, "actor": activity.actor_id}
    return acts_of(rule, recipient_id).filter(pk__lt=activity.pk, **same).exists()


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
