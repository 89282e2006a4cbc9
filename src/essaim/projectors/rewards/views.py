"""How points are earned, what one has earned, and the rules' desk."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from essaim.activity.telling import tell_all
from essaim.kit.errors import Forbidden, Refusal
from essaim.people.models import Member
from essaim.people.policy import allow, is_manager
from essaim.projectors.rewards import actions, queries
from essaim.projectors.rewards.forms import RulesForm
from essaim.projectors.rewards.models import RuleSet
from essaim.projectors.rewards.wording import act_name

PER_PAGE = 20


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """The rules for everyone, and to a member what he earned by them."""
    rules = queries.rules_now()
    context: dict[str, object] = {
        "rules": [(act_name(rule), rule) for rule in rules.rules if rule.points],
        "levels": [(queries.level_name(rules, n), level) for n, level in enumerate(rules.levels)],
        "version": rules.version,
        "versions": RuleSet.objects.select_related("published_by"),
        "may_edit": is_manager.test(request.user),
    }
    if isinstance(request.user, Member):
        context |= _mine(request, request.user)
    return render(request, "rewards/points.html", context)


def _mine(request: HttpRequest, member: Member) -> dict[str, object]:
    page = Paginator(queries.awards_of(member), PER_PAGE).get_page(request.GET.get("page"))
    awards = list(page)
    told = tell_all([award.activity for award in awards], member)
    number, name = queries.level_of(member)
    levels = queries.rules_now().levels
    total = queries.total(member)
    return {
        "page": page,
        "awards": list(zip(awards, told, strict=True)),
        "total": total,
        "level": name,
        "next_at": levels[number + 1].points if number + 1 < len(levels) else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    allow(is_manager, request.user, refusal=actions.NotAManager)  # type: ignore[arg-type]
    assert isinstance(request.user, Member)
    form = RulesForm(request.POST or None, rules=queries.rules_now())
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_rules(actor=request.user, **form.chosen())
        except Forbidden:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new rules are in force."))
            return redirect("rewards:points")
    return render(request, "rewards/rules.html", {"form": form}, status=422 if form.errors else 200)
