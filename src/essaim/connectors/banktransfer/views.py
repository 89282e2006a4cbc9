"""Where a payer reads what to write on his transfer, and the treasurer's desk at the bank."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import qrcode
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathImage

from essaim.connectors.banktransfer import actions, domain, pain, queries
from essaim.connectors.banktransfer.forms import StatementForm
from essaim.connectors.banktransfer.models import Booking, Order, Statement, Transfer
from essaim.kit import clock
from essaim.kit.errors import Forbidden, Missing, Refusal
from essaim.ledger import policy
from essaim.ledger.payouts.domain import grouped_iban
from essaim.ledger.presentation import reader
from essaim.people.policy import allow


@require_safe
def pay(request: HttpRequest, key: Any) -> HttpResponse:
    """The key is known to the payer alone; being here pays nothing."""
    _must_be_connected()
    transfer = get_object_or_404(Transfer, key=str(key))
    expected = queries.expected_of(transfer)
    context = {
        "transfer": transfer,
        "expected": expected,
        "holder": settings.BANK_HOLDER,
        "iban": grouped_iban(settings.BANK_IBAN),
        "bic": settings.BANK_BIC,
        "reference": domain.shown(transfer.reference or ""),
        "code": _code(transfer, expected.missing),
    }
    return render(request, "banktransfer/pay.html", context)


def _must_be_connected() -> None:
    """A house that told no account of its own takes no transfers."""
    if not settings.BANK_IBAN:
        raise Missing


def _code(transfer: Transfer, amount: int) -> str:
    """The payment code as an SVG of the page's own."""
    text = domain.epc_code(
        holder=settings.BANK_HOLDER,
        iban=settings.BANK_IBAN,
        bic=settings.BANK_BIC,
        amount=amount,
        unit=transfer.unit,
        reference=transfer.reference or "",
    )
    if not text:
        return ""
    image = qrcode.make(text, image_factory=SvgPathImage, error_correction=qrcode.constants.ERROR_CORRECT_M)
    drawn: str = mark_safe(image.to_string(encoding="unicode"))  # here, from the house's own figures
    return drawn


@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Statements to read, money waiting for a person, transfers to send."""
    _must_be_connected()
    allow(policy.read_books, reader(request), refusal=policy.NotTreasurer)
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _read(request, form):
        return redirect("banktransfer:desk")
    page = Paginator(queries.waiting(), 20).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [
            (row, queries.candidates(row), queries.expected_of(row.transfer) if row.transfer else None)
            for row in page
        ],
        "statements": Statement.objects.select_related("reader")[:20],
        "orders": Order.objects.exclude(state__in=[Order.State.SETTLED, Order.State.RETURNED]).order_by("id")[:100],
        "may_write": policy.keep_books.test(reader(request)),
    }
    return render(request, "banktransfer/desk.html", context, status=422 if form.errors else 200)


def _read(request: HttpRequest, form: StatementForm) -> bool:
    file = form.cleaned_data["file"]
    try:
        read = actions.read_statement(actor=reader(request), file=file.name, content=file.read())
    except Forbidden:
        raise
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return False
    told = _("Read: %(new)s new movements, %(known)s known, %(faults)s left out.")
    messages.success(request, told % {"new": read.new, "known": read.known, "faults": len(read.faults)})
    return True


@require_safe
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    allow(policy.read_books, reader(request), refusal=policy.NotTreasurer)
    found = get_object_or_404(Statement, pk=pk)
    bookings = found.bookings.select_related("transfer", "decided_by")
    return render(request, "banktransfer/statement.html", {"statement": found, "bookings": bookings})


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Match it, set it aside, or send it back: the button says which."""
    booking = get_object_or_404(Booking, pk=pk)
    actor, given = reader(request), request.POST
    acts: dict[str, Callable[[], object]] = {
        "match": lambda: actions.match_booking(
            actor=actor, booking=booking, transfer=get_object_or_404(Transfer, reference=_reference(given))
        ),
        "aside": lambda: actions.set_aside(actor=actor, booking=booking, reason=given.get("reason", "")),
        "back": lambda: actions.send_back(actor=actor, booking=booking, account=given.get("account", "")),
    }
    _try(request, acts.get(given.get("act", ""), lambda: None))
    return redirect("banktransfer:desk")


def _reference(given: Any) -> str:
    """As chosen, or as written by hand."""
    written = domain.references(given.get("other", ""))
    return str(written[0] if written else given.get("reference", ""))


@require_POST
def orders(request: HttpRequest) -> HttpResponse:
    """The file for the bank: what waits is given to it."""
    given = actions.give_orders(actor=reader(request))
    if not given:
        messages.info(request, _("No transfer is waiting to be sent."))
        return redirect("banktransfer:desk")
    now = clock.now()
    content = pain.written(
        [
            pain.Credit(order.name or "", order.amount, order.unit, order.party, order.iban, order.memo)
            for order in given
        ],
        message=f"ESSAIM-{now:%Y%m%d%H%M%S}",
        holder=settings.BANK_HOLDER,
        iban=settings.BANK_IBAN,
        bic=settings.BANK_BIC,
        at=now,
    )
    answer = HttpResponse(content, content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="transfers-{now:%Y%m%d%H%M%S}.xml"'
    return answer


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Its account, or that it was sent."""
    found = get_object_or_404(Order, pk=pk)
    actor, account = reader(request), request.POST.get("account", "")
    if account:
        _try(request, lambda: actions.write_account(actor=actor, order=found, account=account))
    else:
        _try(request, lambda: actions.confirm_order(actor=actor, order=found))
    return redirect("banktransfer:desk")


def _try(request: HttpRequest, act: Callable[[], object]) -> None:
    """A refusal is told on the page one comes back to."""
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
