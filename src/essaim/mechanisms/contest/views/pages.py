"""Reading a contest: all of them, one with its ideas, its rules, its results, and how to count again."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from essaim.kit.passing import same_for_passers_by
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.domain import tallies
from essaim.mechanisms.contest.models import Funding, Idea, OfficialAnswer, RungReached, Voiding
from essaim.mechanisms.contest.views.listing import filters_of, orders_for, page_of_cards
from essaim.mechanisms.contest.views.sheet import Sheet, readable_contests, sheet_of, viewer_of


@require_GET
@same_for_passers_by
def index(request: HttpRequest) -> HttpResponse:
    """Open ones first, what is closed after."""
    contests = readable_contests(viewer_of(request)).filter(opened_at__isnull=False).prefetch_related("phases")
    sheets = [Sheet(contest, None) for contest in contests.order_by(F("opened_at").desc(), "-pk")[:100]]
    context = {
        "open_ones": [sheet for sheet in sheets if not sheet.is_closed],
        "closed_ones": [sheet for sheet in sheets if sheet.is_closed],
    }
    return render(request, "contest/index.html", context)


@require_GET
@same_for_passers_by
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """The contest: the brief beside the ladder, and its ideas."""
    sheet = sheet_of(request, slug)
    filters = filters_of(request, sheet)
    page, cards = page_of_cards(request, sheet, filters)
    context = {
        "sheet": sheet,
        "tabs": sheet.tabs("initiative"),
        "filters": filters,
        "orders": orders_for(sheet),
        "verdicts": OfficialAnswer.Verdict.choices,
        "page": page,
        "cards": cards,
        "total": page.paginator.count,
        **_standing(sheet),
    }
    asked_by: Any = request.htmx  # type: ignore[attr-defined]
    partial = asked_by and (asked_by.target or "").endswith("#ideas")  # htmx names the target with its tag
    return render(request, "contest/contest.html#ideas" if partial else "contest/contest.html", context)


def _standing(sheet: Sheet) -> dict[str, Any]:
    """What the viewer has left to do here."""
    viewer = sheet.viewer
    if viewer is None:
        return {"votes_left": None, "drafts": []}
    left = queries.votes_left(sheet.contest, viewer) if sheet.may_vote else None
    return {"votes_left": left, "drafts": list(queries.drafts(sheet.contest, viewer)[:5])}


@require_GET
@same_for_passers_by
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The frozen rules in plain words: calendar, ladder and its money, rights, votes; and every amendment."""
    sheet = sheet_of(request, slug)
    funded = list(Funding.objects.filter(contest=sheet.contest).select_related("funded_by").order_by("funded_at"))
    context = {
        "sheet": sheet,
        "tabs": sheet.tabs("rules"),
        "jury": queries.jury(sheet.contest),
        "amendments": sheet.contest.amendments.select_related("author").order_by("-version"),
        "funded": funded,
        "budget": [budget_line(sheet, unit, most) for unit, most in sheet.rules.budget.items()],
    }
    return render(request, "contest/rules.html", context)


def budget_line(sheet: Sheet, unit: str, most: int) -> dict[str, Any]:
    """What the rungs can cost, what they paid so far, and what is set aside now."""
    rows = RungReached.objects.filter(idea__contest=sheet.contest, unit=unit)
    paid = rows.aggregate(sum=Sum("amount"))["sum"] or 0
    return {"unit": unit, "most": most, "paid": paid, "held": queries.escrow(sheet.contest, unit)}


@require_GET
@same_for_passers_by
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """The count once it may be shown; before, why it may not."""
    sheet = sheet_of(request, slug)
    context = {"hidden": True, "ends": _voting_end(sheet)} if sheet.counts_hidden else _count(sheet)
    return render(request, "contest/results.html", {"sheet": sheet, "tabs": sheet.tabs("results"), **context})


def _voting_end(sheet: Sheet) -> Any:
    return max((phase.ends_at for phase in sheet.phases if phase.kind in queries.VOTING), default=None)


def _count(sheet: Sheet) -> dict[str, Any]:
    """The tally beside the ideas it is about, best first; the seal when it was published."""
    tally = queries.tally_of(sheet.contest)
    ideas = {idea.number: idea for idea in _counted(sheet, tally)}
    ranked = sorted(tally.ideas, key=lambda count: (-count.score, -count.agree, count.idea))
    lines = [
        {"idea": ideas[count.idea], "count": count, "wins": count.idea in tally.winners, **_figures(count)}
        for count in ranked
        if count.idea in ideas
    ]
    box = queries.box_of(sheet.contest)
    return {
        "lines": lines,
        "voters": len(tally.voters),
        "quorum_met": tally.quorum_met,
        "seal": box.seal or tallies.seal(tally),
        "sealed_at": box.sealed_at,
        "box": box,
        "rungs": _climbed(sheet),
        "voidings": Voiding.objects.filter(contest=sheet.contest).select_related("idea", "decided_by"),
    }


def _figures(count: tallies.IdeaCount) -> dict[str, float]:
    return {"score": float(count.score), "jury": float(count.jury)}


def _counted(sheet: Sheet, tally: tallies.Tally) -> Any:
    numbers = [count.idea for count in tally.ideas]
    return Idea.objects.filter(contest=sheet.contest, number__in=numbers).select_related("author", "contest")


def _climbed(sheet: Sheet) -> list[dict[str, Any]]:
    """Each rung with the ideas that stand on it, lowest first."""
    rows = RungReached.objects.filter(idea__contest=sheet.contest).select_related("idea__contest", "idea__author")
    found = list(rows)
    return [
        {"step": step, "rows": [row for row in found if row.rung == rung.slug]}
        for rung, step in zip(sheet.rules.rungs, sheet.ladder, strict=True)
    ]


@require_GET
@same_for_passers_by
def recount(request: HttpRequest, slug: str) -> HttpResponse:
    """How to count again: the file, the command, and what must come out."""
    sheet = sheet_of(request, slug)
    if sheet.counts_hidden:
        return render(request, "contest/recount.html", {"sheet": sheet, "hidden": True, "ends": _voting_end(sheet)})
    ballots = queries.published_ballots(sheet.contest)
    box = queries.box_of(sheet.contest)
    result = tallies.recount(ballots)
    context = {
        "sheet": sheet,
        "lines": len(ballots["votes"]),
        "ideas": len(ballots["ideas"]),
        "seal": box.seal or tallies.seal(result),
        "recounted": tallies.seal(result),
        "agrees": not box.seal or box.seal == tallies.seal(result),
    }
    return render(request, "contest/recount.html", context)


@require_GET
def ballots(request: HttpRequest, slug: str) -> HttpResponse:
    """The anonymised ballots, as the recount reads them."""
    sheet = sheet_of(request, slug)
    if sheet.counts_hidden:
        return render(request, "contest/recount.html", {"sheet": sheet, "hidden": True, "ends": _voting_end(sheet)})
    body = json.dumps(queries.published_ballots(sheet.contest), ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{sheet.contest.slug}-ballots.json"'
    return response
