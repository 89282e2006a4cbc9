"""Stripe behind the house's port to payment providers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from essaim.connectors.stripe import domain
from essaim.connectors.stripe.client import answering
from essaim.connectors.stripe.models import Checkout
from essaim.connectors.stripe.statement import lines
from essaim.kit import clock
from essaim.kit.errors import gettext_noop as _
from essaim.ledger.payments.domain import AUTHORISED, CANCELLED, SUCCEEDED
from essaim.ledger.providers import Opened, ProviderRefused, Said, StatementLine, WebhookRefused

WINDOW = timedelta(minutes=5)
"""Older messages are refused: a recorded one cannot be played again."""
Mode = Checkout.Mode


class StripeProvider:
    """The payer pays on Stripe's page (a redirect: no page of ours calls Stripe). The reference is the house's own
    key, which Stripe carries as metadata; intents are found by it.
    """

    slug = "stripe"
    title = _("Card, through Stripe")
    account = "provider"
    pays_out = False

    def create_payment(
        self,
        *,
        key: str,
        amount: int,
        unit: str,
        memo: str,
        return_path: str,
        capture: str = "now",
        until: datetime | None = None,
    ) -> Opened:
        standing = Checkout.objects.filter(key=key).first()
        if standing is None:
            mode = _mode(capture, until)
            params = _session(
                mode, key=key, amount=amount, unit=unit, memo=memo, back=settings.BASE_URL + return_path
            )
            with answering() as client:
                session = client.v1.checkout.sessions.create(params, {"idempotency_key": f"open {key}"})
            standing, _new = Checkout.objects.get_or_create(
                key=key,
                defaults={
                    "mode": mode,
                    "session": session.id,
                    "url": session.url or "",
                    "amount": amount,
                    "unit": unit,
                    "memo": memo,
                },
            )
        return Opened(key, standing.url)

    def capture(self, *, reference: str, amount: int, key: str) -> None:
        checkout = _checkout(reference)
        options: Any = {"idempotency_key": f"capture {key}"}
        with answering() as client:
            if checkout.mode == Mode.AGREEMENT:
                client.v1.payment_intents.create(_charge(checkout, amount), options)
            else:
                client.v1.payment_intents.capture(_intent(checkout), {"amount_to_capture": amount}, options)

    def cancel(self, *, reference: str, key: str) -> Said | None:
        checkout = _checkout(reference)
        options: Any = {"idempotency_key": f"cancel {key}"}
        with answering() as client:
            if checkout.intent and checkout.mode != Mode.AGREEMENT:
                client.v1.payment_intents.cancel(checkout.intent, {}, options)
            elif checkout.agreement:
                client.v1.payment_methods.detach(checkout.agreement, {}, options)
                return Said(f"{key}.let-go", CANCELLED, reference, checkout.amount, clock.now())
            else:
                client.v1.checkout.sessions.expire(checkout.session, {}, options)
        return None

    def refund(self, *, reference: str, amount: int, key: str) -> None:
        params: Any = {
            "payment_intent": _intent(_checkout(reference)),
            "amount": amount,
            "metadata": {"payment": reference},
        }
        with answering() as client:
            client.v1.refunds.create(params, {"idempotency_key": f"refund {key}"})

    def payout(self, *, key: str, amount: int, unit: str, destination: str) -> str:
        raise ProviderRefused(reason="Stripe pays the house only")

    def verify_webhook(self, *, headers: Mapping[str, str], body: bytes) -> Sequence[Said]:
        signature = {name.lower(): value for name, value in headers.items()}.get("stripe-signature", "")
        if not any(_signed(body, signature, secret) for secret in settings.STRIPE_WEBHOOK_SECRETS):
            raise WebhookRefused
        try:
            event = json.loads(body)
            return [_said(event, domain.read(event))]
        except (KeyError, TypeError, ValueError) as error:
            raise WebhookRefused from error

    def statement(self, *, since: datetime, until: datetime) -> Iterator[StatementLine]:
        """What moved Stripe's balance."""
        with answering() as client:
            yield from lines(client, since, until)


def _mode(capture: str, until: datetime | None) -> str:
    if capture == "now":
        return Mode.NOW
    return Mode.HOLD if domain.holds_until(clock.now(), until) else Mode.AGREEMENT


def _session(mode: str, *, key: str, amount: int, unit: str, memo: str, back: str) -> Any:
    """The parameters of the page the payer goes to."""
    metadata = {"payment": key}
    common: dict[str, Any] = {
        "client_reference_id": key,
        "metadata": metadata,
        "success_url": back,
        "cancel_url": back,
    }
    if mode == Mode.AGREEMENT:
        return common | {
            "mode": "setup",
            "currency": unit.lower(),
            "customer_creation": "always",
            "setup_intent_data": {"metadata": metadata, "description": memo},
        }
    price = {"currency": unit.lower(), "unit_amount": amount, "product_data": {"name": memo}}
    intent = {"metadata": metadata, "description": memo}
    if mode == Mode.HOLD:
        intent["capture_method"] = "manual"
    return common | {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "payment_intent_data": intent,
    }


def _charge(checkout: Checkout, amount: int) -> Any:
    """Taking from the payment method the payer let us keep, without him."""
    return {
        "amount": amount,
        "currency": checkout.unit.lower(),
        "customer": checkout.customer,
        "payment_method": checkout.agreement,
        "off_session": True,
        "confirm": True,
        "description": checkout.memo,
        "metadata": {"payment": checkout.key},
    }


def _checkout(reference: str) -> Checkout:
    found = Checkout.objects.filter(key=reference).first()
    if found is None:
        raise ProviderRefused(reason=f"nothing was opened for {reference}")
    return found


def _intent(checkout: Checkout) -> str:
    if not checkout.intent:
        raise ProviderRefused(reason="the payer has not paid")
    return checkout.intent


def _signed(body: bytes, signature: str, secret: str) -> bool:
    import stripe  # when first used, as in `client`

    try:
        stripe.WebhookSignature.verify_header(body, signature, secret, int(WINDOW.total_seconds()))
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False
    return True


def _said(event: dict[str, Any], read: domain.Read) -> Said:
    """The event as the kernel takes it. One the house does not act on, or of a payment that is not its own, keeps
    Stripe's word.
    """
    checkout = _learn(read)
    if read.type is None or checkout is None:
        return Said(str(event["id"]), f"stripe:{event['type']}", read.intent, read.amount, read.at, event)
    amount = checkout.amount if read.agreement and read.type == AUTHORISED else read.amount
    return Said(read.event_id, read.type, checkout.key, amount, read.at, event, read.expires_at)


def _learn(read: domain.Read) -> Checkout | None:
    """Which of the house's payments the event is about; what it tells of names is kept."""
    checkout = Checkout.objects.filter(key=read.payment).first() if read.payment else None
    if checkout is None and read.intent:
        checkout = Checkout.objects.filter(intent=read.intent).first() or _asked(read.intent)
    if checkout is None:
        return None
    learnt = {
        name: getattr(read, name)
        for name in ("intent", "agreement", "customer")
        if getattr(read, name) and (not getattr(checkout, name) or read.type == SUCCEEDED)
    }
    if learnt:
        Checkout.objects.filter(pk=checkout.pk).update(**learnt)
    return checkout


def _asked(intent: str) -> Checkout | None:
    """A dispute told before its payment bears the intent only: Stripe knows whose it is."""
    try:
        with answering() as client:
            found: dict[str, Any] = client.v1.payment_intents.retrieve(intent).to_dict()
    except ProviderRefused:
        return None
    return Checkout.objects.filter(key=(found.get("metadata") or {}).get("payment", "")).first()
