"""Ties drawn from activities and mentions: one statement for a part of them and for all, so that both agree.

A source's month is never added to: it is deleted and drawn again from what is stored. Whatever arrives twice, late or
in another order, the rows are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from essaim.communities.queries import CLOSED
from essaim.projectors.influence import domain
from essaim.projectors.influence.models import Mark, RuleSet, Stale, Tie

OVERLAP = 20_000
"""Mentions read again at each reading: numbers are given before their rows can be seen."""


def _month(moment: str) -> str:
    local = f"({moment} AT TIME ZONE 'UTC')"
    return f"(extract(year FROM {local})::int * 12 + extract(month FROM {local})::int - 1)::smallint"


def _kept(weight: str, moment: str) -> str:
    """`domain.kept`, in SQL. The sum of whole doubles below 2^53 is exact."""
    begun = f"(date_trunc('month', {moment} AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')"
    age = f"extract(epoch FROM {moment} - {begun})::float8 / 86400"
    return (
        f"sum(round({domain.MILLION}::float8 * {weight} * power(2::float8, {age} / %(half_life)s::float8)))::bigint"
    )


ACTIVITIES = f"""
INSERT INTO influence_tie (source, target, month, told, count, weight)
SELECT a.actor_id, a.target_id, {_month("a.at")}, a.verb = ANY(%(telling)s), count(*), {_kept("a.weight", "a.at")}
FROM {{asked}} activity_activity a {{only}}
JOIN influence_consenting s ON s.member_id = a.actor_id
JOIN influence_consenting t ON t.member_id = a.target_id
LEFT JOIN communities_community c ON c.id = a.community_id
WHERE a.weight > 0 AND a.actor_id <> a.target_id AND a.at >= s.since AND a.at >= t.since
  AND (c.id IS NULL OR c.visibility <> ALL(%(closed)s))
GROUP BY 1, 2, 3, 4
"""

# A voice whose owner said no to the map is in nobody's ties.
_SILENT = """
SELECT k.voice_id FROM listening_claim k
WHERE k.proved_at IS NOT NULL AND k.ended_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM influence_consenting g WHERE g.member_id = k.member_id)
"""
MENTIONS = f"""
INSERT INTO influence_tie (source, target, month, told, count, weight)
WITH silent AS MATERIALIZED ({_SILENT}), weights (tie, weight) AS (
    SELECT * FROM unnest(%(ties)s::text[], %(weights)s::float8[])
), said AS (
    SELECT m.voice_id AS source, p.voice_id AS target, m.published_at AS at, false AS told, w.weight
    FROM {{asked}} listening_mention m {{only}}
    JOIN listening_mention p ON p.id = m.parent_id
    JOIN weights w ON w.tie = m.tie
    WHERE m.gone_at IS NULL AND p.gone_at IS NULL AND p.voice_id <> m.voice_id
    UNION ALL
    SELECT m.voice_id, n.named, m.published_at, true, w.weight
    FROM {{asked}} listening_mention m {{only}}
    LEFT JOIN listening_mention p ON p.id = m.parent_id
    CROSS JOIN LATERAL (SELECT DISTINCT unnest(m.names) AS named) n
    JOIN weights w ON w.tie = 'name'
    WHERE m.gone_at IS NULL AND m.names <> '{{{{}}}}' AND n.named <> m.voice_id
      AND p.voice_id IS DISTINCT FROM n.named
)
SELECT -source, -target, {_month("at")}, told, count(*), {_kept("weight", "at")}
FROM said
WHERE weight > 0 AND source NOT IN (TABLE silent) AND target NOT IN (TABLE silent)
GROUP BY 1, 2, 3, 4
"""
MONTH_BOUNDS = """
(SELECT DISTINCT k.source, make_timestamptz(k.month / 12, k.month %% 12 + 1, 1, 0, 0, 0, 'UTC') AS begun
 FROM unnest(%(sources)s::bigint[], %(months)s::int[]) AS k (source, month)) k JOIN
"""

SourceMonth = tuple[int, int]


def one_at_a_time() -> None:
    """Until the transaction ends nobody else draws ties."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('essaim.influence'))")


def rules() -> domain.Rules:
    """The rules in force."""
    latest = RuleSet.objects.first()
    return latest.rules if latest else domain.DEFAULTS


