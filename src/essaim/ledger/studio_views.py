"""The treasurer's pages: journal, accounts, money in, payments, payouts, exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from essaim.kit import clock
from essaim.kit.errors import Forbidden, Refusal
from essaim.ledger import actions, exports, fec, policy, queries, seals, words
from essaim.ledger.forms import (
    DepositForm,
    EntryForm,
    FecForm,
    JournalForm,
    PayoutRulesForm,
    PeriodForm,
    RefundForm,
    ReverseForm,
)
from essaim.ledger.models import Account, Payment, Payout, ProviderEvent
from essaim.ledger.payments import actions as payment_actions
from essaim.ledger.payments.requests import unanswered
from essaim.ledger.payments.settle import facts_of
from essaim.ledger.payouts import actions as payout_actions
from essaim.ledger.payouts import doubts
from essaim.ledger.payouts import queries as payout_queries
from essaim.ledger.payouts.domain import grouped_iban
from essaim.ledger.presentation import payout_events, reader
from essaim.people.policy import allow
from essaim.people.queries import house

View = Callable[..., Any]
Act = Callable[[dict[str, Any]], Any]


def books_view(view: View) -> View:
    """For those who may read the books; acts decide for themselves who may write."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> Any:
        allow(policy.read_books, reader(request), refusal=policy.NotTreasurer)
        return view(request, *args, **options)

    return guarded


@books_view
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    form = JournalForm(request.GET)
    entries = queries.journal(**_filters(form))
    page = Paginator(entries, 30).get_page(request.GET.get("page"))
    _tell(*page)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "ledger/studio/journal.html",
        {
            "form": form,
            "page": page,
            "query": query.urlencode(),
            "may_write": policy.keep_books.test(reader(request)),
        },
    )


@books_view
@require_safe
def journal_csv(request: HttpRequest) -> StreamingHttpResponse:
    entries = queries.journal(**_filters(JournalForm(request.GET)))
    return _download(exports.csv_lines(exports.journal_rows(entries)), "journal.csv", "text/csv; charset=utf-8")


@books_view
@require_http_methods(["GET", "POST"])
def new_entry(request: HttpRequest) -> Any:
    form = EntryForm(request.POST or None, unit=house().currency)

    def write(given: dict[str, Any]) -> HttpResponse:
        posted = actions.write_entry(actor=reader(request), **given)
        messages.success(request, _("Written in the books."))
        return redirect("ledger_studio:entry", pk=posted.pk)

    return _act(request, form, write, "ledger/studio/new_entry.html", {})


@books_view
@require_http_methods(["GET", "POST"])
def deposit(request: HttpRequest) -> Any:
    """Money of the house's own: in by its bank, in through the provider, or out again."""
    unit = house().currency

    def put(given: dict[str, Any]) -> HttpResponse:
        way, amount, reason, key = given["way"], given["amount"], given["reason"], given["key"]
        if way == "provider":
            _payment, url = payment_actions.pay_in(
                actor=reader(request), amount=amount, unit=unit, memo=reason, key=key
            )
            return redirect(url)
        act = actions.take_money_out if way == "out" else actions.put_money_in
        posted = act(actor=reader(request), amount=amount, unit=unit, reason=reason, key=key)
        messages.success(request, _("Written in the books."))
        return redirect("ledger_studio:entry", pk=posted.pk)

    free = queries.balance_of(f"house:own:{unit}")
    return _act(
        request, DepositForm(request.POST or None), put, "ledger/studio/deposit.html", {"free": free, "unit": unit}
    )


@books_view
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: int) -> Any:
    found = get_object_or_404(queries.journal(), pk=pk)

    def undo(given: dict[str, Any]) -> HttpResponse:
        posted = actions.reverse_entry(actor=reader(request), entry=found, **given)
        messages.success(request, _("Reversed by a new entry."))
        return redirect("ledger_studio:entry", pk=posted.pk)

    _tell(found)
    form = ReverseForm(request.POST or None)
    context = {
        "entry": found,
        "reversal": getattr(found, "reversal", None),
        "may_write": policy.keep_books.test(reader(request)),
    }
    return _act(request, form, undo, "ledger/studio/entry.html", context)


