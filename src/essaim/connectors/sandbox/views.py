"""The page a payer lands on, and the desk from which staff play the bank."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from essaim.connectors.sandbox import actions
from essaim.connectors.sandbox.domain import CHECKED, LATER, PAYOUTS, Script, scripts
from essaim.connectors.sandbox.models import Order, Till
from essaim.kit.errors import Missing
from essaim.ledger import policy
from essaim.ledger.presentation import reader
from essaim.people.policy import allow


def _choices(scripts: dict[str, Script], chosen: str = "") -> list[dict[str, object]]:
    return [
        {
            "slug": slug,
            "title": gettext(script.title),
            "told": gettext(script.told) if script.told else "",
            "on": slug == chosen,
        }
        for slug, script in scripts.items()
    ]


def _later(kind: str) -> list[tuple[str, str]]:
    """The events that can still be said about a payment or a payout."""
    return [(type_, gettext(told)) for type_, told in LATER.items() if type_.startswith(kind)]


@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    order = get_object_or_404(Order, reference=reference, kind=Order.Kind.PAYMENT)
    if request.method == "POST":
        choice = request.POST.get("choice", "")
        if choice not in {*scripts(order.capture, ""), *CHECKED[order.capture]}:
            raise Missing
        order = actions.choose(reference=reference, choice=choice)
        return (
            redirect("sandbox:pay", reference)
            if scripts(order.capture, order.choice)
            else redirect(order.return_path)
        )
    choices = {} if order.closed else scripts(order.capture, order.choice)
    context = {"order": order, "choices": _choices(choices), "at_the_bank": bool(order.choice)}
    return render(request, "sandbox/pay.html", context)


@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    allow(policy.keep_books, reader(request), refusal=policy.NotTreasurer)
    if request.method == "POST":
        _play(request)
        return redirect("sandbox:desk")
    orders = Order.objects.exclude(choice="").prefetch_related("words")[:30]
    return render(
        request,
        "sandbox/desk.html",
        {
            "orders": [{"order": order, "later": _later(order.kind), "key": uuid.uuid4()} for order in orders],
            "payouts": _choices(PAYOUTS, (Till.objects.first() or Till()).payouts),
        },
    )


def _play(request: HttpRequest) -> None:
    if request.POST.get("payouts") in PAYOUTS:
        actions.set_payouts(choice=request.POST["payouts"])
    elif request.POST.get("type") in LATER:
        order = get_object_or_404(Order, reference=request.POST.get("reference"))
        actions.say(
            reference=order.reference,
            type=request.POST["type"],
            amount=order.amount,
            key=request.POST.get("key", ""),
        )
