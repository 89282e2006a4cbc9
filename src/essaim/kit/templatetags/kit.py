"""The tags of the design system. Components that compute are tags; components that wrap are classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeData, SafeString

from essaim.kit import comb as combs
from essaim.kit import dates, slots, text
from essaim.kit import markdown as markdowns
from essaim.kit import money as moneys
from essaim.kit.languages import language_name

register = template.Library()


# Drawings depend on their arguments alone, and a page holds hundreds: each process draws each once. What is kept is
# found by plain words: a SafeString equals the same words unescaped.
KEPT = 2_000


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of the sprite; silent for screen readers unless it has a label."""
    return _icon(f"{name}", f"{label}")


@lru_cache(maxsize=KEPT)
def _icon(name: str, label: str) -> SafeString:
    address = f"{static('kit/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def money(amount: int, unit: str = "EUR", *, whole: bool = False, sign: bool = False) -> SafeString:
    """An amount of minor units with its unit; `whole` drops decimals that are zero."""
    language = translation.get_language() or "fr"
    words = (
        moneys.format_whole(amount, unit, language)
        if whole
        else moneys.format_amount(amount, unit, language, sign=sign)
    )
    return format_html('<data class="money" value="{}">{}</data>', amount, words)


@register.simple_tag
def number(value: int | float | Decimal, digits: int = 0) -> SafeString:
    """A number as the reader's language groups it."""
    return format_html('<span class="number">{}</span>', written(value, digits))


def written(value: int | float | Decimal, digits: int = 0) -> str:
    language = translation.get_language() or "fr"
    whole, _, fraction = f"{abs(value):.{digits}f}".partition(".")
    figures = moneys.group(whole, language)
    if fraction:
        figures += ("," if language.startswith("fr") else ".") + fraction
    return (moneys.MINUS if value < 0 else "") + figures


@register.simple_tag
def percent(share: float, digits: int = 0) -> str:
    """`0.5` is `50 %` in French and `50%` in English."""
    space = moneys.NARROW_NO_BREAK if (translation.get_language() or "fr").startswith("fr") else ""
    return f"{written(share * 100, digits)}{space}%"


def _time(moment: datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), dates.when(moment), words)


@register.filter
def amount(minor: int, unit: str) -> str:
    """Money as plain text, for a field to be filled in with."""
    return moneys.format_amount(minor, unit)


@register.filter
def language(code: str) -> str:
    """The name of a language, in the reader's own."""
    return language_name(code)


@register.simple_tag
def ago(moment: datetime | None) -> SafeString | str:
    """How long since, or until."""
    return _time(moment, dates.ago(moment)) if moment else ""


@register.simple_tag
def when(moment: datetime | None, hour: bool = True) -> SafeString | str:
    """The date, with the hour unless `hour=False`."""
    return _time(moment, dates.when(moment, hour=hour)) if moment else ""


@register.simple_tag
def remaining(end: datetime | None) -> SafeString | str:
    """The time left before `end`."""
    return _time(end, dates.remaining(end)) if end else ""


@register.simple_tag
@lru_cache(maxsize=KEPT)
def comb(slug: str, size: str = "") -> SafeString:
    """The mark of a community; `size="large"` for the head of its page."""
    cells = format_html_join("", '<polygon class="c{1}" points="{0}"/>', combs.cells(slug))
    return format_html('<svg class="comb {}" viewBox="4 4 92 92" aria-hidden="true">{}</svg>', size, cells)


@register.simple_tag
@lru_cache(maxsize=20)
def swarm(seed: str) -> SafeString:
    """The ornament of a home page, always the same for the same text; one on a page, at most."""
    cells = format_html_join("", '<polygon class="c{1}" points="{0}"/>', combs.swarm(seed))
    return format_html('<svg class="swarm" viewBox="-12 -12 424 424" aria-hidden="true">{}</svg>', cells)


@register.simple_tag
def cell(fraction: float = 0.0, label: object = "", full: bool = False) -> SafeString:
    """One cell of the comb, filled from below; `label` is written inside, a tick once it is full."""
    return _cell(float(fraction), f"{label}", full)