@transaction.atomic
def draw_everything() -> None:
    """Draw all ties from the whole stream and all mentions."""
    one_at_a_time()
    _execute("TRUNCATE influence_tie")
    given = _parameters()
    _execute(ACTIVITIES.format(asked="", only=""), given)
    _execute(MENTIONS.format(asked="", only=""), given)
    _mark(newest_mention())
    Stale.objects.all().delete()


def draw_members(pairs: Collection[SourceMonth]) -> None:
    """Draw again what these members did in these months."""
    on = "ON a.actor_id = k.source AND a.at >= k.begun AND a.at < k.begun + interval '1 month'"
    _again(ACTIVITIES, pairs, on, sign=1)


def draw_voices(pairs: Collection[SourceMonth]) -> None:
    """Draw again what these voices said in these months."""
    on = "ON m.voice_id = k.source AND m.published_at >= k.begun AND m.published_at < k.begun + interval '1 month'"
    _again(MENTIONS, pairs, on, sign=-1)


def _again(statement: str, pairs: Collection[SourceMonth], on: str, *, sign: int) -> None:
    if not pairs:
        return
    sources, months = map(list, zip(*pairs, strict=True))
    given = {**_parameters(), "sources": sources, "months": months, "sign": sign}
    _execute(
        "DELETE FROM influence_tie t USING unnest(%(sources)s::bigint[], %(months)s::int[]) AS k (source, month)"
        " WHERE t.source = %(sign)s * k.source AND t.month = k.month",
        given,
    )
    _execute(statement.format(asked=MONTH_BOUNDS, only=on), given)


@transaction.atomic
def read_mentions() -> int:
    """Draw what came, went or was claimed since the last reading; how many voices' months were drawn."""
    one_at_a_time()
    read_up_to = Mark.objects.filter(pk=1).values_list("mention_id", flat=True).first() or 0
    noted = _take_notes()
    whole = {voice for voice, month in noted if month is None}
    pairs = {(voice, month) for voice, month in noted if month is not None}
    newest = newest_mention()
    pairs |= _of_mentions("id > %s OR parent_id > %s", read_up_to - OVERLAP, read_up_to - OVERLAP)
    pairs |= _around(whole)
    draw_voices(pairs)
    _mark(newest)
    return len(pairs)


def _take_notes() -> list[tuple[int, int | None]]:
    """In one statement: what is noted meanwhile waits for the next reading."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM influence_stale RETURNING voice_id, month")
        return list(cursor.fetchall())


def _mark(newest: int) -> None:
    if newest:
        Mark.objects.update_or_create(pk=1, defaults={"mention_id": newest})
    else:
        Mark.objects.all().delete()


def newest_mention() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM listening_mention")
        (newest,) = cursor.fetchone()
    return int(newest)


def _of_mentions(condition: str, *values: Any) -> set[SourceMonth]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT voice_id, {_month('published_at')} FROM listening_mention"
            f" WHERE voice_id IS NOT NULL AND ({condition})",
            values,
        )
        return set(cursor.fetchall())


def _around(voices: Collection[int]) -> set[SourceMonth]:
    """Every month of these voices, and of those who answered or named them."""
    if not voices:
        return set()
    listed = list(voices)
    Tie.objects.filter(target__in=[-one for one in voices]).delete()
    Tie.objects.filter(source__in=[-one for one in voices]).delete()
    return _of_mentions(
        "voice_id = ANY(%s) OR names && %s::bigint[]"
        " OR parent_id IN (SELECT id FROM listening_mention WHERE voice_id = ANY(%s))",
        listed,
        listed,
        listed,
    )


def forget_nodes(nodes: Sequence[int]) -> None:
    """Take these people out of all ties and of everything that is stored, at once."""
    _execute("SELECT influence_forget(%(nodes)s::bigint[])", {"nodes": list(nodes)})


def _parameters() -> dict[str, Any]:
    current = rules()
    return {
        "half_life": current.half_life_days,
        "telling": sorted(domain.TELLING),
        "closed": list(map(str, CLOSED)),
        "ties": list(current.ties),
        "weights": list(current.ties.values()),
    }


def _execute(statement: str, given: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def pairs_of(moments: Iterable[tuple[int, object]]) -> set[SourceMonth]:
    return {(source, domain.month_of(moment)) for source, moment in moments}  # type: ignore[arg-type]
