"""What can happen to royalties."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Verb, declare


@dataclass(frozen=True)
class PeriodClosed:
    """`first_day` and `last_day` are ISO dates, both of the period."""

    name: str
    period: str
    first_day: str
    last_day: str


@dataclass(frozen=True)
class StatementIssued:
    """`statement` is the statement's key, `owed` in minor units of `unit`."""

    name: str
    period: str
    statement: str
    owed: int
    unit: str


@dataclass(frozen=True)
class RoyaltiesReleased:
    name: str
    period: str
    statement: str
    amount: int
    unit: str


@dataclass(frozen=True)
class ScheduleChosen:
    months: int
    hold_days: int
    valid_from: str


CLOSED = ActivityType(
    slug="royalties.period-closed",
    verb=Verb.COMPLETE,
    payload=PeriodClosed,
    sentence=Sentence(
        you=_("You closed the royalties of “%(name)s” for %(period)s"),
        other=_("The royalties of “%(name)s” for %(period)s are closed"),
    ),
    erase=(),
    public=False,
)
ISSUED = ActivityType(
    slug="royalties.statement-issued",
    verb=Verb.ANNOUNCE,
    payload=StatementIssued,
    sentence=Sentence(
        you=_("You stated the royalties of “%(name)s” for %(period)s"),
        other=_("The royalties of “%(name)s” for %(period)s are stated"),
    ),
    erase=("owed",),
    public=False,
)
RELEASED = ActivityType(
    slug="royalties.released",
    verb=Verb.ACCEPT,
    payload=RoyaltiesReleased,
    sentence=Sentence(
        you=_("You released the royalties of “%(name)s” for %(period)s"),
        other=_("The royalties of “%(name)s” for %(period)s can now be drawn"),
    ),
    erase=("amount",),
    public=False,
)
CHOSEN = ActivityType(
    slug="royalties.schedule-chosen",
    verb=Verb.UPDATE,
    payload=ScheduleChosen,
    sentence=Sentence(
        you=_("You set how often royalties are stated, from %(valid_from)s"),
        other=_("%(actor)s set how often royalties are stated, from %(valid_from)s"),
    ),
    erase=(),
    public=False,
)

declare(CLOSED, ISSUED, RELEASED, CHOSEN)
