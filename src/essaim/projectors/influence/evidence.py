"""What stands behind a role or a score: counts over public posts, and over what members did since they said yes.

Readings and brands are drawn by others; where they are not installed, nothing is said about favour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection

from essaim.listening.law.aggregates import FEWEST
from essaim.projectors.influence.domain import FEW_POSTS

Rows = list[tuple[Any, ...]]
KEPT = 5


def has_readings() -> bool:
    return apps.is_installed("essaim.listening.reading")


def _own_brand() -> bool:
    """Is there a brand of the house's own to be favourable to?"""
    if not apps.is_installed("essaim.listening.desk"):
        return False
    return bool(apps.get_model("listening_desk", "Brand").objects.filter(own=True).exists())


def _table(app: str, model: str) -> str:
    return str(apps.get_model(app, model)._meta.db_table)


def _rows(statement: str, *given: Any) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


@dataclass
class Favour:
    """Posts of one voice that take sides. About the house's own brand when it has named one, else about anything."""

    positive: int = 0
    negative: int = 0
    n: int = 0
    praise: list[int] = field(default_factory=list)
    blame: list[int] = field(default_factory=list)


def read_what_waits() -> None:
    """What came in since the readers last looked is read now, so that nothing of it is missing in what is told; and
    where no topic was ever found, topics are looked for."""
    if not has_readings():
        return
    from essaim.listening.reading import read, topics

    read.read_waiting()
    if not apps.get_model("reading", "Topic").objects.exists():
        topics.find_topics()


def favours(voices: Sequence[int]) -> dict[int, Favour]:
    """Of these voices, and of all that take sides often enough for a role. Empty where nothing is read."""
    if not has_readings():
        return {}
    about = ""
    if _own_brand():
        about = (
            f" AND EXISTS (SELECT 1 FROM {_table('listening_desk', 'BrandMention')} b"
            f" JOIN {_table('listening_desk', 'Brand')} o ON o.id = b.brand_id AND o.own WHERE b.mention_id = m.id)"
        )
    newest = "(array_agg(m.id ORDER BY m.published_at DESC) FILTER (WHERE r.polarity = {}))[1:5]"
    rows = _rows(
        "SELECT m.voice_id, count(*) FILTER (WHERE r.polarity = 1), count(*) FILTER (WHERE r.polarity = -1),"
        f" count(*), {newest.format(1)}, {newest.format(-1)}"
        f" FROM listening_mention m JOIN {_table('reading', 'Reading')} r ON r.mention_id = m.id"
        f" WHERE m.voice_id IS NOT NULL AND m.gone_at IS NULL{about} GROUP BY m.voice_id"
        f" HAVING count(*) FILTER (WHERE r.polarity <> 0) >= {FEW_POSTS} OR m.voice_id = ANY(%s)",
        list(voices),
    )
    return {row[0]: Favour(row[1], row[2], row[3], row[4] or [], row[5] or []) for row in rows}


@dataclass(frozen=True)
class Expertise:
    """What somebody is answered on most: by how many people, how often, and the newest posts answered."""

    topic: str
    answers: int
    people: int
    posts: tuple[int, ...] = ()


def expertises(voices: Sequence[int]) -> dict[int, list[Expertise]]:
    """Of these voices and of members, by node: up to three topics, those most people answer on first."""
    found: dict[int, list[Expertise]] = {}
    for node, topic, answers, people, posts in (*_of_voices(voices), *_of_members()):
        kept = found.setdefault(node, [])
        if len(kept) < 3:
            kept.append(Expertise(str(topic), answers, people, tuple(posts or ())))
    return found


def _topic(mention: str) -> tuple[str, str]:
    """The SQL of a mention's topic, and the joins it needs: as read, else the first of its own tags."""
    if not has_readings():
        return f"{mention}.tags[1]", ""
    joins = (
        f" LEFT JOIN {_table('reading', 'Reading')} r ON r.mention_id = {mention}.id"
        f" LEFT JOIN {_table('reading', 'Topic')} t ON t.id = r.topic_id"
    )
    return f"coalesce(t.name, {mention}.tags[1])", joins


def _of_voices(voices: Sequence[int]) -> Rows:
    topic, joins = _topic("p")
    return _rows(
        f"SELECT -p.voice_id, {topic}, count(*), count(DISTINCT c.voice_id),"
        " (array_agg(p.id ORDER BY c.published_at DESC))[1:5]"
        f" FROM listening_mention c JOIN listening_mention p ON p.id = c.parent_id{joins}"
        " WHERE c.tie IN ('reply', 'quote') AND c.voice_id <> p.voice_id AND c.gone_at IS NULL AND p.gone_at IS NULL"
        f" AND p.voice_id = ANY(%s) AND {topic} IS NOT NULL GROUP BY 1, 2 ORDER BY 4 DESC, 3 DESC, 2",
        list(voices),
    )


def _of_members() -> Rows:
    return _rows(
        "SELECT a.target_id, i.title, count(*), count(DISTINCT a.actor_id), NULL"
        " FROM activity_activity a JOIN initiatives_initiative i ON i.id = a.initiative_id"
        " JOIN influence_consenting s ON s.member_id = a.actor_id"
        " JOIN influence_consenting t ON t.member_id = a.target_id"
        " WHERE a.verb = 'Create' AND a.weight > 0 AND a.at >= s.since AND a.at >= t.since"
        " GROUP BY 1, 2 ORDER BY 4 DESC, 3 DESC, 2"
    )


