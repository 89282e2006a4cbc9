"""Voting: one click, undone by the next; without a reload where there is a script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from essaim.initiatives.typed import ask_to_sign_in
from essaim.kit import clock
from essaim.kit.dates import when
from essaim.kit.errors import Refusal
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.domain.rules import Ballot
from essaim.mechanisms.contest.models import Idea
from essaim.mechanisms.contest.views.listing import cards
from essaim.mechanisms.contest.views.sheet import Sheet, sheet_of
from essaim.mechanisms.contest.views.submit import named, published

STANCES = {"agree": 1, "disagree": -1, "pass": 0}


@require_POST
def vote(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    sheet = sheet_of(request, slug)
    idea = named(sheet, number)
    if sheet.viewer is None:
        return ask_to_sign_in(request, idea.get_absolute_url())
    refusal = None
    try:
        _cast(request, sheet, idea)
    except Refusal as told:
        refusal = told
    if request.htmx:  # type: ignore[attr-defined]
        return _fragment(request, sheet, number, refusal)
    if refusal is not None:
        messages.error(request, str(refusal))
    return redirect(sheet.contest if request.POST.get("back") == "list" else idea)


def _cast(request: HttpRequest, sheet: Sheet, idea: Idea) -> None:
    """The answer given; the same answer again takes it back."""
    voter = sheet.viewer
    assert voter is not None
    stance = request.POST.get("stance", "")
    value = STANCES.get(stance, 1)
    taken_back = request.POST.get("vote") == "no"
    if stance:
        taken_back = queries.vote_of(voter, idea) == value
    if taken_back:
        actions.withdraw_vote(idea=idea, voter=voter)
    else:
        actions.cast_vote(idea=idea, voter=voter, value=value)


def _fragment(request: HttpRequest, sheet: Sheet, number: int, refusal: Refusal | None) -> HttpResponse:
    idea = published(sheet, number)
    if request.POST.get("back") == "list":
        card = cards(sheet, [idea.pk])[0]
        context = {"sheet": sheet, "card": card, "refusal": refusal}
        return render(request, "contest/contest.html#card_vote", context)
    context = {"sheet": sheet, "idea": idea, "ballot": ballot_state(sheet, idea, refusal)}
    return render(request, "contest/idea.html#vote", context)


def ballot_state(sheet: Sheet, idea: Idea, refusal: Refusal | None = None) -> dict[str, Any]:
    """What the vote control shows of this idea to this viewer."""
    ballot = queries.ballot_of(sheet.contest, sheet.viewer)
    mine = ballot.get(idea.pk)
    favour = None if sheet.counts_hidden else queries.favour(idea)
    opinion = sheet.rules.ballot is Ballot.OPINION
    stance = next((name for name, value in STANCES.items() if value == mine), "") if mine is not None else ""
    left = queries.votes_left(sheet.contest, sheet.viewer) if sheet.viewer and sheet.may_vote else None
    return {
        "count": None if favour is None else favour.agree,
        "against": favour.disagree if favour is not None and opinion else None,
        "mine": stance if opinion else mine == 1,
        "left": left,
        "stances": opinion,
        "hidden": sheet.counts_hidden,
        "closed": closed_because(sheet, idea),
        "refusal": refusal,
        "voted": mine is not None,
    }


def closed_because(sheet: Sheet, idea: Idea) -> str:
    """Why one cannot vote on this idea now; empty when one can."""
    if sheet.contest.halted_at is not None:
        return _("The contest is halted; nothing is lost, voting goes on when it resumes.")
    if not idea.is_votable:
        return _("This idea no longer takes votes.")
    if sheet.may_vote:
        return _("One does not vote on one's own idea.") if _is_own(sheet, idea) else ""
    coming = [phase for phase in sheet.phases if phase.kind in queries.VOTING and phase.starts_at > clock.now()]
    if coming:
        return _("Voting opens on %(day)s.") % {"day": when(coming[0].starts_at)}
    past = [phase.ends_at for phase in sheet.phases if phase.kind in queries.VOTING]
    return (
        _("Voting closed on %(day)s.") % {"day": when(max(past), hour=False)} if past else _("There is no vote here.")
    )


def _is_own(sheet: Sheet, idea: Idea) -> bool:
    viewer = sheet.viewer
    return viewer is not None and any(row.member_id == viewer.pk for row in idea.authorships.all())


@require_GET
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """What the voter notes to find his ballot again in the published count."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    ballot = queries.ballot_of(sheet.contest, sheet.viewer)
    ideas = Idea.objects.filter(pk__in=ballot).select_related("contest").order_by("number")
    context = {
        "sheet": sheet,
        "receipt": queries.receipt_of(sheet.contest, sheet.viewer),
        "lines": [{"idea": idea, "value": ballot[idea.pk]} for idea in ideas],
    }
    return render(request, "contest/receipt.html", context)
