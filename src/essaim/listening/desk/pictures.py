"""The pictures: each is a table first; a chart draws what the table says, and every figure leads to its mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from essaim.kit.languages import language_name
from essaim.listening.desk import domain
from essaim.listening.desk.models import Brand, Burst, Sum
from essaim.listening.desk.queries import pictures as sums
from essaim.listening.desk.queries.pictures import Cell, Period
from essaim.listening.desk.queries.shares import Stretch, stretches
from essaim.listening.desk.skill import how_right, skill_for
from essaim.listening.law.aggregates import FEWEST
from essaim.listening.models import Source
from essaim.listening.reading.models import Kind, Reader, Topic

Dimension = Sum.Dimension
TOPICS_DRAWN = 6
ROWS_SHOWN = 15


@dataclass(frozen=True)
class Row:
    """One line of a table: what, how much, of how many, how sure, and the mentions behind."""

    label: str
    url: str = ""
    mentions: int | None = None
    share: domain.Share | None = None
    mood: domain.Mood | None = None
    change: domain.Difference | None = None
    note: str = ""

    @property
    def is_told(self) -> bool:
        return self.mentions is not None or self.share is not None


@dataclass(frozen=True)
class Picture:
    """A titled table, its chart, how it was computed, and how many lines are not told for want of people.

    `counts` names what a line counts: `mentions`, `people` or `mood`.
    """

    slug: str
    title: str
    method: str
    rows: Sequence[Row]
    chart: Mapping[str, Any] | None = None
    untold: int = 0
    counts: str = "mentions"
    notes: Sequence[str] = field(default=())

    @property
    def changes(self) -> bool:
        return any(row.change is not None for row in self.rows)

    @property
    def shares(self) -> bool:
        return any(row.share is not None for row in self.rows)

    @property
    def moods(self) -> bool:
        return any(row.mood is not None for row in self.rows)


@dataclass(frozen=True)
class Asked:
    """What the pictures are of: a brand (None: all that is heard), a period, and the one it is compared with."""

    brand: Brand | None
    period: Period
    versus: Period | None = None

    def inbox(self, period: Period | None = None, brand: Brand | None = None, **filters: object) -> str:
        """The inbox with exactly the mentions of a figure."""
        days, whose = period or self.period, brand or self.brand
        wanted = {"state": "all", "brand": whose and whose.pk, "since": days.since, "until": days.until, **filters}
        given = {name: value for name, value in wanted.items() if value not in ("", None)}
        return f"{reverse('listening_desk:inbox')}?{urlencode(given)}"


def all_pictures(asked: Asked) -> list[Picture]:
    """In the order they are shown."""
    made = [volume(asked), *voices(asked), moods(asked), mood_over_time(asked), topics_over_time(asked)]
    made += [by(asked, dimension) for dimension in TITLES]
    return [one for one in made if one.rows]


def told_day(bucket: date, grain: str) -> str:
    if grain == "month":
        return date_format(bucket, "YEAR_MONTH_FORMAT")
    told = date_format(bucket, "SHORT_DATE_FORMAT")
    return _("week of %(day)s") % {"day": told} if grain == "week" else told


def volume(asked: Asked) -> Picture:
    """Mentions step by step, with the bursts among them."""
    found = dict(sums.over_time(asked.brand, Dimension.ALL, asked.period))
    grain, rows, values = asked.period.grain, [], []
    for bucket in asked.period.buckets():
        cell = found.get(bucket)
        told = cell.mentions if cell is not None and cell.is_told else 0 if cell is None else None
        url = asked.inbox(asked.period.within(bucket)) if told else ""
        rows.append(Row(told_day(bucket, grain), url, told))
        values.append(told)
    bursts = list(sums.bursts(asked.brand, asked.period))
    chart = {
        "kind": "line",
        "x": [row.label for row in rows],
        "urls": [row.url for row in rows],
        "series": [{"name": _("mentions"), "data": values}],
        "marks": [
            {"at": told_day(asked.period.bucket(one.day), grain), "label": date_format(one.day, "SHORT_DATE_FORMAT")}
            for one in bursts
        ],
    }
    notes = [_told_burst(one) for one in bursts]
    method = _(
        "Posts, replies and quotes, without likes and reposts. A burst is a day whose robust z-score, on square roots"
        " and against the median of the 56 days before, is 4 or more."
    )
    untold = sum(row.mentions is None for row in rows)
    return Picture("volume", _("How much was said"), method, rows, chart, untold, notes=notes)


def _told_burst(burst: Burst) -> str:
    figures = {"n": burst.mentions, "expected": round(burst.expected), "score": number_format(burst.score, 1)}
    told = _("Burst on %(day)s: %(n)d mentions where about %(expected)d were expected (score %(score)s).")
    return told % {"day": date_format(burst.day), **figures}


def voices(asked: Asked) -> list[Picture]:
    """Share of voice: a table for each panel, and a series that breaks where one ends."""
    found = stretches(asked.period.wider())
    method = _(
        "Of all people who named a brand of the panel in its sources, the part who named this one. People, not posts:"
        " who names two counts for both. Intervals at 95 percent, after Wilson."
    )
    return [
        Picture(
            f"voice-{stretch.panel.pk}",
            _("Share of voice"),
            method,
            _shares_of(asked, stretch),
            _voice_chart(stretch, last=place == len(found) - 1),
            untold=sum(one.share is None for one in stretch.shares),
            counts="people",
            notes=_panel_notes(stretch, broken=len(found) > 1),
        )
        for place, stretch in enumerate(found)
    ]


def _shares_of(asked: Asked, stretch: Stretch) -> list[Row]:
    return [
        Row(one.brand.name, asked.inbox(stretch.period, one.brand), None, one.share, note=_whose(one.brand))
        for one in stretch.shares
    ]


def _whose(brand: Brand) -> str:
    return _("our own") if brand.own else _("rival")


def _panel_notes(stretch: Stretch, *, broken: bool) -> list[str]:
    told = _("Panel of %(sources)d sources, from %(since)s to %(until)s: %(people)d people.") % {
        "sources": len(stretch.panel.sources),
        "since": date_format(stretch.period.since),
        "until": date_format(stretch.period.until),
        "people": stretch.people,
    }
    if not broken:
        return [told]
    return [told, _("Another panel was in force in this period: its figures are not compared with these.")]


def _voice_chart(stretch: Stretch, *, last: bool) -> dict[str, Any]:
    grain = stretch.period.grain
    lines = [
        {
            "name": one.brand.name,
            "own": one.brand.own,
            "data": [_part(shares, place, "share") for _day, _n, shares in stretch.steps],
            "low": [_part(shares, place, "low") for _day, _n, shares in stretch.steps],
            "high": [_part(shares, place, "high") for _day, _n, shares in stretch.steps],
        }
        for place, one in enumerate(stretch.shares)
    ]
    labels = [told_day(day, grain) for day, _n, _shares in stretch.steps]
    return {"kind": "line", "unit": "%", "x": labels, "series": lines, "urls": []}


def _part(shares: Sequence[Any], place: int, name: str) -> float | None:
    share = shares[place].share
    return None if share is None else round(100 * getattr(share, name), 1)


def moods(asked: Asked) -> Picture:
    """Net sentiment of each brand followed over the period."""
    followed: list[Brand | None] = list(Brand.objects.filter(retired_at=None))
    rows, untold = [], 0
    for brand in followed or [None]:
        cell = sums.total(brand, asked.period)
        found = sums.mood(cell, skill_for(brand, asked.period))
        untold += 0 < cell.people < FEWEST
        if found is not None and brand is not None:
            rows.append(Row(brand.name, asked.inbox(brand=brand), cell.mentions, mood=found, note=_whose(brand)))
        elif found is not None:
            rows.append(Row(_("all that is heard"), asked.inbox(), cell.mentions, mood=found))
    chart = {
        "kind": "mood",
        "x": [row.label for row in rows],
        "urls": [row.url for row in rows],
        "series": [{"name": _("net sentiment"), **_mood_line(row.mood for row in rows)}],
    }
    method = _(
        "(P − N) / (P + N) over the mentions read as favourable (P) or unfavourable (N): −100 all against, +100 all"
        " in favour. The neutral share stands beside. Corrected for the reader's own errors after Rogan and Gladen"
        " where they were measured (*). Intervals at 95 percent."
    )
    notes = how_right(Reader.Task.POLARITY)
    return Picture("mood", _("Net sentiment"), method, rows, chart, counts="mood", untold=untold, notes=notes)


def _mood_line(found: Iterable[domain.Mood | None]) -> dict[str, list[float | None]]:
    line: dict[str, list[float | None]] = {"data": [], "low": [], "high": []}
    for one in found:
        for name, part in (("data", "net"), ("low", "low"), ("high", "high")):
            line[name].append(None if one is None else round(100 * getattr(one, part), 1))
    return line


def mood_over_time(asked: Asked) -> Picture:
    skill, period = skill_for(asked.brand, asked.period), asked.period.wider()
    grain, rows = period.grain, []
    found = dict(sums.over_time(asked.brand, Dimension.ALL, period))
    for bucket in period.buckets():
        cell = found.get(bucket)
        mood = sums.mood(cell, skill) if cell is not None else None
        url = asked.inbox(period.within(bucket)) if mood else ""
        rows.append(Row(told_day(bucket, grain), url, cell.mentions if cell and mood else None, mood=mood))
    if not any(row.mood for row in rows):
        rows = []
    chart = {
        "kind": "line",
        "unit": "±",
        "x": [row.label for row in rows],
        "urls": [row.url for row in rows],
        "series": [{"name": _("net sentiment"), "own": True, **_mood_line(row.mood for row in rows)}],
    }
    method = _("As above, step by step; steps with fewer than five people are left out.")
    untold = sum(row.mood is None for row in rows)
    return Picture("mood-over-time", _("Net sentiment over time"), method, rows, chart, untold, counts="mood")


def topics_over_time(asked: Asked) -> Picture:
    """The largest topics step by step: drawn one on the other, told as one row each. In months where weeks leave out
    more than half, for want of people."""
    largest = [one for one in sums.cells(asked.brand, Dimension.TOPIC, asked.period) if one.value and one.is_told]
    largest = largest[:TOPICS_DRAWN]
    names, said = _names(Dimension.TOPIC, largest), sum(one.mentions for one in largest)
    period = asked.period.wider()
    steps = _topic_steps(asked.brand, period, largest)
    if 2 * _sum(steps) < said:
        period = replace(period, step="month")
        steps = _topic_steps(asked.brand, period, largest)
    chart = {
        "kind": "stack",
        "x": [told_day(bucket, period.grain) for bucket in period.buckets()],
        "urls": [],
        "series": [{"name": names[one.value], "data": step} for one, step in zip(largest, steps, strict=True)],
    }
    rows = [Row(names[one.value], asked.inbox(topic=one.value), one.mentions) for one in largest]
    method = _("The %(n)d topics most spoken of. Topics are groups of mentions that share their words.")
    notes = [_("Steps with fewer than five people are left out.")] if _sum(steps) < said else []
    return Picture(
        "topics-over-time", _("Topics over time"), method % {"n": len(rows)}, rows,
        chart if _sum(steps) else None, notes=notes,
    )  # fmt: skip


def _topic_steps(brand: Brand | None, period: Period, topics: Sequence[Cell]) -> list[list[int | None]]:
    values = [one.value for one in topics]
    found: dict[tuple[date, str], Cell] = {
        (day, cell.value): cell for day, cell in sums.over_time(brand, Dimension.TOPIC, period, values)
    }
    return [[_told(found.get((bucket, value))) for bucket in period.buckets()] for value in values]


def _sum(steps: Iterable[Iterable[int | None]]) -> int:
    return sum(told or 0 for step in steps for told in step)


def _told(cell: Cell | None) -> int | None:
    return 0 if cell is None else cell.mentions if cell.is_told else None


TITLES: dict[str, Callable[[], str]] = {
    Dimension.KIND: lambda: _("What people did: opinions, experiences, suggestions, claims"),
    Dimension.TOPIC: lambda: _("Topics"),
    Dimension.ASPECT: lambda: _("Aspects of our products"),
    Dimension.PLATFORM: lambda: _("Platforms"),
    Dimension.LANGUAGE: lambda: _("Languages"),
    Dimension.SOURCE: lambda: _("Sources"),
}


def by(asked: Asked, dimension: str) -> Picture:
    """How the mentions divide, each part with its share, its mood and what changed."""
    found = sums.cells(asked.brand, dimension, asked.period)
    earlier = {one.value: one for one in sums.cells(asked.brand, dimension, asked.versus)} if asked.versus else {}
    n = sums.total(asked.brand, asked.period).mentions
    names, told = _names(dimension, found), [one for one in found if one.is_told and one.value]
    skill = skill_for(asked.brand, asked.period)
    rows = [
        Row(
            names[one.value],
            asked.inbox(**filters(dimension, one.value)),
            one.mentions,
            domain.share(one.mentions, n),
            sums.mood(one, skill),
            _changed(earlier.get(one.value), one, asked),
        )
        for one in told[:ROWS_SHOWN]
    ]
    chart = {
        "kind": "bars",
        "x": [row.label for row in rows],
        "urls": [row.url for row in rows],
        "series": [{"name": _("mentions"), "data": [row.mentions for row in rows]}],
    }
    method = _("Share of %(n)d mentions, with its interval at 95 percent.") % {"n": n}
    untold = sum(not one.is_told for one in found if one.value)
    return Picture(dimension, TITLES[dimension](), method, rows, chart, untold, notes=_how_read(dimension))


def _how_read(dimension: str) -> list[str]:
    """How far what divides the mentions can be trusted, where it was read in them."""
    if dimension == Dimension.KIND:
        return how_right(Reader.Task.KIND)
    if dimension == Dimension.ASPECT:
        return [_("Found by the words listed for each aspect; what is said in other words is not among them.")]
    return []


def filters(dimension: str, value: str) -> dict[str, Any]:
    """The inbox's own names are those of the dimensions."""
    return {str(dimension): value}


def _changed(before: Cell | None, now: Cell, asked: Asked) -> domain.Difference | None:
    if asked.versus is None or before is None or not before.is_told:
        return None
    days = {"days_before": asked.versus.days, "days_after": asked.period.days}
    return domain.change(before.mentions, now.mentions, **days)


def _names(dimension: str, found: Sequence[Cell]) -> dict[str, str]:
    """What each value is called."""
    values = [one.value for one in found]
    if dimension == Dimension.TOPIC:
        named = Topic.objects.in_bulk(int(value) for value in values if value)
        return {value: named[int(value)].name if value and int(value) in named else value for value in values}
    if dimension == Dimension.SOURCE:
        sources = Source.objects.in_bulk(int(value) for value in values if value)
        return {value: sources[int(value)].name if int(value) in sources else value for value in values}
    if dimension == Dimension.KIND:
        kinds = dict(Kind.choices)
        return {value: str(kinds.get(value, value)) for value in values}
    return {value: language_name(value) if dimension == Dimension.LANGUAGE else value for value in values}


def whole_change(asked: Asked, before: Cell | None, now: Cell) -> domain.Difference | None:
    """What changed in the whole volume from the other period to this one."""
    return _changed(before, now, asked) if now.is_told else None