@lru_cache(maxsize=KEPT)
def _cell(fraction: float, label: str, full: bool) -> SafeString:
    level = 1.0 if full else min(max(fraction, 0.0), 1.0)
    shell = combs.hexagon(24, 24, 22)
    top = round(46 - 44 * level, 1)
    honey = format_html(
        '<svg x="0" y="{0}" width="48" height="{1}" viewBox="0 {0} 48 {1}">'
        '<polygon class="honey" points="{2}"/></svg>', top, round(46 - top, 1), combs.hexagon(24, 24, 19),
    ) if level else ""  # fmt: skip
    inside = (
        SafeString('<path class="check" d="M16 25l6 6 11-13"/>')
        if full
        else format_html('<text x="24" y="28">{}</text>', label)
    )
    return format_html(
        '<svg class="cell{}" viewBox="0 0 48 48" aria-hidden="true">'
        '<polygon class="shell" points="{}"/>{}{}</svg>', " filled" if full else "", shell, honey, inside,
    )  # fmt: skip


@register.simple_tag
def avatar(person: Any, size: str = "") -> SafeString:
    """The picture of a person, or two letters; decorative, the name stands beside."""
    return _avatar(f"{_name(person)}", f"{_get(person, 'avatar_url')}", f"{size}")


@lru_cache(maxsize=KEPT)
def _avatar(name: str, picture: str, size: str) -> SafeString:
    if picture:
        return format_html('<img class="avatar {}" src="{}" alt="" loading="lazy">', size, picture)
    return format_html(
        '<span class="avatar {} tint-{}" aria-hidden="true">{}</span>', size, combs.tint(name),
        text.initials(name),
    )  # fmt: skip


def _get(thing: Any, name: str) -> Any:
    """An attribute or an item, called when it can be; empty when absent."""
    value = thing.get(name, "") if isinstance(thing, Mapping) else getattr(thing, name, "")
    return value() if callable(value) else value


def _name(person: Any) -> str:
    return str(_get(person, "display_name") or _get(person, "handle") or person)


@register.simple_tag
def person(person: Any, role: str = "", size: str = "", picture: bool = True) -> SafeString:
    """Face and name, linked to the profile when there is one."""
    face = avatar(person, size) if picture else ""
    url = str(_get(person, "get_absolute_url"))
    return _drawn("kit/person.html", face=face, name=_name(person), url=url, role=role)


def _drawn(template: str, **given: Any) -> SafeString:
    """A small template that depends on these plain values and the language, drawn once by each process."""
    key = tuple((name, str(value), isinstance(value, SafeData)) for name, value in given.items())
    return _kept_drawing(template, translation.get_language() or "", key)


@lru_cache(maxsize=KEPT)
def _kept_drawing(template: str, language: str, key: tuple[tuple[str, str, bool], ...]) -> SafeString:
    values = {name: SafeString(value) if is_safe else f"{value}" for name, value, is_safe in key}
    return render_to_string(template, values)


@register.simple_tag(name="markdown")
def markdown_tag(source: str, pictures: Iterable[markdowns.Shown] = ()) -> SafeString:
    """What a member wrote, safe; wrap it in `.prose`."""
    return markdowns.render(source or "", tuple(pictures))


@register.inclusion_tag("kit/ladder.html")
def ladder(rungs: list[Any], level: int = 3) -> dict[str, Any]:
    """What each rung asks and pays, and which are reached. `level` is the heading level of the names."""
    return {"rungs": rungs, "level": level}


@register.simple_tag
def rungs(rungs: list[Any]) -> SafeString:
    """The same ladder in a line, for cards."""
    reached = [rung for rung in rungs if _get(rung, "state") == "reached"]
    drawn = [cell(full=True) if rung in reached else cell(_get(rung, "fraction") or 0.0) for rung in rungs]
    last = _get(reached[-1], "name") if reached else ""
    cells = SafeString("".join(drawn))
    return _drawn("kit/rungs.html", cells=cells, reached=len(reached), total=len(rungs), last=last)


@register.inclusion_tag("kit/jar.html")
def jar(amount: int, goal: int, unit: str = "EUR", floor: int = 0) -> dict[str, Any]:
    """The gauge of a fund: what came in of what is asked; `floor` draws the least that is needed."""
    share = min(amount / goal, 1.0) if goal > 0 else 0.0
    inside = 84.0
    return {
        "amount": amount, "goal": goal, "unit": unit, "share": amount / goal if goal else 0.0, "floor": floor,
        "height": round(inside * share, 1), "top": round(106 - inside * share, 1),
        "mark": round(106 - inside * min(floor / goal, 1.0), 1) if floor and goal else None,
    }  # fmt: skip


