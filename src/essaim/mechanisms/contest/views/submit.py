"""Bringing an idea in two steps: write it beside those like it, then check it and publish. Nothing typed is lost."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essaim.initiatives.actions import picture_of
from essaim.initiatives.typed import ask_to_sign_in, typed_before
from essaim.kit.errors import Refusal
from essaim.kit.kept import Kept
from essaim.mechanisms.contest import actions, queries
from essaim.mechanisms.contest.forms.ideas import DraftForm, IdeaForm, RightsForm
from essaim.mechanisms.contest.models import Idea
from essaim.mechanisms.contest.views.sheet import ContestUnknown, Sheet, sheet_of
from essaim.people import evidence
from essaim.people.models import Member


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Step one: the idea, and beside it those that look alike."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    draft = own_draft(sheet, number) if number else None
    if request.method == "POST":
        return _keep(request, sheet, draft)
    given = typed_before(request) or ({"title": draft.title, "body": draft.body} if draft else {})
    form = IdeaForm(initial=given, sender=sheet.viewer, shown=picture_of(draft) if draft else None)
    return _step_one(request, sheet, form, draft)


def own_draft(sheet: Sheet, number: int) -> Idea:
    idea = own_idea(sheet, number)
    if not idea.is_draft:
        raise ContestUnknown
    return idea


def own_idea(sheet: Sheet, number: int) -> Idea:
    idea = Idea.objects.filter(contest=sheet.contest, number=number, author=sheet.viewer).first()
    if idea is None:
        raise ContestUnknown
    return idea


def _keep(request: HttpRequest, sheet: Sheet, draft: Idea | None) -> HttpResponse:
    """Keep the draft whatever happens next, then go on to step two or stay."""
    leaving = "later" in request.POST
    kind = DraftForm if leaving else IdeaForm
    form = kind(request.POST, request.FILES, sender=_author(sheet), shown=picture_of(draft) if draft else None)
    if not form.is_valid():
        return _step_one(request, sheet, form, draft)
    try:
        kept = actions.save_draft(contest=sheet.contest, author=_author(sheet), draft=draft, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _step_one(request, sheet, form, draft)
    if leaving:
        messages.success(request, _("Your draft is kept. Only you can see it."))
        return redirect("contest:initiative", slug=sheet.contest.slug)
    return redirect("contest:check", slug=sheet.contest.slug, number=kept.number)


def _author(sheet: Sheet) -> Member:
    if sheet.viewer is None:
        raise ContestUnknown
    return sheet.viewer


def _step_one(request: HttpRequest, sheet: Sheet, form: IdeaForm, draft: Idea | None) -> HttpResponse:
    text = f"{form['title'].value() or ''} {form['body'].value() or ''}"
    context = {"sheet": sheet, "form": form, "draft": draft, "alike": _alike(sheet, text)}
    return render(request, "contest/write.html", context, status=422 if form.errors else 200)


def _alike(sheet: Sheet, text: str) -> list[Idea]:
    return queries.similar_ideas(sheet.contest, text) if text.strip() else []


@require_POST
def similar(request: HttpRequest, slug: str) -> HttpResponse:
    """The ideas close to what is being written, as a fragment."""
    sheet = sheet_of(request, slug)
    text = f"{request.POST.get('title', '')} {request.POST.get('body', '')}"
    return render(request, "contest/write.html#alike", {"sheet": sheet, "alike": _alike(sheet, text), "asked": True})


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Step two: the idea as others will read it, those like it, the rights; then it is published."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    draft = own_idea(sheet, number)
    if not draft.is_draft:  # sent twice, or from another tab
        messages.info(request, _("This idea is published already."))
        return redirect(draft)
    form = RightsForm(request.POST if request.method == "POST" else None)
    if not sheet.rules.rights:
        form.fields.pop("agreed")
    if request.method == "POST" and (form.is_valid() or not form.fields):
        try:
            idea = publish(sheet, draft)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your idea is published. Share it, and answer those who comment."))
            return redirect(idea)
    context = {"sheet": sheet, "draft": draft, "form": form, "alike": _alike(sheet, f"{draft.title} {draft.body}")}
    return render(request, "contest/check.html", context, status=422 if form.errors else 200)


@transaction.atomic
def publish(sheet: Sheet, draft: Idea) -> Idea:
    """Publish the draft; the rights shown are kept as evidence with the author's agreement."""
    author = _author(sheet)
    idea = actions.submit_idea(contest=sheet.contest, author=author, title=draft.title, body=draft.body, draft=draft)
    if sheet.rules.rights:
        kind = f"contest-rights-{sheet.contest.pk}"
        evidence.accept(author, evidence.keep(kind, rights_text(sheet), (get_language() or "fr")[:2]))
    return idea


def rights_text(sheet: Sheet) -> str:
    """The rights as they are shown, one a line."""
    lines = (
        " – ".join([_(right.right), _(right.extent), _(right.territory), _("%(n)d years") % {"n": right.years}])
        for right in sheet.rules.rights
    )
    return "\n".join(lines)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change one's published idea while ideas are taken; what it said before stays readable."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    idea = published(sheet, number)
    given = typed_before(request) or {"title": idea.title, "body": idea.body}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = IdeaForm(*sent, initial=given, sender=sheet.viewer, shown=picture_of(idea))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_idea(idea=idea, editor=_author(sheet), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. What it said before stays in its history."))
            return redirect(idea)
    return render(
        request, "contest/edit.html", {"sheet": sheet, "idea": idea, "form": form}, status=422 if form.errors else 200
    )


def published(sheet: Sheet, number: int) -> Idea:
    """The idea of that number with all its page shows."""
    idea = queries.with_cards(Idea.objects.filter(contest=sheet.contest, number=number)).first()
    if idea is None or idea.is_draft:
        raise ContestUnknown
    return idea


NAMED = Kept(lambda contest, number: Idea.objects.filter(contest=contest, number=number).only("number", "state"), 2)


def named(sheet: Sheet, number: int) -> Idea:
    """The idea of that number, no more than named: for an act that reads it under its lock."""
    idea = NAMED.only(sheet.contest.pk, number)
    if idea is None or idea.is_draft:
        raise ContestUnknown
    idea.contest = sheet.contest
    return idea


@require_POST
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take one's idea, or one's draft, out of the contest."""
    sheet = sheet_of(request, slug)
    if sheet.viewer is None:
        return ask_to_sign_in(request)
    idea = Idea.objects.filter(contest=sheet.contest, number=number).first()
    if idea is None:
        raise ContestUnknown
    was_draft = idea.is_draft
    try:
        actions.withdraw_idea(idea=idea, actor=_author(sheet))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(idea)
    messages.success(request, _("The draft is gone.") if was_draft else _("Your idea is withdrawn."))
    return redirect("contest:initiative", slug=slug)
