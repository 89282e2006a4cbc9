"""A holder's statements, and the treasurer's overview."""

from __future__ import annotations

import csv
import io
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from essaim.initiatives.policy import allow
from essaim.kit import clock
from essaim.kit.errors import Forbidden, Refusal
from essaim.kit.money import unit as unit_of
from essaim.people.models import Member
from essaim.products.models import Product
from essaim.projectors.royalties import actions, domain, queries
from essaim.projectors.royalties.forms import ScheduleForm
from essaim.projectors.royalties.models import Schedule, Statement, Step
from essaim.projectors.royalties.policy import decides_royalties, reads_statement

PER_PAGE = 24


def me(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


@require_safe
@login_required
def statements(request: HttpRequest) -> HttpResponse:
    mine = queries.statements_of(me(request))
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "royalties/statements.html", {"page": page, "pots": queries.pots(mine)})


@require_safe
@login_required
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """One statement, made to be printed."""
    found = get_object_or_404(queries.with_left(Statement.objects.select_related("product", "holder")), key=key)
    allow(reads_statement, me(request), found)
    released = Step.objects.filter(statement_key=key, kind=Step.Kind.RELEASED).first()
    context = {
        "statement": found,
        "sales": queries.sales_of(found),
        "released": released,
        "corrections": found.taken_from.select_related("correction"),
        "takes": found.takes.select_related("source"),
    }
    return render(request, "royalties/statement.html", context)


@require_safe
@login_required
def statements_csv(request: HttpRequest) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        ["statement", "product", "period", "version", "issued", "net_sales", "owed", "credited", "taken_back",
         "settled", "carried", "unit", "due", "released"]
    )  # fmt: skip
    for row in queries.statements_of(me(request)):
        amounts = (row.net, row.owed, row.credited, row.taken, row.settled, row.carried)
        writer.writerow(
            [row.key, _plain(row.product.name), row.label, row.version, row.issued_at.date()]
            + [_decimal(amount, row.unit) for amount in amounts]
            + [row.unit, row.due_at.date(), row.released_at.date() if row.released_at else ""]
        )
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="royalties.csv"'
    return answer


def _decimal(amount: int, code: str) -> str:
    digits = unit_of(code).digits
    whole, part = divmod(abs(amount), 10**digits)
    return f"{'-' if amount < 0 else ''}{whole}" + (f".{part:0{digits}}" if digits else "")


def _plain(text: str) -> str:
    """A text no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """What is owed, held and released by product; how often it is stated."""
    allow(decides_royalties, me_or_none(request))
    form = ScheduleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_schedule(actor=me(request), **form.cleaned_data)
        except Forbidden:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new schedule is kept."))
            return redirect("royalties:overview")
    context = {
        "form": form,
        "lines": queries.overview(),
        "schedules": Schedule.objects.select_related("decided_by"),
        "ended": queries.unstated_periods(timezone.localdate(clock.now())),
        "latest": Statement.objects.select_related("product", "holder")[:20],
    }
    return render(request, "royalties/overview.html", context, status=422 if form.errors else 200)


def me_or_none(request: HttpRequest) -> Member | None:
    return request.user if isinstance(request.user, Member) else None


@require_POST
def close(request: HttpRequest, slug: str, first_day: str) -> HttpResponse:
    """Close an ended period now rather than at the next round of the worker."""
    product = get_object_or_404(Product, slug=slug)
    allow(decides_royalties, me_or_none(request))
    day = date.fromisoformat(first_day)
    period = domain.period_of(day, domain.schedule_on(day, queries.schedules()))
    actions.close_period(product=product, period=period, actor=me(request))
    return redirect("royalties:overview")