@register.inclusion_tag("kit/progress.html")
def progress(value: int, most: int, label: str, detail: str = "") -> dict[str, Any]:
    """A bar with its figures in words."""
    return {"value": min(value, most), "real": value, "most": most, "label": label, "detail": detail}


@register.inclusion_tag("kit/vote.html", takes_context=True)
def vote(context: Mapping[str, Any], url: str, **state: Any) -> dict[str, Any]:
    """One's vote on one thing. See README for what it takes."""
    return {"request": context.get("request"), "csrf_token": context.get("csrf_token"), "url": url, **state}


@register.inclusion_tag("kit/timeline.html")
def timeline(events: list[Any]) -> dict[str, Any]:
    """What happened and what comes, dated."""
    return {"events": events}


@register.inclusion_tag("kit/steps.html")
def steps(names: list[str], current: int) -> dict[str, Any]:
    """Where one is in a short sequence; `current` counts from 1."""
    return {"steps": [(index < current, index == current, name) for index, name in enumerate(names, 1)]}


@register.inclusion_tag("kit/breadcrumb.html")
def breadcrumb(*trail: Any) -> dict[str, Any]:
    """Pairs of label and address: `{% breadcrumb "Home" "/" community.name community.url "Ideas" %}`."""
    pairs = [(trail[i], trail[i + 1] if i + 1 < len(trail) else "") for i in range(0, len(trail), 2)]
    return {"crumbs": pairs}


@register.inclusion_tag("kit/tabs.html")
def tabs(tabs: list[Any], label: str) -> dict[str, Any]:
    """Pages side by side; each tab has label, url, current and perhaps count."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("kit/pagination.html", takes_context=True)
def pagination(context: Mapping[str, Any], page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Earlier and later; the rest of the query string stays."""
    return {
        "page": page,
        "previous": _turned(context, name, page.number - 1) if page.has_previous() else "",
        "next": _turned(context, name, page.number + 1) if page.has_next() else "",
    }


def _turned(context: Mapping[str, Any], name: str, number: int) -> str:
    query = context["request"].GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("kit/stat.html")
def stat(value: Any, label: str, low: Any = None, high: Any = None, note: str = "") -> dict[str, Any]:
    """A figure with what it counts; `low` and `high` are its interval, said in words."""
    shown = written(value) if isinstance(value, int | float | Decimal) else value
    between = None if low is None or high is None else (written(low), written(high))
    return {"value": shown, "label": label, "between": between, "note": note}


@register.inclusion_tag("kit/state.html")
def state(
    title: str, body: str = "", action: str = "", url: str = "", picture: str = "cell", level: int = 2
) -> dict[str, Any]:
    """Nothing here, not yet, no longer, not for you; always with the next step."""
    return {"title": title, "body": body, "action": action, "url": url, "picture": picture, "level": level}


@register.inclusion_tag("kit/rail.html", takes_context=True)
def rail(context: Mapping[str, Any], *wings: str) -> dict[str, Any]:
    """The studio's left side: the links added to `studio:top`, then those to `studio:<wing>`, wing by wing."""
    request: HttpRequest = context["request"]
    names = dict(slots.WINGS)
    top = [] if wings else [("", slots.links("studio:top", request))]
    sections = [(names[wing], slots.links(f"studio:{wing}", request)) for wing in wings or names]
    urls = [link.url for _name, links in sections for link in links]
    current = max((url for url in urls if within(request.path, url)), key=len, default="")
    shown = [section for section in (*top, *sections) if section[1]]
    here = [link.label for _name, links in shown for link in links if link.url in (request.path, current)]
    return {"sections": shown, "path": request.path, "current": current, "here": here[-1] if here else ""}


@register.simple_tag(takes_context=True)
def slot(context: Mapping[str, Any], name: str) -> SafeString:
    """What the folders above put here."""
    request = context.get("request")
    return slots.rendered(name, request) if request else SafeString("")


@register.simple_tag(takes_context=True)
def menu(context: Mapping[str, Any], place: str) -> list[slots.Link]:
    """The links of a menu, for `{% menu "nav" as links %}`."""
    request = context.get("request")
    return slots.links(place, request) if request else []


@register.filter
def within(path: str, url: str) -> bool:
    """Whether a page lies under a link's address."""
    return path == url or (url != "/" and path.startswith(url))
