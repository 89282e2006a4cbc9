"""Whose voices are whose: what owners have shown, and what may be suggested to a member about himself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet

from essaim.listening.models import Claim, Mention, Source, Suggestion, Unmatched, Voice
from essaim.listening.voices.keys import voice_key
from essaim.people.models import Member

NO_MATCHING = "no_matching"
"""The option of a source whose platform forbids matching its users with accounts elsewhere."""


def claims_in_force() -> QuerySet[Claim]:
    return Claim.objects.filter(proved_at__isnull=False, ended_at=None)


def voices_of(member: Member) -> QuerySet[Voice]:
    """The voices the member has shown to be his own."""
    return Voice.objects.filter(pk__in=claims_in_force().filter(member=member).values("voice"))


def owners(voices: Iterable[int]) -> Mapping[int, int]:
    """The member each of these voices belongs to, by number; those nobody claimed are left out."""
    return dict(claims_in_force().filter(voice__in=list(voices)).values_list("voice_id", "member_id"))


def claims_of(member: Member) -> QuerySet[Claim]:
    """In force or waiting for their proof, the latest first."""
    return Claim.objects.filter(member=member, ended_at=None).select_related("voice").order_by("-asked_at", "-id")


def platforms() -> list[str]:
    """Where anybody was heard."""
    return list(Voice.objects.order_by("platform").values_list("platform", flat=True).distinct())


def matched_voices() -> QuerySet[Voice]:
    """Voices heard somewhere that allows them to be matched."""
    silent = Source.objects.filter(**{f"options__{NO_MATCHING}": True}).values("pk")
    heard = Mention.objects.filter(voice=OuterRef("pk"))
    return Voice.objects.filter(~Exists(heard) | Exists(heard.exclude(source__in=silent)))


def may_be_matched(voice: Voice) -> bool:
    return matched_voices().filter(pk=voice.pk).exists()


def is_unmatched(member: Member) -> bool:
    """Whether he does not want to be asked."""
    return Unmatched.objects.filter(member=member).exists()


def suggestions_for(member: Member) -> list[Voice]:
    """Voices that bear the member's handle, on any platform, and that nobody has claimed. For his eyes alone, and
    only as long as he lets himself be asked."""
    if is_unmatched(member):
        return []
    keys = [voice_key(platform, member.handle) for platform in platforms()]
    declined = Suggestion.objects.filter(member=member, declined_at__isnull=False).values("voice")
    taken = claims_in_force().values("voice")
    asked = Claim.objects.filter(member=member, ended_at=None).values("voice")
    found = matched_voices().filter(key__in=keys).exclude(pk__in=declined)
    return list(found.exclude(pk__in=taken).exclude(pk__in=asked).order_by("platform", "id"))
