"""Cheers listened for elsewhere: who listens to a hashtag hands over who, for whom and when, and nothing more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from essaim.initiatives.models import Initiative, Phase
from essaim.mechanisms.cheer import cheers, queries
from essaim.mechanisms.cheer.cheers import Asked
from essaim.mechanisms.cheer.domain import Outcome
from essaim.mechanisms.cheer.models import Cheer

HEARD = int(Cheer.Kind.HEARD)
AT_ONCE = 1_000  # cheers in one statement


@dataclass(frozen=True)
class Voice:
    """A post heard at `source`: its author's key there, the slug of the camp, when it was written."""

    source: str
    author: str
    camp: str
    at: datetime


def hear(campaign: Initiative, voices: Iterable[Voice]) -> Counter[Outcome]:
    """Count what was heard, once per author and period, apart from members; what became of how many.

    The round is the one that ran when the post was written, as long as it is not counted. Heard twice, it counts
    once: whoever listens may hand everything over again after a fault.
    """
    camps = {camp.slug: camp.pk for camp in queries.camps(campaign)}
    phases = list(campaign.phases.all())
    minutes: dict[datetime, list[tuple[datetime, Asked]]] = defaultdict(list)
    outcomes: Counter[Outcome] = Counter()
    for voice in voices:
        phase = _running(phases, voice.at)
        if phase is None or voice.camp not in camps:
            outcomes[Outcome.CLOSED if phase is None else Outcome.UNKNOWN] += 1
            continue
        asked = Asked(phase.pk, camps[voice.camp], HEARD, supporter(voice))
        minutes[max(phase.starts_at, voice.at.replace(second=0, microsecond=0))].append((voice.at, asked))
    for minute in sorted(minutes):
        said = [asked for _at, asked in sorted(minutes[minute], key=lambda pair: pair[0])]
        outcomes += _written(minute, said)
    return outcomes


def supporter(voice: Voice) -> str:
    """A key of the author that says nothing of him to who reads the table."""
    return f"{voice.source[:40]}:{salted_hmac(f'essaim.cheer.{voice.source}', voice.author).hexdigest()}"


def _running(phases: list[Phase], at: datetime) -> Phase | None:
    return next((phase for phase in phases if phase.starts_at <= at < phase.ends_at), None)


def _written(minute: datetime, asked: list[Asked]) -> Counter[Outcome]:
    """Minutes are what counts are kept by: everything of one goes in together."""
    outcomes: Counter[Outcome] = Counter()
    for begin in range(0, len(asked), AT_ONCE):
        part = asked[begin : begin + AT_ONCE]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(cheers.INTAKE, cheers.parameters(part, minute))
            outcomes.update(answer.outcome for answer in cheers.answers(part, cursor.fetchall()))
    return outcomes
