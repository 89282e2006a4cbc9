"""An idea's page, its history, and its authors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essaim.initiatives import policy as kernel
from essaim.initiatives.typed import ask_to_sign_in
from essaim.kit.errors import Refusal
from essaim.kit.markdown import plain
from essaim.kit.passing import same_for_passers_by
from essaim.kit.text import excerpt
from essaim.mechanisms.contest import actions, policy, queries
from essaim.mechanisms.contest.forms.ideas import CoAuthorForm
from essaim.mechanisms.contest.models import CoAuthorOffer, Idea, PanelTest, RungReached
from essaim.mechanisms.contest.views.sheet import Sheet, idea_ladder, sheet_of
from essaim.mechanisms.contest.views.submit import published
from essaim.mechanisms.contest.views.votes import ballot_state
from essaim.products.models import Product


@require_GET
@same_for_passers_by
def idea(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Title, story, who, ladder with dates, vote, official answer set apart, comments, money with its books."""
    sheet = sheet_of(request, slug)
    shown = Idea.objects.filter(contest=sheet.contest, number=number, author=sheet.viewer, state=Idea.State.DRAFT)
    if sheet.viewer is not None and shown.exists():
        return redirect("contest:draft", slug=slug, number=number)
    row = published(sheet, number)
    if row.state in (Idea.State.HIDDEN, Idea.State.ERASED, Idea.State.WITHDRAWN):
        return render(request, "contest/gone.html", {"sheet": sheet, "idea": row}, status=410)
    return render(request, "contest/idea.html", {"sheet": sheet, "idea": row, **_shown(sheet, row)})


def _shown(sheet: Sheet, row: Idea) -> dict[str, Any]:
    ballot = ballot_state(sheet, row)
    answers = list(row.answers.all())
    return {
        "description": excerpt(plain(row.body), 200),
        "ladder": idea_ladder(sheet.rules, row.rungs.all(), ballot["count"], climbing=not sheet.is_closed),
        "ballot": ballot,
        "answer": answers[0] if answers else None,
        "earlier_answers": answers[1:],
        "merged": row.merged.select_related("author", "contest"),
        "earned": _earned(row),
        "product": Product.objects.filter(origin=row.contribution_ptr_id).first(),
        "revisions": row.revisions.count(),
        **_for_authors(sheet, row),
    }


def _earned(row: Idea) -> int:
    """What the rungs paid for the idea so far, in minor units."""
    return RungReached.objects.filter(idea=row).aggregate(sum=Sum("amount"))["sum"] or 0


def _for_authors(sheet: Sheet, row: Idea) -> dict[str, Any]:
    """What only the authors, the invited, the panel and the jury see."""
    viewer = sheet.viewer
    if viewer is None:
        return {}
    offers = CoAuthorOffer.objects.filter(idea=row, state=CoAuthorOffer.State.OFFERED).select_related(
        "member", "giver"
    )
    mine = row.author_id == viewer.pk
    waiting = [offer for offer in offers if mine or offer.member_id == viewer.pk]
    test = PanelTest.objects.filter(idea=row, closed_at=None, seats__member=viewer).first()
    return {
        "is_mine": mine,
        "offer": next((offer for offer in waiting if offer.member_id == viewer.pk), None),
        "offers": [offer for offer in waiting if offer.member_id != viewer.pk],
        "may_edit": mine and kernel.may(policy.edit_idea, viewer, row) and not row.rungs.all() and row.is_votable,
        "may_withdraw": mine and row.is_votable and not row.rungs.all(),
        "test": test,
    }


@require_GET
def history(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the idea said before each edit."""
    sheet = sheet_of(request, slug)
    row = published(sheet, number)
    if not row.is_visible:
        return render(request, "contest/gone.html", {"sheet": sheet, "idea": row}, status=410)
    revisions = row.revisions.select_related("editor")
    return render(request, "contest/history.html", {"sheet": sheet, "idea": row, "revisions": revisions})


@require_http_methods(["GET", "POST"])
def authors(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Who the idea belongs to; its author offers shares of her own part here."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    row = queries.with_cards(Idea.objects.filter(contest=sheet.contest, number=number, author=sheet.viewer)).first()
    row = row or published(sheet, number)
    form = CoAuthorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.invite_co_author(idea=row, actor=sheet.viewer, member=given["handle"], share=given["share"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is invited.") % {"name": given["handle"]})
            return redirect("contest:authors", slug=slug, number=number)
    context = {"sheet": sheet, "idea": row, "form": form, **_for_authors(sheet, row)}
    return render(request, "contest/authors.html", context, status=422 if form.errors else 200)


@require_POST
def offer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Answer an invitation to co-author."""
    sheet = sheet_of(request, slug)
    row = published(sheet, number) if sheet.viewer is None else _offered(sheet, number)
    if sheet.viewer is None:
        return ask_to_sign_in(request, row.get_absolute_url())
    try:
        if request.POST.get("answer") == "accept":
            actions.accept_offer(idea=row, member=sheet.viewer)
            messages.success(request, _("You are now one of the authors."))
        else:
            actions.decline_offer(idea=row, member=sheet.viewer)
            messages.success(request, _("You declined; the shares stay as they were."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(row if not row.is_draft else sheet.contest)


def _offered(sheet: Sheet, number: int) -> Idea:
    """The idea, even a draft, when an offer waits for the viewer."""
    offered = Idea.objects.filter(contest=sheet.contest, number=number, offers__member=sheet.viewer)
    return offered.select_related("contest").first() or published(sheet, number)
