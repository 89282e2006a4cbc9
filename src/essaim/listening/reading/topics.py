"""What mentions are about: groups that share their words, named by those words, the same from night to night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from essaim.kit import clock
from essaim.listening.models import Mention
from essaim.listening.reading import listeners
from essaim.listening.reading.models import Reading, Topic
from essaim.listening.reading.read import text_of

DAYS = 90
MOST = 20_000
"""Mentions of one language looked at, the latest first."""
FEWEST = 30
SAME = 0.3
"""A group that shares so much with one of last night (Jaccard) is that one."""


def find_topics(*, seed: int = 1) -> int:
    """Group the mentions of each language anew; returns how many topics there are now."""
    from essaim.listening.reading.grouping import grouped

    found = named = 0
    for language in _languages():
        texts = recent_texts(language)
        groups = grouped(list(texts.values()), language, seed=seed)
        numbers = list(texts)
        found += _keep(language, [(words, {numbers[place] for place in places}) for words, places in groups])
        named += len(texts)
    listeners.tell(named)
    return found


def _languages() -> list[str]:
    since = clock.now() - timedelta(days=DAYS)
    counts = Counter(
        Reading.objects.filter(read_at__gte=since).exclude(language="").values_list("language", flat=True)
    )
    alive = Topic.objects.filter(gone_at=None).values_list("language", flat=True)
    return sorted({language for language, n in counts.items() if n >= FEWEST} | set(alive))


def recent_texts(language: str, most: int = MOST) -> Mapping[int, str]:
    """By mention, those of the last 90 days in a language, each text once."""
    since = clock.now() - timedelta(days=DAYS)
    recent = Mention.objects.filter(published_at__gte=since, gone_at=None, alike_id=None).exclude(text="", title="")
    ids = list(recent.order_by("-published_at").values_list("pk", flat=True)[: most * 3])
    spoken = set(Reading.objects.filter(pk__in=ids, language=language).values_list("pk", flat=True))
    chosen = [pk for pk in ids if pk in spoken][:most]
    return {each.pk: text_of(each) for each in Mention.objects.filter(pk__in=chosen).order_by("pk")}


@transaction.atomic
def _keep(language: str, groups: Sequence[tuple[Sequence[str], set[int]]]) -> int:
    """Write the groups down as topics: those seen before under their number, others new, the rest gone."""
    known = {
        topic.pk: topic
        for topic in Topic.objects.select_for_update(no_key=True).filter(language=language, gone_at=None)
    }
    before: dict[int, set[int]] = {pk: set() for pk in known}
    for mention, number in Reading.objects.filter(topic__in=known).values_list("pk", "topic_id"):
        before[number or 0].add(mention)
    matches = matched(before, [mentions for _words, mentions in groups])
    kept = []
    for place, (words, mentions) in enumerate(groups):
        topic = _topic(language, words, mentions, known.get(matches.get(place, 0)))
        _move(mentions - before.get(topic.pk, set()), topic)
        kept.append(topic)
    left = set().union(*before.values()) - set().union(*(mentions for _words, mentions in groups))
    _move(left, None)
    Topic.objects.filter(pk__in=set(known) - {topic.pk for topic in kept}).update(gone_at=clock.now())
    return len(kept)


def _topic(language: str, words: Sequence[str], mentions: set[int], same: Topic | None) -> Topic:
    topic = same or Topic(language=language)
    if not topic.named_by_hand and same is None:
        topic.name = ", ".join(words[:3])
    topic.words, topic.mentions, topic.seen_at = list(words), len(mentions), clock.now()
    topic.save()
    return topic


def _move(mentions: set[int], topic: Topic | None) -> None:
    """Only what changes is dated anew: figures by topic are counted again from it."""
    Reading.objects.filter(pk__in=mentions).update(topic=topic, read_at=clock.now())


def matched(before: Mapping[int, set[int]], groups: Sequence[set[int]]) -> dict[int, int]:
    """Which group of now is which topic of before: the best overlaps first, each used once. Pure."""
    overlaps = sorted(
        (
            (len(old & new) / len(old | new), -number, -place)
            for number, old in before.items()
            for place, new in enumerate(groups)
            if old & new
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for share, number, place in overlaps:
        if share >= SAME and -place not in found and -number not in found.values():
            found[-place] = -number
    return found