@dataclass(frozen=True)
class Deeds:
    """What a member did since he said yes: answers to others, those he was thanked for, acts and their warmth."""

    answers: int = 0
    helpful: int = 0
    acts: int = 0
    love: float = 0.0


def deeds(now: datetime) -> dict[int, Deeds]:
    """By consenting member. Love: each act's weight × 0.9 per month that has passed."""
    answered = _rows(
        "SELECT c.author_id, count(*), count(*) FILTER (WHERE EXISTS (SELECT 1 FROM initiatives_reaction r"
        " WHERE r.contribution_id = c.id AND r.member_id <> c.author_id))"
        " FROM initiatives_contribution c JOIN initiatives_comment k ON k.contribution_ptr_id = c.id"
        " JOIN initiatives_contribution about ON about.id = k.about_id"
        " JOIN influence_consenting s ON s.member_id = c.author_id"
        " WHERE c.state = 'published' AND about.author_id <> c.author_id AND c.created_at >= s.since GROUP BY 1"
    )
    acted = _rows(
        "SELECT a.actor_id, count(*), sum(a.weight * power(0.9::float8,"
        " greatest(extract(epoch FROM %s - a.at)::float8 / (30.44 * 86400), 0)))"
        " FROM activity_activity a JOIN influence_consenting s ON s.member_id = a.actor_id"
        " WHERE a.weight > 0 AND a.at >= s.since AND a.at <= %s GROUP BY 1",
        now,
        now,
    )
    helped = {member: (answers, helpful) for member, answers, helpful in answered}
    warm = {member: (acts, float(love)) for member, acts, love in acted}
    return {member: Deeds(*helped.get(member, (0, 0)), *warm.get(member, (0, 0.0))) for member in {*helped, *warm}}


def newest_posts(voices: Sequence[int]) -> dict[int, list[int]]:
    """The newest mentions of each voice."""
    rows = _rows(
        "SELECT v, (SELECT array_agg(id) FROM (SELECT id FROM listening_mention m WHERE m.voice_id = v"
        " AND m.gone_at IS NULL ORDER BY published_at DESC LIMIT %s) newest) FROM unnest(%s::bigint[]) v",
        KEPT,
        list(voices),
    )
    return {voice: posts or [] for voice, posts in rows}


def describe_circles(run_id: int) -> None:
    """Topics and mood of every circle of a run, over the public posts of its voices; of five people and more only."""
    topic, joins = _topic("m")
    _execute(
        f"WITH said AS (SELECT s.circle_id, {topic} AS topic, count(DISTINCT s.node) AS people, count(*) AS posts"
        " FROM influence_seat s JOIN influence_circle c ON c.id = s.circle_id AND c.run_id = %(run)s"
        f" JOIN listening_mention m ON m.voice_id = -s.node AND m.gone_at IS NULL{joins}"
        f" WHERE s.node < 0 AND {topic} IS NOT NULL GROUP BY 1, 2),"
        " ranked AS (SELECT *, row_number() OVER (PARTITION BY circle_id ORDER BY people DESC, posts DESC, topic)"
        " AS rank FROM said)"
        " UPDATE influence_circle c SET topics = found.topics FROM (SELECT circle_id,"
        " jsonb_agg(jsonb_build_object('topic', topic, 'people', people, 'posts', posts) ORDER BY rank) AS topics"
        " FROM ranked WHERE rank <= 3 GROUP BY 1) found WHERE found.circle_id = c.id",
        run_id,
    )
    if has_readings():
        _execute(
            "UPDATE influence_circle c SET mood = found.mood FROM (SELECT s.circle_id, jsonb_build_object("
            "'positive', count(*) FILTER (WHERE r.polarity = 1), 'negative', count(*) FILTER (WHERE r.polarity = -1),"
            " 'n', count(*), 'people', count(DISTINCT s.node)) AS mood"
            " FROM influence_seat s JOIN influence_circle c ON c.id = s.circle_id AND c.run_id = %(run)s"
            " JOIN listening_mention m ON m.voice_id = -s.node AND m.gone_at IS NULL"
            f" JOIN {_table('reading', 'Reading')} r ON r.mention_id = m.id"
            f" WHERE s.node < 0 GROUP BY 1 HAVING count(DISTINCT s.node) >= {FEWEST}) found"
            " WHERE found.circle_id = c.id",
            run_id,
        )
    _execute(
        "UPDATE influence_circle c SET topics = found.topics FROM (SELECT circle_id, jsonb_agg(jsonb_build_object("
        "'topic', title, 'people', people, 'posts', acts) ORDER BY rank) AS topics FROM (SELECT s.circle_id, i.title,"
        " count(DISTINCT s.node) AS people, count(*) AS acts, row_number() OVER (PARTITION BY s.circle_id"
        " ORDER BY count(DISTINCT s.node) DESC, count(*) DESC, i.title) AS rank"
        " FROM influence_seat s JOIN influence_circle k ON k.id = s.circle_id AND k.run_id = %(run)s"
        " JOIN influence_consenting y ON y.member_id = s.node"
        " JOIN activity_activity a ON a.actor_id = s.node AND a.at >= y.since AND a.weight > 0"
        " JOIN initiatives_initiative i ON i.id = a.initiative_id GROUP BY 1, 2) t WHERE rank <= 3 GROUP BY 1) found"
        " WHERE found.circle_id = c.id AND c.topics = '[]'",
        run_id,
    )


def _execute(statement: str, run_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"run": run_id})
