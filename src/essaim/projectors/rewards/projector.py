"""Points and levels drawn from what members did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from essaim.activity.models import Activity
from essaim.activity.projection import Projector
from essaim.ledger.chart import POINTS, house_account, member_account
from essaim.ledger.domain import Entry, credit, debit
from essaim.ledger.models import Posting
from essaim.ledger.post import post_many
from essaim.people.models import Member
from essaim.projectors.rewards import domain, queries
from essaim.projectors.rewards.models import Award
from essaim.standing.actions import conclude_all, concluded, forget

KINDS = ("points", "level")


def project(activity: Activity) -> None:
    project_many([activity])


def project_many(activities: Sequence[Activity]) -> None:
    """Award what the rules of each moment give, once, and conclude once per member.

    The journal comes first: where an entry already stands under an activity's key, it says what was earned.
    """
    rules_at = queries.rulebook()
    telling = [each for each in activities if each.origin == "here" and rules_at(each.at).of(each.type)]
    if not telling:
        return
    one_at_a_time()
    posted = _posted(telling)
    earned = _earned([each for each in telling if key_of(each) not in posted], rules_at)
    given = {each: posted.get(key_of(each)) or earned.get(each, {}) for each in telling}
    given = {activity: parts for activity, parts in given.items() if parts}
    _post(given)
    _keep(given, rules_at)
    _conclude({pk: person for each, parts in given.items() for pk, person in _persons(each) if pk in parts}, rules_at)


def _keep(given: Mapping[Activity, dict[int, int]], rules_at: Callable[[datetime], domain.Rules]) -> None:
    awards = [
        Award(
            activity=activity,
            member_id=member_id,
            points=points,
            version=rules_at(activity.at).version,
            at=activity.at,
        )
        for activity, parts in given.items()
        for member_id, points in parts.items()
    ]
    Award.objects.bulk_create(
        awards,
        update_conflicts=True,
        unique_fields=["activity", "member"],
        update_fields=["points", "version", "at"],
    )


def _persons(activity: Activity) -> Iterator[tuple[int, Member]]:
    for person in (activity.actor, activity.target):
        if person is not None:
            yield person.pk, person


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


def _posted(activities: Sequence[Activity]) -> dict[str, dict[int, int]]:
    """Who was given what under the activities' keys: key → member id → points."""
    keys = [key_of(activity) for activity in activities]
    credited = Posting.objects.filter(entry__key__in=keys, amount__lt=0, account__owner__isnull=False)
    found: dict[str, dict[int, int]] = {}
    for key, owner, amount in credited.order_by("account__owner").values_list(
        "entry__key", "account__owner_id", "amount"
    ):
        found.setdefault(key, {})[owner] = -amount
    return found


def _earned(
    activities: Sequence[Activity], rules_at: Callable[[datetime], domain.Rules]
) -> dict[Activity, dict[int, int]]:
    """Points by activity and member id; nobody earns by touching himself."""
    claims = [
        queries.Claim(rule, recipient, activity)
        for activity in activities
        for rule in rules_at(activity.at).of(activity.type)
        if (recipient := activity.actor_id if rule.to == domain.ACTOR else activity.target_id) is not None
    ]
    earned: dict[Activity, dict[int, int]] = {}
    for claim, earlier_today, seen_before in queries.pasts(claims):
        points = domain.earned(claim.rule, earlier_today=earlier_today, seen_before=seen_before)
        if points:
            parts = earned.setdefault(claim.activity, {})
            parts[claim.recipient] = parts.get(claim.recipient, 0) + points
    return earned


def _post(given: Mapping[Activity, dict[int, int]]) -> None:
    entries = {
        activity.pk: Entry(
            key_of(activity),
            _("Points earned by taking part"),
            (
                debit(house_account("points", POINTS), sum(parts.values())),
                *(credit(member_account(member_id, POINTS), points) for member_id, points in sorted(parts.items())),
            ),
            "points",
        )
        for activity, parts in given.items()
    }
    post_many(list(entries.values()), activities={entry.key: pk for pk, entry in entries.items()})


def _conclude(members: Mapping[int, Member], rules_at: Callable[[datetime], domain.Rules]) -> None:
    """Each member's sum and level, by the rules of his latest award: the same whatever the order of arrival."""
    sums = (
        Award.objects.filter(member__in=members)
        .values("member")
        .annotate(sum=Sum("points"), latest=Max("at"))
        .order_by("member")
    )
    scores = []
    for pk, points, latest in sums.values_list("member", "sum", "latest"):
        rules, member = rules_at(latest), members[pk]
        basis = {"version": rules.version}
        scores += [
            concluded(member=member, kind="points", value=points, basis=basis, at=latest),
            concluded(
                member=member, kind="level", value=rules.level(points), basis=basis | {"points": points}, at=latest
            ),
        ]
    conclude_all(scores)


PROJECTOR = Projector(
    slug="rewards", project=project, reset=reset, project_many=project_many, reads=("actor", "target")
)
