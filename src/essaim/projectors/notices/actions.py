"""What members do with their notices."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing
from django.db import transaction

from essaim.activity.models import Activity
from essaim.kit.errors import Missing
from essaim.kit.errors import gettext_noop as _
from essaim.people.models import Member
from essaim.projectors.notices import queries
from essaim.projectors.notices.domain import Frequency, Topic
from essaim.projectors.notices.models import Pending, Preference, Seen

SALT = "essaim.notices.stop"


class LinkNotValid(Missing):
    cause = _("This link to stop letters is not complete, or was not written by this house.")
    remedy = _("Copy the whole address from the letter, or sign in and choose on the page of your notices.")


@transaction.atomic
def see_all(*, member: Member) -> int:
    """Mark every notice of the member as seen; how many were new."""
    unseen = list(queries.unseen(member).values_list("activity_id", flat=True))
    Seen.objects.bulk_create([Seen(member=member, activity_id=pk) for pk in unseen], ignore_conflicts=True)
    return len(unseen)


def see(*, member: Member, activity: Activity) -> None:
    Seen.objects.get_or_create(member=member, activity=activity)


@transaction.atomic
def choose(*, member: Member, frequencies: Mapping[Topic, Frequency]) -> None:
    """Set how often the member wants letters about these topics."""
    rows = [Preference(member=member, topic=topic, frequency=often) for topic, often in frequencies.items()]
    Preference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "topic"], update_fields=["frequency"]
    )
    silent = [topic for topic, often in frequencies.items() if often == Frequency.NEVER]
    Pending.objects.filter(member=member, topic__in=silent).delete()


def stop_token(member_id: int, scope: str) -> str:
    """A signed right to stop letters: of one topic, or of a digest (`daily`, `weekly`). It does not expire."""
    return signing.dumps({"member": member_id, "scope": scope}, salt=SALT)


def read_stop_token(token: str) -> tuple[Member, list[Topic]]:
    """Whose letters and which topics a token stops now. Raises LinkNotValid."""
    try:
        content = signing.loads(token, salt=SALT)
        member = Member.objects.get(pk=content["member"])
    except (signing.BadSignature, Member.DoesNotExist):
        raise LinkNotValid from None
    scope = content["scope"]
    if scope in list(Topic):
        return member, [Topic(scope)]
    current = queries.preferences(member)
    return member, [topic for topic, often in current.items() if often == scope]


def stop(*, token: str) -> list[Topic]:
    """Stop the letters the token is about; doing it again changes nothing."""
    member, topics = read_stop_token(token)
    choose(member=member, frequencies=dict.fromkeys(topics, Frequency.NEVER))
    return topics
