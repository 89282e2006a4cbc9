"""A suggestion on its way: the house's page, the member's question, and the way back to what was said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from essaim.kit.errors import Forbidden, Refusal
from essaim.kit.text import excerpt
from essaim.listening.desk.queries import dialogue
from essaim.listening.desk.views.entering import listeners_only, person
from essaim.listening.models import Mention
from essaim.studio.listen import actions, queries
from essaim.studio.listen.forms import ProposalForm
from essaim.studio.listen.models import Proposal


@require_http_methods(["GET", "POST"])
@listeners_only
def idea(request: HttpRequest, mention: int) -> HttpResponse:
    """Make an idea of a mention."""
    seen, actor, refusal = dialogue.seen(mention), person(request), None
    taking = queries.taking(actor)
    said = seen.mention
    initial = {"title": said.title or excerpt(said.text, 90), "text": said.text}
    form = ProposalForm(request.POST or None, taking=taking, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose_suggestion(mention_id=mention, actor=actor, **form.act())
        except Forbidden:
            raise
        except Refusal as raised:
            refusal = raised
        else:
            messages.success(request, _told(made))
            return redirect("listening_desk:mention", mention)
    context = {"seen": seen, "form": form, "taking": taking, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "studio_listen/idea.html", context, status=status)


def _told(made: Proposal) -> str:
    if made.state == Proposal.State.TAKEN:
        return _("It is an idea now, credited to %(name)s.") % {"name": made.name}
    return _("%(name)s is asked first; nothing is published before the answer.") % {"name": made.member}


@require_http_methods(["GET", "POST"])
@login_required
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The member is asked whether his suggestion may go in, and under which name."""
    asked = get_object_or_404(Proposal.objects.select_related("initiative", "contribution", "made_by"), pk=pk)
    member, refusal = person(request), None
    if member.pk not in (asked.member_id, asked.made_by_id):
        raise Http404
    if request.method == "POST":
        answer = request.POST.get("answer")
        try:
            actions.answer_proposal(
                proposal=asked, member=member, agreed=answer in ("name", "pseudonym"), named=answer == "name"
            )
        except Forbidden:
            raise
        except Refusal as raised:
            refusal = raised
        else:
            messages.success(request, _("Thank you: it is as you said."))
            return redirect(asked)
    context: dict[str, Any] = {"proposal": asked, "refusal": refusal, "mine": asked.member_id == member.pk}
    return render(request, "studio_listen/proposal.html", context, status=refusal.status if refusal else 200)


@require_safe
def heard(request: HttpRequest, mention: int) -> HttpResponse:
    """To what was said, as long as its author lets it stand; only what became something is led to."""
    if not Proposal.objects.filter(mention_id=mention, state=Proposal.State.TAKEN).exists():
        raise Http404
    found = Mention.objects.filter(pk=mention, gone_at=None).exclude(url="").first()
    if found is None or not found.url.startswith(("http://", "https://")):
        return render(request, "studio_listen/gone.html", status=410)
    return redirect(found.url)
