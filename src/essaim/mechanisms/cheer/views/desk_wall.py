"""The moderators' queue, walked by keyboard, and the house's lists of words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from essaim.initiatives.desk_views import for_the_desk, person, tried
from essaim.initiatives.policy import may
from essaim.kit.errors import Refusal, gettext_noop
from essaim.mechanisms.cheer import actions, policy, queries
from essaim.mechanisms.cheer import words as lists
from essaim.mechanisms.cheer.forms.desk import WordsForm
from essaim.mechanisms.cheer.models import BlockedAuthor, CheerMessage
from essaim.mechanisms.cheer.sheets import Sheet
from essaim.mechanisms.cheer.views.desk import desk_sheet, shown

SHOWN = 40
LATELY = 20
REASONS = (
    gettext_noop("It insults somebody."),
    gettext_noop("It is not about the match."),
    gettext_noop("It advertises something."),
    gettext_noop("It tells something private."),
)
LANGUAGES = {"fr": gettext_lazy("French"), "en": gettext_lazy("English")}
State = CheerMessage.State


@require_http_methods(["GET", "POST"])
@for_the_desk
def messages(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, oldest first; what was decided lately, to be decided otherwise; who is blocked."""
    sheet = desk_sheet(request, slug)
    actions.sift_messages(sheet.campaign)
    if request.method == "POST":
        return _decided(request, sheet)
    waiting = queries.waiting_messages().filter(cheer__campaign=sheet.campaign)
    rows = list(waiting[:SHOWN])
    lately = list(queries.decided_messages(sheet.campaign)[:LATELY])
    context = {
        "rows": rows,
        "count": waiting.count(),
        "authors": queries.authors_of([*rows, *lately]),
        "lately": lately,
        "blocked": BlockedAuthor.objects.filter(community=sheet.campaign.community).select_related("blocked_by"),
        "reasons": [{"source": reason, "told": _(reason)} for reason in REASONS],
        "may_decide": may(policy.decide_message, person(request), sheet.campaign),
    }
    return shown(request, sheet, "messages", **context)


def _decided(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """One decision; to a script what is left, to a plain form the page again."""
    quick = request.headers.get("X-Requested-With") == "fetch"
    try:
        said = _act(request, sheet)
    except Refusal as refusal:
        if quick:
            return JsonResponse({"refused": str(refusal)}, status=refusal.status)
        told.error(request, str(refusal))
        return redirect("cheer-studio:messages", slug=sheet.campaign.slug)
    if quick:
        left = queries.waiting_messages().filter(cheer__campaign=sheet.campaign).count()
        return JsonResponse({"said": said, "left": left})
    told.success(request, said)
    return redirect("cheer-studio:messages", slug=sheet.campaign.slug)


def _act(request: HttpRequest, sheet: Sheet) -> str:
    act, actor = request.POST.get("act", ""), person(request)
    if act == "unblock":
        blocked = get_object_or_404(BlockedAuthor, pk=request.POST.get("author"), community=sheet.campaign.community)
        actions.unblock_author(blocked=blocked, actor=actor, campaign=sheet.campaign)
        return _("The author may write again.")
    rows = CheerMessage.objects.filter(cheer__campaign=sheet.campaign).select_related("cheer__campaign__community")
    message = get_object_or_404(rows, pk=request.POST.get("message"))
    if act == "block":
        taken = actions.block_author(message=message, actor=actor)
        return _("The author is blocked; messages taken: %(count)s.") % {"count": taken}
    if act == "approve":
        actions.decide_message(message=message, actor=actor, approved=True)
        return _("The message is on the wall.")
    reason = request.POST.get("other", "").strip() or request.POST.get("reason", "")
    actions.decide_message(message=message, actor=actor, approved=False, reason=reason)
    return _("The message is refused.")


@require_http_methods(["GET", "POST"])
@for_the_desk
def words(request: HttpRequest) -> HttpResponse:
    """The house's lists, one per language."""
    actor, asked = person(request), request.POST.get("language", "")
    forms: list[dict[str, Any]] = []
    for language, name in LANGUAGES.items():
        posted = request.POST if asked == language else None
        initial = {"typed": "\n".join(queries.word_list(language))}
        form = WordsForm(posted, initial=initial, auto_id=f"id_{language}_%s")
        if posted is not None and form.is_valid():
            typed = form.cleaned_data["typed"]
            change = lambda language=language, typed=typed: actions.change_words(  # noqa: E731
                actor=actor, language=language, typed=typed
            )
            if tried(request, change, _("The list is saved; it holds for messages from now on."), form):
                return redirect("cheer-studio:words")
        forms.append({"language": language, "name": name, "form": form})
    tried_words = request.GET.get("try", "")[:140]
    found = lists.blocked(tried_words, queries.blocked_words()) if tried_words else ""
    context = {"forms": forms, "tried": tried_words, "found": found, "may_change": may(policy.change_words, actor)}
    return render(request, "cheer/studio/words.html", context)
