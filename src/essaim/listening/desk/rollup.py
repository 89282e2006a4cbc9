"""Sums by day, kept by counting a day again whenever something in it changed: they cannot drift from the mentions.

Whoever changes a mention of a day marks the day in the same transaction, or afterwards; never before.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from datetime import time as hour
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from essaim.kit import clock
from essaim.listening.desk.models import BrandMention, Stale, Sum, Watch
from essaim.listening.law.aggregates import FEWEST
from essaim.listening.models import Mention

SAID = ("post", "reply", "quote")
"""What counts as something said: a like or a repost says nothing of its own."""
MOMENT = 0.1
MOST_DAYS = 64

COUNT = """
WITH said AS MATERIALIZED (
    SELECT asked.day, mention.id, mention.voice_id, mention.source_id, mention.platform,
           coalesce(nullif(reading.language, ''), mention.language) AS language,
           coalesce(reading.kind, '') AS kind, reading.topic_id, reading.polarity, reading.aspects
    FROM unnest(%(days)s::date[], %(since)s::timestamptz[], %(until)s::timestamptz[]) AS asked (day, since, until)
    CROSS JOIN LATERAL (
        SELECT id, voice_id, source_id, platform, language FROM listening_mention
        WHERE published_at >= asked.since AND published_at < asked.until
          AND gone_at IS NULL AND tie = ANY(%(said)s)
        OFFSET 0  -- day by day, each from its month's index
    ) AS mention LEFT JOIN reading_reading AS reading ON reading.mention_id = mention.id
), counted AS (
    SELECT NULL::bigint AS brand_id, said.* FROM said
    UNION ALL
    SELECT named.brand_id, said.* FROM said JOIN listening_desk_brandmention AS named ON named.mention_id = said.id
), celled AS (
    SELECT day, brand_id, voice_id, polarity, dimension, value
    FROM counted, LATERAL (
        VALUES ('all', ''), ('source', source_id::text), ('platform', platform), ('language', language),
               ('kind', kind), ('topic', coalesce(topic_id::text, ''))
    ) AS cell (dimension, value)
    UNION ALL
    SELECT day, brand_id, voice_id, polarity, 'aspect', aspect FROM counted, unnest(aspects) AS aspect
)
INSERT INTO listening_desk_sum (day, brand_id, dimension, value, polarity, mentions, people)
SELECT day, brand_id, dimension, value, polarity, count(*),
       coalesce((array_agg(DISTINCT voice_id) FILTER (WHERE voice_id IS NOT NULL))[1:%(fewest)s], '{}')
FROM celled GROUP BY day, brand_id, dimension, value, polarity
"""
MARK = """
INSERT INTO listening_desk_stale (day, since) SELECT unnest(%s::date[]), now()
ON CONFLICT (day) DO UPDATE SET since = EXCLUDED.since
"""
MARK_READ = """
INSERT INTO listening_desk_stale (day, since)
SELECT DISTINCT (mention.published_at AT TIME ZONE %(zone)s)::date, now()
FROM reading_reading AS reading JOIN listening_mention AS mention ON mention.id = reading.mention_id
WHERE reading.read_at >= %(since)s
ORDER BY 1
ON CONFLICT (day) DO NOTHING
"""
OVERLAP = timedelta(minutes=15)
"""A reading is dated when it begins to be written and seen when it is committed."""
MARK_ALL = """
INSERT INTO listening_desk_stale (day, since)
SELECT day, now() FROM (
    SELECT DISTINCT (published_at AT TIME ZONE %(zone)s)::date AS day FROM listening_mention
    UNION SELECT DISTINCT day FROM listening_desk_sum
) AS known ORDER BY day
ON CONFLICT (day) DO NOTHING
"""


def zone() -> ZoneInfo:
    """Days are those of the house."""
    return ZoneInfo(settings.TIME_ZONE)


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment, zone())


def starts(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, hour.min, zone())


def mark(moments: Iterable[datetime]) -> None:
    """These days must be counted again. A mark already there is touched, so that a count under way waits for us."""
    mark_days({day_of(moment) for moment in moments})


def mark_days(days: Iterable[date]) -> None:
    """In their order, so that two who mark wait for one another and no longer."""
    if ordered := sorted(days):
        with connection.cursor() as cursor:
            cursor.execute(MARK, [ordered])


def mark_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute(MARK_ALL, {"zone": settings.TIME_ZONE})


@transaction.atomic
def mark_read() -> None:
    """Mark the days of what was read since the last time: large intakes are read later than they come in."""
    watch, _new = Watch.objects.select_for_update().get_or_create(pk=1)
    now = clock.now()
    if watch.read_at is None:
        mark_all()
    else:
        with connection.cursor() as cursor:
            cursor.execute(MARK_READ, {"zone": settings.TIME_ZONE, "since": watch.read_at - OVERLAP})
    watch.read_at = now
    watch.save()


def forget(numbers: Sequence[int]) -> None:
    """Mentions go: what they named goes with them, and their days are counted again."""
    named = BrandMention.objects.filter(mention_id__in=numbers)
    moments = set(Mention.objects.filter(pk__in=numbers).order_by().values_list("published_at", flat=True))
    mark(moments | set(named.values_list("published_at", flat=True)))
    named.delete()


def recount_stale() -> int:
    """Count every marked day again, the latest first; how many. As many days in one go as take a moment: whoever
    brings in mentions of a day that is being counted waits for it."""
    days = list(Stale.objects.order_by("-day").values_list("day", flat=True))
    done, room = 0, 1
    while days:
        began = time.perf_counter()
        done += recount(days[:room])
        days = days[room:]
        room = min(room * 2, MOST_DAYS) if time.perf_counter() - began < MOMENT else max(room // 2, 1)
    return done


@transaction.atomic
def recount(days: Sequence[date]) -> int:
    """Count these days from their mentions, those that are marked; how many. The marks go first: what changes from
    then on marks its day anew."""
    held = Stale.objects.select_for_update().filter(day__in=days).order_by("day")
    marked = list(held.values_list("day", flat=True))
    if not marked:
        return 0
    Stale.objects.filter(day__in=marked).delete()
    Sum.objects.filter(day__in=marked).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT,
            {
                "days": marked,
                "since": [starts(day) for day in marked],
                "until": [starts(day + timedelta(days=1)) for day in marked],
                "said": list(SAID),
                "fewest": FEWEST,
            },
        )
    return len(marked)
