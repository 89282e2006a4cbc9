"""What members do with their notices, and the house's team with letters that did not leave for sure."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing
from django.db import transaction

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.kit.errors import Conflict, Missing
from essaim.kit.errors import gettext_noop as _
from essaim.people.models import Member
from essaim.people.policy import allow, is_manager
from essaim.projectors.notices import queries
from essaim.projectors.notices.domain import Frequency, Topic
from essaim.projectors.notices.models import Letter, Pending, Preference, Seen

SALT = "essaim.notices.stop"


class LinkNotValid(Missing):
    cause = _("This link to stop letters is not complete, or was not written by this house.")
    remedy = _("Copy the whole address from the letter, or sign in and choose on the page of your notices.")


class LetterSettled(Conflict):
    cause = _("This letter waits for nobody any more.")
    remedy = _("Reload the page: somebody else, or the post, has settled it.")


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


@transaction.atomic
def send_again(*, letter: Letter, actor: Member) -> Letter:
    """Let the letter leave once more, under the Message-ID it has: many mail programs show such a pair once."""
    letter = _to_look_at(letter, actor)
    letter.state, letter.attempts, letter.error, letter.due_at = Letter.State.WAITING, 1, "", clock.now()
    letter.save(update_fields=["state", "attempts", "error", "due_at"])
    return letter


@transaction.atomic
def call_sent(*, letter: Letter, actor: Member) -> Letter:
    """The mail server's log says that it took the letter."""
    letter = _to_look_at(letter, actor)
    letter.state, letter.sent_at = Letter.State.SENT, letter.claimed_at
    letter.save(update_fields=["state", "sent_at"])
    return letter


@transaction.atomic
def put_aside(*, letter: Letter, actor: Member) -> Letter:
    """It shall not leave; what it told stands on the member's page of notices."""
    letter = _to_look_at(letter, actor)
    letter.state = Letter.State.DROPPED
    letter.save(update_fields=["state"])
    return letter


def _to_look_at(letter: Letter, actor: Member) -> Letter:
    """The letter, locked, if a person is to decide about it."""
    locked = queries.letters_to_look_at().select_for_update(of=("self",)).filter(pk=letter.pk).first()
    allow(is_manager, actor)
    if locked is None:
        raise LetterSettled
    return locked
