"""Ideas at the desk: answered, merged, tested, decided, launched; votes looked at and voided with a reason."""

from __future__ import annotations

from collections.abc import Callable
from statistics import mean
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from essaim.initiatives import policy as kernel
from essaim.initiatives.desk_views import for_the_desk, hosted, person, tried
from essaim.initiatives.forms import ReasonForm
from essaim.mechanisms.contest import actions, policy, queries
from essaim.mechanisms.contest.domain import ladder
from essaim.mechanisms.contest.forms.desk import AnswerForm, LaunchForm, MergeForm, NoteForm, PanelForm
from essaim.mechanisms.contest.models import Idea, JuryScore, PanelTest, SurgeAlarm, Voiding, Vote
from essaim.mechanisms.contest.views import outside
from essaim.mechanisms.contest.views.desk import desk_sheet, shown, tabs
from essaim.mechanisms.contest.views.listing import sentence
from essaim.mechanisms.contest.views.sheet import Sheet, idea_ladder
from essaim.mechanisms.contest.views.submit import published
from essaim.people.models import Member

PER_PAGE = 50
YOUNG = 7


def _page(request: HttpRequest, rows: Any) -> Any:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _seen_by(member: Member, rows: Any, path: str) -> Any:
    """Rows of every contest for staff, of his own communities for a host."""
    return rows if member.is_staff else rows.filter(**{f"{path}community__in": hosted(member)})


@require_GET
@for_the_desk
def unanswered(request: HttpRequest) -> HttpResponse:
    """Ideas without an official answer, the longest wait first."""
    ideas = _seen_by(person(request), outside.unanswered(), "contest__").select_related("contest", "author")
    page = _page(request, ideas)
    rows = [{"idea": idea, "sentence": sentence(idea)} for idea in page]
    return render(request, "contest/studio/unanswered.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@for_the_desk
def alarms(request: HttpRequest) -> HttpResponse:
    """Surges of votes: what was seen, and what was found."""
    found = _seen_by(person(request), outside.open_alarms(), "idea__contest__").select_related("idea__contest")
    bound = request.POST.get("alarm", "")
    lines = [(alarm, NoteForm(request.POST if bound == str(alarm.pk) else None)) for alarm in found]
    for alarm, form in lines:
        if str(alarm.pk) == bound and form.is_valid() and _settle(request, alarm, form):
            return redirect("contest-studio:alarms")
    return render(request, "contest/studio/alarms.html", {"lines": lines})


def _settle(request: HttpRequest, alarm: SurgeAlarm, form: NoteForm) -> bool:
    note, actor = form.cleaned_data["note"], person(request)
    return tried(
        request,
        lambda: actions.settle_alarm(alarm=alarm, actor=actor, note=note),
        _("The alarm is settled; what you found is public."),
        form,
    )


@require_http_methods(["GET", "POST"])
@for_the_desk
def tests(request: HttpRequest) -> HttpResponse:
    """Running panel tests with their answers; those complete can be closed."""
    running = (
        PanelTest.objects.filter(closed_at=None).select_related("idea__contest").prefetch_related("seats__member")
    )
    running = _seen_by(person(request), running, "idea__contest__").order_by("opened_at")
    if request.method == "POST":
        test = get_object_or_404(running, pk=request.POST.get("test"))
        tried(request, lambda: actions.end_test(test=test, actor=person(request)), _("The test is closed."))
        return redirect("contest-studio:tests")
    return render(request, "contest/studio/tests.html", {"lines": [_test_line(test) for test in running]})


def _test_line(test: PanelTest) -> dict[str, Any]:
    seats = list(test.seats.all())
    scores = [seat.score for seat in seats if seat.score is not None]
    rung = queries.rules_of(test.idea.contest).rung(test.rung)
    return {
        "test": test,
        "seats": seats,
        "answered": len(scores),
        "mean": mean(scores) if scores else None,
        "rung": rung,
        "enough": len(scores) >= rung.quorum,
        "passes": bool(scores) and ladder.passes(rung, scores),
    }


@require_GET
@for_the_desk
def ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """Every idea of the contest with its answer and its rungs."""
    sheet = desk_sheet(request, slug)
    rows = queries.with_cards(Idea.objects.filter(contest=sheet.contest).exclude(state=Idea.State.DRAFT))
    words = request.GET.get("q", "").strip()
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(search_text__icontains=words))
    page = _page(request, rows.order_by("-number"))
    favours = {} if sheet.counts_hidden else queries.favours(sheet.contest)
    lines = [
        {"idea": row, "ladder": idea_ladder(sheet.rules, row.rungs.all()), "count": favours.get(row.pk, (0, 0, 0))}
        for row in page
    ]
    return shown(request, sheet, "ideas", page=page, lines=lines, words=words)


