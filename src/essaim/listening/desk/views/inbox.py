"""The inbox, and the page of one mention with its acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from essaim.kit import clock
from essaim.kit.dates import length
from essaim.kit.errors import Conflict, Forbidden, Refusal
from essaim.listening.desk import acts, doors, forms, giving, policy
from essaim.listening.desk.errors import NoPlaceNamed
from essaim.listening.desk.models import Answer, Item
from essaim.listening.desk.queries import dialogue, inbox
from essaim.listening.desk.queries import giving as rows
from essaim.listening.desk.queries.clock import first_answer
from essaim.listening.desk.queries.progress import is_reading
from essaim.listening.desk.rollup import day_of
from essaim.listening.desk.views.entering import listeners_only, next_of, person
from essaim.listening.models import Look

MOST_ROWS = 50_000
"""Of a table made while a person waits; the command gives all of them."""


@require_safe
@listeners_only
def index(request: HttpRequest) -> HttpResponse:
    form = forms.FilterForm(request.GET, reader=person(request))
    wanted = form.wanted()
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    states = query.copy()
    states.pop("state", None)
    first = first_answer()
    context = {
        "form": form,
        "page": inbox.page(wanted, after=after, before=before),
        "count": inbox.count(wanted),
        "most": inbox.COUNTED,
        "days": inbox.counted_days(wanted),
        "query": query.urlencode(),
        "here": request.get_full_path(),
        "tabs": _tabs(request, states.urlencode()),
        "first": first,
        "reading": is_reading(),
        "first_told": length(int(first.median.total_seconds())) if first.median is not None else "",
        "may_answer": policy.may_answer.test(request.user),
    }
    return render(request, "listening_desk/inbox.html", context)


@require_safe
@listeners_only
def table(request: HttpRequest) -> StreamingHttpResponse:
    """What the inbox shows, whole, as CSV."""
    wanted = forms.FilterForm(request.GET, reader=person(request)).wanted()
    lines = giving.csv_lines(rows.rows(wanted, most=MOST_ROWS))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="mentions-{day_of(clock.now())}.csv"'
    return answer


def _tabs(request: HttpRequest, query: str) -> list[dict[str, Any]]:
    current = request.GET.get("state") or "open"
    rest = f"&{query}" if query else ""
    return [
        {"label": label, "url": f"?state={slug}{rest}", "current": slug == current} for slug, label in forms.STATES
    ]


@require_safe
@listeners_only
def mention(request: HttpRequest, pk: int) -> HttpResponse:
    return _mention(request, dialogue.seen(pk))


@require_safe
@listeners_only
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole dialogue with the person who wrote this mention."""
    found = dialogue.seen(pk)
    _note(request, found, "dialogue")
    turns = dialogue.dialogue(found.mention.voice, found.claim, limit=500)
    return render(request, "listening_desk/dialogue.html", {"seen": found, "turns": turns})


def _note(request: HttpRequest, found: dialogue.Seen, what: str) -> None:
    """Who looked at whom is written down; the same look within the page's own acts is not a new one."""
    if found.mention.voice_id is not None and request.method == "GET":
        Look.objects.create(actor=person(request), voice_id=found.mention.voice_id, what=what)


def _mention(
    request: HttpRequest, found: dialogue.Seen, refusal: Refusal | None = None, **bound: Any
) -> HttpResponse:
    _note(request, found, "mention")
    actor, item = person(request), found.item
    wanted = forms.FilterForm(request.GET, reader=actor).wanted()
    newer, older = inbox.neighbours(wanted, item.published_at, item.pk)
    context = {
        "seen": found,
        "item": item,
        "refusal": refusal,
        "assign": forms.AssignForm(item=item, actor=actor),
        "answer": forms.AnswerForm(back=found.way, seen=len(found.answers)),
        "snooze": forms.SnoozeForm(),
        "close": forms.CloseForm(),
        "correct": forms.CorrectForm(reading=found.reading),
        "promise": forms.PromiseForm(),
        "may_answer": policy.may_answer.test(actor),
        "doors": doors.open_to(actor, found),
        "told": doors.told(found.mention.pk),
        "newer": newer,
        "older": older,
        "waited": length(int(((item.first_answer_at or clock.now()) - item.received_at).total_seconds())),
        "query": request.GET.urlencode(),
        **bound,
    }
    faulty = any(getattr(form, "errors", None) for form in bound.values())
    return render(
        request, "listening_desk/mention.html", context, status=refusal.status if refusal else 422 if faulty else 200
    )


