"""What the sandbox does: takes orders, lets the payer choose, says what happened."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction

from essaim.connectors.sandbox.domain import PAYMENTS, PAYOUTS, Script
from essaim.connectors.sandbox.jobs import ring
from essaim.connectors.sandbox.models import Order, Till, Word
from essaim.kit import clock
from essaim.kit.errors import Conflict, gettext_noop

_ = gettext_noop


class ChosenAlready(Conflict):
    cause = _("This payment has been decided already.")
    remedy = _("Go back to the house and start again.")


def take_order(*, kind: str, key: str, amount: int, unit: str, memo: str = "", return_path: str = "") -> Order:
    """The order of that key; a second call with it gives the first order back."""
    order, _new = Order.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "reference": f"{kind[:3]}_{uuid.uuid4().hex}",
            "amount": amount,
            "unit": unit,
            "memo": memo,
            "return_path": return_path,
        },
    )
    return order


@transaction.atomic
def choose(*, reference: str, choice: str) -> Order:
    """The payer decides what will have happened. Once."""
    order = Order.objects.select_for_update().get(reference=reference, kind=Order.Kind.PAYMENT)
    if order.choice:
        raise ChosenAlready
    _play(order, choice, PAYMENTS[choice])
    return order


@transaction.atomic
def play_payout(*, order: Order) -> None:
    """A payout goes as the till is set; asked again it says nothing new."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if not order.choice:
        choice = (Till.objects.filter(pk=1).first() or Till()).payouts
        _play(order, choice, PAYOUTS[choice])


@transaction.atomic
def say(*, reference: str, type: str, amount: int, key: str) -> None:
    """One more event about an order, now. The same key again says nothing."""
    order = Order.objects.select_for_update().get(reference=reference)
    now = clock.now()
    Word.objects.get_or_create(
        request_key=key,
        defaults={"order": order, "type": type, "amount": amount, "occurred_at": now, "due_at": now},
    )
    transaction.on_commit(ring)


def set_payouts(*, choice: str) -> None:
    """How the next payouts go."""
    Till.objects.update_or_create(pk=1, defaults={"payouts": choice})


def _play(order: Order, choice: str, script: Script) -> None:
    order.choice = choice
    order.save(update_fields=["choice"])
    now = clock.now()
    Word.objects.bulk_create(
        Word(
            order=order,
            type=word.type,
            amount=order.amount // word.part,
            occurred_at=now + timedelta(seconds=word.happens),
            due_at=now + timedelta(seconds=word.arrives),
            copies=word.copies,
        )
        for word in script.words
    )
    transaction.on_commit(ring)