@books_view
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The trial balance of a period."""
    form = PeriodForm(request.GET)
    unit = request.GET.get("unit", house().currency)
    lines = queries.trial_balance(unit, **_period(form))
    names = words.accounts_in_words(line.account for line in lines)
    named = [(line, names[line.account.code]) for line in lines]
    return render(
        request,
        "ledger/studio/accounts.html",
        {
            "form": form,
            "lines": named,
            "unit": unit,
            "units": sorted(set(Account.objects.values_list("unit", flat=True))),
            "debited": sum(line.debited for line in lines),
            "credited": sum(line.credited for line in lines),
        },
    )


@books_view
@require_safe
def account(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Account.objects.select_related("owner"), code=code)
    lines = queries.statement(found).reverse()
    page = Paginator(lines, 50).get_page(request.GET.get("page"))
    for line in cast(Any, page):
        line.told = words.kind_in_words(line.entry.kind)
    context = {
        "account": found,
        "name": words.account_in_words(found),
        "page": page,
        "balance": queries.balance(found),
    }
    return render(request, "ledger/studio/account.html", context)


@books_view
@require_http_methods(["GET", "POST"])
def fec_export(request: HttpRequest) -> Any:
    """Seals what is not sealed yet, then gives the file of the year."""
    year = timezone.localdate(clock.now()).year
    form = FecForm(request.POST or None, initial={"opening": date(year, 1, 1), "closing": date(year, 12, 31)})

    def give(given: dict[str, Any]) -> Any:
        seals.seal_books()
        lines = exports.fec_file(house().currency, given["opening"], given["closing"])
        name = fec.file_name(given["siren"], given["closing"])
        return _download(lines, name, "text/plain; charset=utf-8")

    return _act(request, form, give, "ledger/studio/fec.html", {"columns": fec.COLUMNS})


@books_view
@require_http_methods(["GET", "POST"])
def payments(request: HttpRequest) -> HttpResponse:
    """What came in by the provider, and its events; a payment can be paid back from here."""
    if request.method == "POST":
        _refund(request)
        return redirect("ledger_studio:payments")
    page = Paginator(Payment.objects.select_related("payer", "target__owner"), 30).get_page(request.GET.get("page"))
    rows = [(row, facts_of(row).left, RefundForm(initial={"amount": facts_of(row).left})) for row in page]
    events = ProviderEvent.objects.exclude(outcome=ProviderEvent.Outcome.APPLIED).order_by("-id")[:20]
    context = {
        "page": page,
        "rows": rows,
        "events": events,
        "requests": unanswered(),
        "may_write": policy.keep_books.test(reader(request)),
    }
    return render(request, "ledger/studio/payments.html", context)


def _refund(request: HttpRequest) -> None:
    found = get_object_or_404(Payment, pk=request.POST.get("payment"))
    form = RefundForm(request.POST)
    if form.is_valid():
        payment_actions.refund_payment(actor=reader(request), payment=found, **form.cleaned_data)
        messages.success(request, _("Asked of the provider; the books move when it is done."))
    else:
        messages.error(request, " ".join(map(str, form.errors.get("amount", []))))


@books_view
@require_safe
def payouts(request: HttpRequest) -> HttpResponse:
    others = Payout.objects.exclude(state=Payout.State.REQUESTED).select_related("member")
    return render(
        request,
        "ledger/studio/payouts.html",
        {
            "waiting": payout_queries.payouts_waiting(),
            "doubtful": payout_queries.contradicted(),
            "page": Paginator(others, 30).get_page(request.GET.get("page")),
        },
    )


@books_view
@require_http_methods(["GET", "POST"])
def payout(request: HttpRequest, pk: Any) -> HttpResponse:
    found = get_object_or_404(Payout.objects.select_related("member"), pk=pk)
    refusal = None
    if request.method == "POST":
        try:
            _payout_act(request, found)
        except Refusal as raised:
            refusal = raised
        else:
            return redirect("ledger_studio:payout", pk=pk)
    return render(
        request,
        "ledger/studio/payout.html",
        {
            "payout": found,
            "account": grouped_iban(found.destination),
            "refusal": refusal,
            "reason": request.POST.get("reason", ""),
            "events": payout_events(found),
            "approvals": found.approvals.select_related("approver"),
            "words": payout_queries.words_in_doubt(found),
            "own": found.member == reader(request),
            "leaves": found.leaves_at <= clock.now(),
        },
        status=refusal.status if refusal else 200,
    )


def _payout_act(request: HttpRequest, found: Payout) -> None:
    """The act of the button pressed."""
    match request.POST.get("act"):
        case "approve":
            payout_actions.approve_payout(actor=reader(request), payout=found)
        case "refuse":
            payout_actions.refuse_payout(actor=reader(request), payout=found, reason=request.POST.get("reason", ""))
        case "identity":
            document = request.POST.get("document", "")[:200]
            payout_actions.verify_identity(actor=reader(request), payout=found, document=document)
        case "send":
            payout_actions.send_payout(payout=found, actor=reader(request))
        case "believe":
            doubts.believe_last_word(actor=reader(request), payout=found)
        case "aside":
            doubts.set_words_aside(actor=reader(request), payout=found, reason=request.POST.get("reason", ""))


@books_view
@require_http_methods(["GET", "POST"])
def payout_rules(request: HttpRequest) -> Any:
    form = PayoutRulesForm(request.POST or None, instance=payout_queries.rules_row())

    def change(given: dict[str, Any]) -> HttpResponse:
        payout_actions.change_rules(actor=reader(request), **given)
        messages.success(request, _("The new rules hold for payouts asked from now on."))
        return redirect("ledger_studio:payouts")

    return _act(request, form, change, "ledger/studio/payout_rules.html", {})


def _act(
    request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], HttpResponse], page: str, context: Any
) -> Any:
    """Show the form; when it is sent, act, or show it again with what was refused and all that was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            return act(form.cleaned_data)
        except Forbidden:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, page, {"form": form, **context}, status=422 if form.errors else 200)


def _period(form: Any) -> dict[str, datetime | None]:
    """The form's days as moments; the last day is included."""
    given = form.cleaned_data if form.is_valid() else {}
    zone = timezone.get_current_timezone()
    since, until = given.get("since"), given.get("until")
    return {
        "since": datetime.combine(since, time.min, zone) if since else None,
        "until": datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
    }


def _filters(form: JournalForm) -> dict[str, Any]:
    given = form.cleaned_data if form.is_valid() else {}
    return {name: given.get(name, "") for name in ("kind", "account", "words")} | _period(form)


def _tell(*entries: Any) -> None:
    """Words for the template: the kind, and each line's account."""
    names = words.accounts_in_words(line.account for entry in entries for line in entry.postings.all())
    for entry in entries:
        entry.told = words.kind_in_words(entry.kind)
        entry.shown = [
            (line, names[line.account.code], max(line.amount, 0), max(-line.amount, 0))
            for line in entry.postings.all()
        ]


def _download(lines: Any, name: str, content_type: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