def _act(request: HttpRequest, pk: int, name: str, form: Any, act: Callable[..., Any], said: str) -> HttpResponse:
    """Do it and go on; or show the mention again with what was refused and all that was typed."""
    refusal = None
    if form.is_valid():
        try:
            act(mention_id=pk, actor=person(request), **form.act())
        except Forbidden:
            raise
        except Refusal as raised:
            refusal = raised
        else:
            messages.success(request, said)
            return redirect(next_of(request, reverse("listening_desk:mention", args=[pk])))
    found = dialogue.seen(pk)
    if isinstance(refusal, Conflict) and name == "answer":
        form.data = form.data.copy()
        form.data["seen"] = str(len(found.answers))
    return _mention(request, found, refusal, **{name: form})


def item_of(pk: int) -> Item:
    return dialogue.seen(pk).item


@require_POST
@listeners_only
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    data = request.POST.copy()
    if data.get("to") == "me":
        data["to"] = str(person(request).pk)
    form = forms.AssignForm(data, item=item_of(pk), actor=person(request))
    return _act(request, pk, "assign", form, acts.assign, _("Noted who sees to it."))


@require_POST
@listeners_only
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    found = dialogue.seen(pk)
    form = forms.AnswerForm(request.POST, back=found.way, seen=len(found.answers))
    by_hand = request.POST.get("way") == "hand"
    said = _("Your answer is kept with the mention.") if by_hand else _("Your answer is on its way.")
    return _act(request, pk, "answer", form, acts.answer, said)


@require_POST
@listeners_only
def retry(request: HttpRequest, pk: int, answer: int) -> HttpResponse:
    acts.retry_answer(answer=get_object_or_404(Answer, pk=answer, item_id=pk), actor=person(request))
    messages.success(request, _("Your answer is on its way."))
    return redirect("listening_desk:mention", pk)


@require_POST
@listeners_only
def place(request: HttpRequest, pk: int, answer: int) -> HttpResponse:
    """The house could not publish it; a person did."""
    given, form = get_object_or_404(Answer, pk=answer, item_id=pk), forms.PlaceForm(request.POST)
    if form.is_valid():
        acts.answer_by_hand(answer=given, actor=person(request), url=form.cleaned_data["url"])
        messages.success(request, _("Your answer is kept with the mention."))
    else:
        messages.error(request, str(NoPlaceNamed()))
    return redirect("listening_desk:mention", pk)


@require_POST
@listeners_only
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "snooze", _snoozing(request), acts.snooze, _("Back in the inbox on that day."))


def _snoozing(request: HttpRequest) -> forms.SnoozeForm:
    """The day typed, or tomorrow from the inbox's button."""
    if "until" in request.POST:
        return forms.SnoozeForm(request.POST)
    return forms.SnoozeForm({"until": forms.SnoozeForm().initial["until"].isoformat()})


@require_POST
@listeners_only
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "close", forms.CloseForm(request.POST), acts.close, _("Closed."))


@require_POST
@listeners_only
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    acts.reopen(mention_id=pk, actor=person(request))
    messages.success(request, _("It is open again."))
    return redirect(next_of(request, reverse("listening_desk:mention", args=[pk])))


@require_POST
@listeners_only
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """What the reading got wrong, put right."""
    found = dialogue.seen(pk)
    form = forms.CorrectForm(request.POST, reading=found.reading)
    if not form.is_valid():
        return _mention(request, found, correct=form)
    for name, value in form.changes():
        acts.correct(mention_id=pk, actor=person(request), field=name, value=value)
    messages.success(request, _("Thank you: it counts from now on, and the next reader learns from it."))
    return redirect(next_of(request, reverse("listening_desk:mention", args=[pk])))


@require_POST
@listeners_only
def promises(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Promised: everyone can read it from now on.")
    return _act(request, pk, "promise", forms.PromiseForm(request.POST), acts.promise, said)
