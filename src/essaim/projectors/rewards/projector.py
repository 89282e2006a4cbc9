"""Points and levels drawn from what members did."""

from __future__ import annotations

from django.db import connection
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.ledger.chart import POINTS, house_account, member_account
from essaim.ledger.domain import Entry, credit, debit
from essaim.ledger.models import JournalEntry
from essaim.ledger.post import post_many
from essaim.projectors.rewards import domain, queries
from essaim.projectors.rewards.models import Award
from essaim.standing.actions import conclude, forget

KINDS = ("points", "level")


def project(activity: Activity) -> None:
    """Award what the rules of that moment give for the activity, once.

    The journal comes first: where an entry already stands under the activity's key, it says what was earned.
    """
    if activity.origin != "here":
        return
    rules = queries.rules_at(activity.at)
    if not rules.of(activity.type):
        return
    one_at_a_time()
    parts = _posted(activity) or _earned(rules, activity)
    if not parts:
        return
    _post(activity, parts)
    awards = [
        Award(activity=activity, member_id=member_id, points=points, version=rules.version, at=activity.at)
        for member_id, points in parts.items()
    ]
    Award.objects.bulk_create(
        awards,
        update_conflicts=True,
        unique_fields=["activity", "member"],
        update_fields=["points", "version", "at"],
    )
    for member_id in parts:
        _conclude(member_id, rules, activity)


def reset() -> None:
    one_at_a_time()
    Award.objects.all().delete()
    forget(*KINDS)


def one_at_a_time() -> None:
    """Until the transaction ends, nobody else awards points or publishes rules: sums and caps see everything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('essaim.rewards'))")


def key_of(activity: Activity) -> str:
    return f"rewards:{activity.pk}"


def _posted(activity: Activity) -> dict[int, int]:
    """Who was given what under the activity's key."""
    entry = JournalEntry.objects.filter(key=key_of(activity)).first()
    if entry is None:
        return {}
    credited = entry.postings.filter(amount__lt=0, account__owner__isnull=False).order_by("account__owner")
    return {owner: -amount for owner, amount in credited.values_list("account__owner_id", "amount")}


def _earned(rules: domain.Rules, activity: Activity) -> dict[int, int]:
    """Points by member id; nobody earns by touching himself."""
    parts: dict[int, int] = {}
    for rule in rules.of(activity.type):
        recipient = activity.actor_id if rule.to == domain.ACTOR else activity.target_id
        if recipient is None:
            continue
        points = domain.earned(
            rule,
            earlier_today=queries.earlier_today(rule, recipient, activity),
            seen_before=rule.once and queries.seen_before(rule, recipient, activity),
        )
        if points:
            parts[recipient] = parts.get(recipient, 0) + points
    return parts


def _post(activity: Activity, parts: dict[int, int]) -> None:
    postings = (
        debit(house_account("points", POINTS), sum(parts.values())),
        *(credit(member_account(member_id, POINTS), points) for member_id, points in sorted(parts.items())),
    )
    post_many([Entry(key_of(activity), _("Points earned by taking part"), postings, "points")], activity)


def _conclude(member_id: int, rules: domain.Rules, activity: Activity) -> None:
    """The member's sum and level, by the rules of his latest award: the same whatever the order of arrival."""
    earned = Award.objects.filter(member=member_id).aggregate(points=Sum("points"), latest=Max("at"))
    points, latest = earned["points"], earned["latest"]
    if latest != activity.at:
        rules = queries.rules_at(latest)
    member = activity.actor if member_id == activity.actor_id else activity.target
    assert member is not None
    basis = {"version": rules.version}
    conclude(member=member, kind="points", value=points, basis=basis, at=latest)
    conclude(member=member, kind="level", value=rules.level(points), basis=basis | {"points": points}, at=latest)


PROJECTOR = Projector(slug="rewards", project=project, reset=reset)
