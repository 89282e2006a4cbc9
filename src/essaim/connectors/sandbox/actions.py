"""What the sandbox does: takes orders, lets the payer choose, says what happened."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction

from essaim.connectors.sandbox.domain import PAYOUTS, Script, scripts
from essaim.connectors.sandbox.domain import Word as Line
from essaim.connectors.sandbox.jobs import ring
from essaim.connectors.sandbox.models import Order, Till, Word
from essaim.kit import clock
from essaim.kit.errors import Conflict, gettext_noop

_ = gettext_noop


class ChosenAlready(Conflict):
    cause = _("This payment has been decided already.")
    remedy = _("Go back to the house and start again.")


def take_order(
    *, kind: str, key: str, amount: int, unit: str, memo: str = "", return_path: str = "", capture: str = "now"
) -> Order:
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
            "capture": capture,
        },
    )
    return order


@transaction.atomic
def choose(*, reference: str, choice: str) -> Order:
    """The payer decides what will have happened. Once; a second time on the bank's page when it asks for it."""
    order = Order.objects.select_for_update().get(reference=reference, kind=Order.Kind.PAYMENT)
    script = {} if order.closed else scripts(order.capture, order.choice)
    if choice not in script:
        raise ChosenAlready
    _play(order, choice, script[choice])
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
    _say_all(order, order.amount, script.words, holds=timedelta(days=script.holds))


def _say_all(order: Order, amount: int, lines: tuple[Line, ...], *, holds: timedelta) -> None:
    Word.objects.bulk_create(words_of(order, amount, lines, holds=holds))
    transaction.on_commit(ring)


def words_of(
    order: Order, amount: int, lines: tuple[Line, ...], key: str | None = None, holds: timedelta | None = None
) -> list[Word]:
    """Words about the order from now on, not written yet; the first bears the key of the request they answer."""
    now = clock.now()
    return [
        Word(
            order=order,
            type=line.type,
            amount=amount // line.part,
            request_key=None if place else key,
            occurred_at=now + timedelta(seconds=line.happens),
            expires_at=now + holds if holds and line.type == "payment.authorised" else None,
            due_at=now + timedelta(seconds=line.arrives),
            copies=line.copies,
        )
        for place, line in enumerate(lines)
    ]
