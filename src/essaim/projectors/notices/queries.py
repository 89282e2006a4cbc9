"""What a member has to hear, and how he wants to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from essaim.activity.models import Activity
from essaim.activity.telling import Told, tell_all
from essaim.people.models import Member
from essaim.projectors.notices.domain import DEFAULT_FREQUENCY, Frequency, Topic
from essaim.projectors.notices.models import Letter, Notice, Pending, Preference, Seen


def frequencies(pairs: Iterable[tuple[int, Topic]]) -> dict[tuple[int, Topic], Frequency]:
    """How each member wants to hear of each topic; two queries however many they are.

    Nobody gets letters at an address he has not confirmed.
    """
    asked = set(pairs)
    members, topics = {member for member, _ in asked}, {topic for _, topic in asked}
    chosen = {
        (member, Topic(topic)): Frequency(frequency)
        for member, topic, frequency in Preference.objects.filter(member__in=members, topic__in=topics).values_list(
            "member_id", "topic", "frequency"
        )
    }
    confirmed = set(reachable().filter(pk__in=members).values_list("pk", flat=True))
    return {
        (member, topic): chosen.get((member, topic), DEFAULT_FREQUENCY[topic])
        if member in confirmed
        else Frequency.NEVER
        for member, topic in asked
    }


def reachable() -> QuerySet[Member]:
    """Members who may be written to."""
    return Member.objects.filter(is_active=True, erased_at=None, email_confirmed_at__isnull=False)


def preferences(member: Member) -> dict[Topic, Frequency]:
    """All topics, each with what the member chose or its default."""
    chosen = dict(Preference.objects.filter(member=member).values_list("topic", "frequency"))
    return {topic: Frequency(chosen.get(topic, DEFAULT_FREQUENCY[topic])) for topic in Topic}


def with_seen(notices: QuerySet[Notice]) -> QuerySet[Any]:
    seen = Seen.objects.filter(member=OuterRef("member"), activity=OuterRef("activity"))
    return notices.annotate(seen=Exists(seen))


def notices_of(member: Member) -> QuerySet[Any]:
    """The newest first, each with `seen`."""
    related = ("activity__actor", "activity__target", "activity__community")
    return with_seen(Notice.objects.filter(member=member)).select_related(*related)


def unseen(member: Member) -> QuerySet[Any]:
    return with_seen(Notice.objects.filter(member=member)).filter(seen=False)


@dataclass(frozen=True)
class Item:
    """A notice ready to be shown."""

    notice: Any
    told: Told


def told(notices: Iterable[Any], reader: Member) -> list[Item]:
    listed = list(notices)
    sentences = tell_all([notice.activity for notice in listed], reader)
    return [Item(notice, sentence) for notice, sentence in zip(listed, sentences, strict=True)]


def contents(letter: Letter) -> list[Told]:
    """What the letter tells, in its order; what was erased since is not told any more."""
    related = ("actor", "target", "community")
    activities = Activity.objects.filter(pk__in=letter.activities, erased_at=None).select_related(*related)
    return tell_all(sorted(activities, key=lambda activity: letter.activities.index(activity.pk)), letter.member)


def waiting_for(frequency: Frequency, until: datetime) -> dict[int, list[Pending]]:
    """By member, the notices of what happened before `until` that he wants to hear of this often."""
    rows = Pending.objects.filter(activity__at__lt=until).order_by("member", "activity")
    chosen = {
        (member, topic): found
        for member, topic, found in Preference.objects.values_list("member_id", "topic", "frequency")
    }
    found: dict[int, list[Pending]] = {}
    for row in rows:
        wanted = chosen.get((row.member_id, row.topic), DEFAULT_FREQUENCY[Topic(row.topic)])
        if wanted == frequency:
            found.setdefault(row.member_id, []).append(row)
    return found


def letters_to_look_at() -> QuerySet[Letter]:
    """Letters a person should look at, perhaps sent or refused; the newest first."""
    states = [Letter.State.UNCERTAIN, Letter.State.REFUSED]
    return Letter.objects.filter(state__in=states).select_related("member")
