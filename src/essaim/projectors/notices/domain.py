"""Who should hear of what, how, and when. Rules are data; nothing here reads a clock or a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from essaim.kit.vocabulary import Verb


class Audience(StrEnum):
    """Groups of members around an activity."""

    TARGET = "target"
    """The member it touches: the author commented on, the holder paid."""
    THREAD = "thread"
    """Those who wrote in the same discussion before."""
    PARTICIPANTS = "participants"
    """Those who acted in the same initiative before."""
    HOSTS = "hosts"
    """Hosts of the community."""
    MEMBERS = "members"
    """Members of the community at that moment."""
    INTERESTED = "interested"
    """Members of the house who share an interest with the community and are not in it."""
    TEAM = "team"
    """Who answers for the house: its owners, managers and moderators."""


class Topic(StrEnum):
    """What a member sets his preferences by."""

    MINE = "mine"
    DISCUSSION = "discussion"
    MONEY = "money"
    INITIATIVES = "initiatives"
    INTERESTS = "interests"
    HOSTING = "hosting"
    REACTIONS = "reactions"


class Frequency(StrEnum):
    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


DEFAULT_FREQUENCY = {
    Topic.MINE: Frequency.INSTANT,
    Topic.MONEY: Frequency.INSTANT,
    Topic.DISCUSSION: Frequency.DAILY,
    Topic.HOSTING: Frequency.DAILY,
    Topic.INITIATIVES: Frequency.DAILY,
    Topic.INTERESTS: Frequency.WEEKLY,
    Topic.REACTIONS: Frequency.NEVER,
}

A, T = Audience, Topic
Rules = tuple[tuple[Audience, Topic], ...]
"""In order: a member reached by several hears once, under the first."""

RULES: dict[str, Rules] = {
    "comment.write": ((A.TARGET, T.DISCUSSION), (A.THREAD, T.DISCUSSION)),
    "comment.answer": ((A.TARGET, T.MINE), (A.THREAD, T.DISCUSSION)),
    "reaction.add": ((A.TARGET, T.REACTIONS),),
    "initiative.open": ((A.MEMBERS, T.INITIATIVES), (A.INTERESTED, T.INTERESTS)),
    "phase.begin": ((A.PARTICIPANTS, T.INITIATIVES),),
    "phase.extend": ((A.PARTICIPANTS, T.INITIATIVES), (A.HOSTS, T.HOSTING)),
    "phase.close": ((A.PARTICIPANTS, T.INITIATIVES), (A.HOSTS, T.HOSTING)),
    "rules.amend": ((A.PARTICIPANTS, T.INITIATIVES), (A.HOSTS, T.HOSTING)),
    "initiative.halt": ((A.PARTICIPANTS, T.INITIATIVES), (A.HOSTS, T.HOSTING)),
    "initiative.resume": ((A.PARTICIPANTS, T.INITIATIVES), (A.HOSTS, T.HOSTING)),
    "initiative.close": ((A.PARTICIPANTS, T.INITIATIVES),),
    "idea_submitted": ((A.HOSTS, T.HOSTING),),
    "surge_seen": ((A.HOSTS, T.HOSTING),),
    "count_sealed": ((A.PARTICIPANTS, T.INITIATIVES),),
    "round.thank": ((A.PARTICIPANTS, T.INITIATIVES),),
    "vote_cast": (),
    "vote_changed": (),
    "vote_withdrawn": (),
    "mention.burst": ((A.TEAM, T.MINE),),
    "community.request": ((A.HOSTS, T.HOSTING),),
    "products.launched": ((A.MEMBERS, T.INITIATIVES), (A.INTERESTED, T.INTERESTS)),
    "products.share-granted": ((A.TARGET, T.MONEY),),
    "royalties.statement-issued": ((A.TARGET, T.MONEY),),
    "royalties.released": ((A.TARGET, T.MONEY),),
}
OTHERWISE: Rules = ((A.TARGET, T.MINE),)
UNTOLD = frozenset({Verb.UNDO, Verb.VOTE})


def rules_for(type_: str, verb: str) -> Rules:
    """Who hears of an act of this type. Votes are nobody's business, what is taken back is not announced."""
    if type_ in RULES:
        return RULES[type_]
    return () if verb in UNTOLD else OTHERWISE


@dataclass(frozen=True)
class Digest:
    """A digest of what happened before `until`: every member has at most one letter under its mark."""

    frequency: Frequency
    mark: str
    until: datetime


DIGEST_HOUR = 7


def digests_at(local: datetime) -> list[Digest]:
    """The last daily and weekly digests before a local moment: of seven this morning, and of seven on Monday.

    They stay due until the next ones, so a morning the worker slept through is made good.
    """
    morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if morning > local:
        morning -= timedelta(days=1)
    monday = morning - timedelta(days=morning.weekday())
    year, week, _weekday = monday.isocalendar()
    return [
        Digest(Frequency.DAILY, morning.date().isoformat(), morning),
        Digest(Frequency.WEEKLY, f"{year}-W{week:02}", monday),
    ]
