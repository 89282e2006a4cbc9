"""The public proof of the books, and a member's own pages: statement, payouts, a payment under way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from essaim.kit.errors import Missing, Refusal
from essaim.ledger import chart, exports, policy, queries, recompute, seals, words
from essaim.ledger.forms import PayoutForm
from essaim.ledger.models import Account, BooksCheck, JournalEntry, Payment, Payout, Seal
from essaim.ledger.payouts import actions
from essaim.ledger.payouts import queries as payout_queries
from essaim.ledger.payouts.domain import hidden_iban
from essaim.ledger.presentation import payout_events, proof_lines, reader
from essaim.people.queries import house


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    totals = seals.totals_now()
    return render(
        request,
        "ledger/proof.html",
        {
            "units": [(unit, proof_lines(unit, sums)) for unit, sums in totals.items()],
            "check": BooksCheck.objects.first(),
            "seal": Seal.objects.order_by("-id").first(),
            "seals": Seal.objects.order_by("-id")[:10],
            "entries": JournalEntry.objects.count(),
            "base": request.build_absolute_uri("/").rstrip("/"),
        },
    )


@require_safe
def proof_json(request: HttpRequest) -> JsonResponse:
    last = Seal.objects.order_by("-id").first()
    check = BooksCheck.objects.first()
    return JsonResponse(
        {
            "house": house().name,
            "seals": [
                {
                    "id": seal.pk,
                    "last_entry": seal.last_entry_id,
                    "entries": seal.entries,
                    "hash": seal.hash,
                    "sealed_at": seal.sealed_at.isoformat(),
                }
                for seal in Seal.objects.order_by("id")
            ],
            "totals": last.totals if last else {},
            "checked_at": check.checked_at.isoformat() if check else None,
            "sound": not check.faults if check else None,
        }
    )


@require_safe
def public_journal(request: HttpRequest) -> StreamingHttpResponse:
    return _download((f"{line}\n" for line in seals.public_journal()), "journal.csv")


@require_safe
def recompute_program(request: HttpRequest) -> HttpResponse:
    program = Path(recompute.__file__).read_text(encoding="utf-8")
    return HttpResponse(program, content_type="text/plain; charset=utf-8")


@login_required
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    accounts = list(queries.member_accounts(reader(request)))
    chosen = _chosen(accounts, request.GET.get("account", ""))
    lines: Any = queries.statement(chosen).reverse() if chosen else []
    page = Paginator(lines, 30).get_page(request.GET.get("page"))
    for line in page:
        line.pseudonym = seals.pseudonym(line.account, line.entry_id)
        line.told = words.kind_in_words(line.entry.kind)
    return render(
        request,
        "ledger/statement.html",
        {"accounts": [_tab(account, chosen) for account in accounts], "account": chosen, "page": page},
    )


@login_required
@require_safe
def statement_csv(request: HttpRequest) -> StreamingHttpResponse:
    def rows() -> Any:
        yield ("date", "account", "kind", "memo", "amount", "balance", "unit", "public_line")
        for account in queries.member_accounts(reader(request)):
            for line in queries.statement(account):
                entry = line.entry
                mark = seals.pseudonym(account, entry.pk)
                told = words.kind_in_words(entry.kind)
                yield (
                    f"{entry.at:%Y-%m-%d}",
                    account.name,
                    told,
                    entry.memo,
                    line.moved,
                    line.after,
                    account.unit,
                    mark,
                )

    return _download(exports.csv_lines(rows()), "statement.csv")


@login_required
@require_http_methods(["GET", "POST"])
def payouts(request: HttpRequest) -> HttpResponse:
    unit = house().currency
    form = PayoutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            payout = actions.request_payout(
                actor=reader(request),
                amount=form.cleaned_data["amount"],
                unit=unit,
                destination=form.cleaned_data["destination"],
                key=form.cleaned_data["key"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your payout is asked for."))
            return redirect("ledger:payout", pk=payout.pk)
    return render(
        request,
        "ledger/payouts.html",
        {
            "form": form,
            "unit": unit,
            "balance": queries.member_balance(reader(request), unit),
            "held": queries.member_balance(reader(request), unit, "held"),
            "rules": payout_queries.rules_row(),
            "page": Paginator(payout_queries.payouts_of(reader(request)), 20).get_page(request.GET.get("page")),
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_http_methods(["GET", "POST"])
def payout(request: HttpRequest, pk: Any) -> HttpResponse:
    payout = get_object_or_404(Payout.objects.select_related("member"), pk=pk, member=reader(request))
    if request.method == "POST":
        actions.cancel_payout(actor=reader(request), payout=payout)
        messages.success(request, _("Cancelled; the money is on your balance again."))
        return redirect("ledger:payout", pk=pk)
    return render(
        request,
        "ledger/payout.html",
        {
            "payout": payout,
            "account": hidden_iban(payout.destination),
            "events": payout_events(payout),
            "can_cancel": payout.state in actions.OPEN,
        },
    )


@login_required
@require_safe
def payment(request: HttpRequest, pk: Any) -> HttpResponse:
    """Where the payer comes back. Being here posts nothing: the page tells what the provider has said so far."""
    payment = get_object_or_404(Payment, pk=pk)
    if payment.payer_id != reader(request).pk and not policy.read_books.test(reader(request)):
        raise Missing
    return render(request, "ledger/payment.html", {"payment": payment})


def _chosen(accounts: list[Account], code: str) -> Account | None:
    return next((account for account in accounts if account.code == code), accounts[0] if accounts else None)


def _tab(account: Account, chosen: Account | None) -> dict[str, Any]:
    unit = _("points") if account.unit == chart.POINTS else account.unit
    return {
        "label": f"{unit} · {words.MEMBER[account.name]}",
        "url": f"?account={account.code}",
        "current": account == chosen,
    }


def _download(lines: Any, name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