@require_http_methods(["GET", "POST"])
@for_the_desk
def idea(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One idea at the desk, with all that can be done about it."""
    sheet = desk_sheet(request, slug)
    row = published(sheet, number)
    forms = idea_forms(request, sheet, row)
    if request.method == "POST" and _act(request, row, forms):
        return redirect("contest-studio:idea", slug=slug, number=number)
    steps = idea_ladder(sheet.rules, row.rungs.all(), None)
    upcoming = ladder.next_rung(sheet.rules, {one.rung for one in row.rungs.all()})
    context = {
        "sheet": sheet,
        "contest": sheet.contest,
        "tabs": tabs(sheet, "ideas"),
        "idea": row,
        "forms": forms,
        "may": {act: kernel.may(asked, person(request), row) for act, asked in ASKED.items()},
        "ladder": steps,
        "upcoming": upcoming,
        "next_is": upcoming.condition.value if upcoming else "",
        "scores": JuryScore.objects.filter(idea=row).select_related("juror"),
        "tests": [
            _test_line(test) for test in row.tests.prefetch_related("seats__member").select_related("idea__contest")
        ],
        "alarms": row.alarms.filter(settled_at=None),
        "votes": None if sheet.counts_hidden else queries.favour(row),
    }
    refused = any(form.errors for form in forms.values())
    return render(request, "contest/studio/idea.html", context, status=422 if refused else 200)


ASKED = {
    "answer": policy.answer_officially,
    "merge": policy.merge_ideas,
    "decide": policy.decide_potential,
    "test": policy.open_test,
    "launch": policy.launch_product,
}


def idea_forms(request: HttpRequest, sheet: Sheet, row: Idea) -> dict[str, Any]:
    """The forms of the page; the one that was sent is bound."""
    sent = request.POST.get("act", "") if request.method == "POST" else ""

    def data(act: str) -> Any:
        return request.POST if sent == act else None

    others = Idea.objects.filter(contest=sheet.contest, state=Idea.State.PUBLISHED, merged_into=None).exclude(
        pk=row.pk
    )
    return {
        "answer": AnswerForm(data("answer")),
        "merge": MergeForm(data("merge"), ideas=others.order_by("sort_key")),
        "test": PanelForm(data("test")),
        "launch": LaunchForm(data("launch"), initial={"name": row.title}),
    }


def _act(request: HttpRequest, row: Idea, forms: dict[str, Any]) -> bool:
    act, actor = request.POST.get("act", ""), person(request)
    if act == "decide":
        rung = request.POST.get("rung", "")
        tried(request, lambda: actions.decide_potential(idea=row, actor=actor, rung=rung), _("The rung is reached."))
        return True
    if act == "end_test":
        test = get_object_or_404(PanelTest, pk=request.POST.get("test"), idea=row)
        tried(request, lambda: actions.end_test(test=test, actor=actor), _("The test is closed."))
        return True
    form = forms.get(act)
    if form is None or not form.is_valid():
        return False
    chosen, done = _form_acts(row, actor, form.cleaned_data)[act]
    return tried(request, chosen, done, form)


def _form_acts(row: Idea, actor: Member, given: dict[str, Any]) -> dict[str, tuple[Callable[[], Any], str]]:
    return {
        "answer": (
            lambda: actions.answer_officially(idea=row, author=actor, **given),
            _("The answer is published, dated and signed."),
        ),
        "merge": (
            lambda: actions.merge_ideas(
                kept=given["kept"], merged=row, actor=actor, carried=given["carried"] or None
            ),
            _("The ideas are merged; votes and authors are carried over."),
        ),
        "test": (
            lambda: actions.open_test(idea=row, actor=actor, panel=given["panel"]),
            _("The panel is invited."),
        ),
        "launch": (
            lambda: actions.launch_product(idea=row, actor=actor, name=given["name"], summary=given["summary"]),
            _("The product is launched, with its shares."),
        ),
    }


@require_http_methods(["GET", "POST"])
@for_the_desk
def votes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Who voted and how old the accounts are, to look into an alarm; votes are voided with a public reason.

    What each person voted stays secret here too while counts are hidden.
    """
    sheet = desk_sheet(request, slug)
    row = published(sheet, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _void(request, row, form):
        return redirect("contest-studio:votes", slug=slug, number=number)
    rows = Vote.objects.filter(idea=row).select_related("voter", "voiding").order_by("-cast_at", "-pk")
    page = _page(request, rows)
    for vote in page:
        vote.account_days = (vote.cast_at - vote.voter.joined_at).days
        vote.is_young = vote.account_days < YOUNG
    context = {
        "sheet": sheet,
        "contest": sheet.contest,
        "tabs": tabs(sheet, "ideas"),
        "idea": row,
        "form": form,
        "page": page,
        "chosen": set(request.POST.getlist("vote")),
        "voidings": Voiding.objects.filter(idea=row).select_related("decided_by"),
    }
    return render(request, "contest/studio/votes.html", context, status=422 if form.errors else 200)


def _void(request: HttpRequest, row: Idea, form: ReasonForm) -> bool:
    chosen = Vote.objects.filter(idea=row, pk__in=[pk for pk in request.POST.getlist("vote") if pk.isdigit()])
    return tried(
        request,
        lambda: actions.void_votes(idea=row, votes=chosen, reason=form.cleaned_data["reason"], actor=person(request)),
        _("The votes are voided; the reason is public."),
        form,
    )
