"""News and questions, as the team writes and answers them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from essaim.initiatives.desk_views import for_the_desk, person, tried
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.forms import desk as typed
from essaim.mechanisms.crowdfunding.views.desk import desk_sheet, shown
from essaim.mechanisms.crowdfunding.views.desk_pictures import pictured, pictures, removed


@require_http_methods(["GET", "POST"])
@for_the_desk
def news(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish news; answer questions."""
    sheet = desk_sheet(request, slug)
    row, actor = sheet.campaign, person(request)
    asked = request.POST.get("question", "")
    if request.method == "POST" and removed(request, sheet):
        return redirect("crowdfunding-studio:news", slug=slug)
    writing = request.method == "POST" and not asked
    form = pictured(request, sheet, typed.UpdateForm, "body") if writing else typed.UpdateForm()
    if writing and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "body", "backers_only")}
        publish = lambda: actions.publish_update(campaign=row, author=actor, **given)  # noqa: E731
        if tried(request, publish, _("It is published."), form):
            return redirect("crowdfunding-studio:news", slug=slug)
    questions = list(queries.questions(row).order_by("answered_at", "-pk")[:100])
    forms = {
        one.pk: typed.AnswerForm(request.POST if asked == str(one.pk) else None, prefix=f"a{one.pk}")
        for one in questions
    }
    for one in questions:
        if asked == str(one.pk) and forms[one.pk].is_valid():
            body = forms[one.pk].cleaned_data["body"]
            answer = lambda one=one, body=body: actions.answer_question(question=one, author=actor, body=body)  # noqa: E731
            if tried(request, answer, _("Your answer is published."), forms[one.pk]):
                return redirect("crowdfunding-studio:news", slug=slug)
    lines = [(one, forms[one.pk]) for one in questions]
    return shown(
        request, sheet, "news", form=form, lines=lines, updates=queries.updates(row, actor), pictures=pictures(sheet),
    )  # fmt: skip
