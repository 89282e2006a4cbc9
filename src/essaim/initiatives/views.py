"""Discussions, reactions and public records, the same for every mechanism."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from essaim.activity import queries as activities
from essaim.activity.streams import Stream, answer
from essaim.initiatives import actions, policy, queries, threads
from essaim.initiatives.domain import NotVisible
from essaim.initiatives.forms import CommentForm, EditForm, ReactionForm, refuse
from essaim.initiatives.models import Comment, Contribution, Initiative
from essaim.initiatives.policy import allow
from essaim.kit.errors import Refusal


def is_fragment(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")


def readable(request: HttpRequest, pk: int) -> Contribution:
    """The contribution, of its own class, if its initiative is open to the reader."""
    found = get_object_or_404(Contribution.objects.select_related("initiative__community", "author"), pk=pk)
    if found.initiative_id is not None:
        get_object_or_404(queries.visible_to(request.user), pk=found.initiative_id)
    return queries.concrete(found)


@require_safe
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the contribution's own page."""
    found = readable(request, pk)
    if isinstance(found, Comment):
        return redirect(f"{queries.concrete(found.about).get_absolute_url()}#comment-{found.pk}")
    if type(found) is Contribution:
        return render(request, "initiatives/thread.html", {"contribution": found})
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The discussion; or, posted to, one comment more."""
    about = readable(request, pk)
    if request.method == "POST":
        return _write_comment(request, about)
    return _thread(request, about)


@login_required
def _write_comment(request: HttpRequest, about: Contribution) -> HttpResponse:
    official = policy.may(policy.comment_officially, request.user, about)  # type: ignore[arg-type]
    form = CommentForm(request.POST, about=about.pk, official=official)

    def write() -> Comment:
        return actions.write_comment(about=about, author=request.user, **form.cleaned_data)  # type: ignore[arg-type]

    if not form.is_valid() or not carried_out(form, write):
        return _thread(request, about, form=form, status=422)
    return _thread(request, about) if is_fragment(request) else redirect(_page(about, "#comments"))


def carried_out(form: Any, act: Callable[[], object]) -> bool:
    """Run the act; a refusal is shown in the form."""
    try:
        act()
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def _thread(
    request: HttpRequest, about: Contribution, *, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    template = "initiatives/comments.html" if is_fragment(request) else "initiatives/thread.html"
    return render(request, template, {"contribution": about, "comment_form": form}, status=status)


def _page(found: Contribution, fragment: str = "") -> str:
    return f"{found.get_absolute_url()}{fragment}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_comment(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _own_comment(request, pk)
    form = EditForm(request.POST or None, initial={"body": comment.body})

    def edit() -> Comment:
        return actions.edit_comment(comment=comment, editor=request.user, **form.cleaned_data)  # type: ignore[arg-type]

    if request.method == "POST" and form.is_valid() and carried_out(form, edit):
        return redirect(comment)
    status = 422 if form.errors else 200
    return render(request, "initiatives/edit_comment.html", {"comment": comment, "form": form}, status=status)


@login_required
@require_POST
def withdraw_comment(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _own_comment(request, pk)
    actions.withdraw_contribution(contribution=comment, actor=request.user)  # type: ignore[arg-type]
    about = queries.concrete(comment.about)
    return _thread(request, about) if is_fragment(request) else redirect(_page(about, "#comments"))


def _own_comment(request: HttpRequest, pk: int) -> Comment:
    comment = readable(request, pk)
    if not isinstance(comment, Comment):
        raise NotVisible
    allow(policy.is_author, request.user, comment)  # type: ignore[arg-type]
    return comment


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a contribution said before each edit."""
    found = readable(request, pk)
    allow(policy.is_visible, None, found)
    revisions = found.revisions.select_related("editor")
    return render(request, "initiatives/history.html", {"contribution": found, "revisions": revisions})


@login_required
@require_POST
def reaction(request: HttpRequest, pk: int) -> HttpResponse:
    """React, change one's reaction, or take it back by pressing it again."""
    found = readable(request, pk)
    form = ReactionForm(request.POST)
    kind = form.cleaned_data["kind"] if form.is_valid() else request.POST.get("kind", "")
    refusal: Refusal | None = None
    try:
        _react(request, found, kind)
    except Refusal as refused:
        refusal = refused
    if not is_fragment(request):
        if refusal is not None:
            raise refusal
        return redirect(found)
    context = {"contribution": found, "refusal": refusal}
    return render(request, "initiatives/reactions.html", context, status=refusal.status if refusal else 200)


def _react(request: HttpRequest, found: Contribution, kind: str) -> None:
    member: Any = request.user
    if not kind or threads.bar(found, member).mine == kind:
        actions.take_back_reaction(contribution=found, member=member)
    else:
        actions.react(contribution=found, member=member, kind=kind)


def _initiative(request: HttpRequest, slug: str) -> Initiative:
    return get_object_or_404(queries.visible_to(request.user).select_related("community"), slug=slug)


@require_safe
def initiative_stream(request: HttpRequest, slug: str, form: str = "") -> HttpResponse:
    found = _initiative(request, slug)
    title = _("What happens in “%(initiative)s”") % {"initiative": found.title}
    rows = activities.in_initiative(found.pk, request.user)
    url = reverse("initiatives:stream", args=[slug])
    return answer(request, Stream(title, rows, url, {"initiative": found}), form)


@require_safe
def amendments(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules as they stand and every public change of them, and of the calendar."""
    found = _initiative(request, slug)
    context = {
        "initiative": found,
        "amendments": [(each, queries.changes(each)) for each in found.amendments.select_related("author")],
        "phases": [(phase, queries.phase_type(phase)) for phase in found.phases.select_related("changed_by")],
    }
    return render(request, "initiatives/amendments.html", context)
