"""How long what was heard is kept: each source says; a veto keeps what the house still owes an answer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from essaim.kit import clock
from essaim.listening.law.forgetting import PART, delete_mentions
from essaim.listening.models import Look, Mention, Plea, Source, Voice
from essaim.listening.voices.queries import claims_in_force

Veto = Callable[[Sequence[int]], Iterable[int]]
LOOKS_KEPT, PLEAS_KEPT = timedelta(days=366), timedelta(days=365)
_vetoes: list[Veto] = []


def keep(veto: Veto) -> None:
    """`veto` is given the numbers of mentions whose time is over and returns those that must stay: answered in
    public, promised, turned into something else. Called from an application's `ready()`."""
    if veto not in _vetoes:
        _vetoes.append(veto)


@dataclass
class Ended:
    """What a night let go."""

    mentions: int = 0
    handles: int = 0
    voices: int = 0


def end_what_is_over() -> Ended:
    now = clock.now()
    ended = Ended(mentions=sum(_end_mentions(source, now) for source in Source.objects.order_by("pk")))
    ended.handles = Voice.objects.filter(handle__isnull=False, handle_until__lt=now).update(
        handle=None, handle_until=None
    )
    ended.voices = _end_voices()
    Look.objects.filter(at__lt=Now() - LOOKS_KEPT).delete()  # by the database's own clock, as its guard
    Plea.objects.filter(decided_at__lt=now - PLEAS_KEPT).delete()
    return ended


def _end_mentions(source: Source, now: datetime) -> int:
    """In parts, oldest number first: each is a transaction of its own, and what a veto keeps is passed over."""
    over = Mention.objects.filter(source=source, received_at__lt=now - timedelta(days=source.retention_days))
    last, ended = 0, 0
    while part := list(over.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PART]):
        last = part[-1]
        kept = {number for veto in _vetoes for number in veto(part)}
        ended += delete_mentions([number for number in part if number not in kept])
    return ended


def _end_voices() -> int:
    """A voice of which nothing is left, no word and no handle, goes too, unless a member claims it."""
    heard = Mention.objects.filter(voice=OuterRef("pk"))
    silent = Voice.objects.filter(mentions=0, handle=None).exclude(pk__in=claims_in_force().values("voice"))
    ended, _ = silent.filter(~Exists(heard)).delete()
    return ended
