"""The port to payment providers.

A connector registers an object with this protocol. What a provider says arrives by its signed webhook as an
event and becomes an entry; nothing is posted because a payer came back to a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from essaim.kit.errors import Conflict, Missing, Refusal, gettext_noop

_ = gettext_noop


class WebhookRefused(Refusal):
    """The signature does not match, or the message is older than the window."""

    status = 400
    cause = _("This message does not carry a valid signature of the provider.")
    remedy = _("Check the shared secret on both sides and send the message again.")


class ProviderRefused(Conflict):
    """For good: asking again brings nothing. `reason` is the provider's."""

    cause = _("The payment provider refuses: %(reason)s")
    remedy = _("Look at the payment at the provider.")


class ProviderSilent(Conflict):
    """It cannot be reached, or is out of order: ask again later."""

    status = 503
    cause = _("The payment provider does not answer.")
    remedy = _("Try again in a few minutes.")


class ProviderUnknown(Missing):
    cause = _("This house works with no payment provider called “%(slug)s”.")
    remedy = _("Choose one of the connected providers.")


@dataclass(frozen=True, slots=True)
class Said:
    """An event in the house's words. `type` is one of `payments.domain.TYPES`, or the provider's own word."""

    event_id: str
    type: str
    reference: str
    amount: int
    occurred_at: datetime
    body: dict[str, Any] = field(default_factory=dict)
    expires_at: datetime | None = None
    """Until when an authorisation holds."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement of the provider's balance as its own statement tells it. `kind` is one of `payments.domain.Move`
    or `payouts.domain.Move`, `fee`, `transfer` (between it and the house's bank) or `other`; `amount` is signed,
    before `fee`.
    """

    line_id: str
    kind: str
    amount: int
    fee: int
    unit: str
    reference: str
    at: datetime
    memo: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A payment the provider is ready to take: its reference there, and where the payer goes."""

    reference: str
    url: str


class Provider(Protocol):
    """Keys make calls idempotent: the same key gives the same reference. Amounts are in minor units.

    What a call returns is the provider's word at once; otherwise it comes by its webhook. Calls raise
    ProviderRefused when asking again is vain, ProviderSilent when it is not.
    """

    slug: str
    account: str
    """The house account in which the provider's money stands in our books."""

    title: str
    """For payers: what they pay with (marked for translation)."""
    pays_out: bool
    """Whether it can send money to a member's bank."""

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
        """`capture="later"`: the payer agrees now, `capture` takes the amount or a part, `cancel` lets it go.

        Taking is foreseen at `until` at the latest: beyond what banks hold, a provider keeps the payer's agreement
        instead of a hold. One that can do neither takes at once and says so (`payment.succeeded`).
        """
        ...

    def capture(self, *, reference: str, amount: int, key: str) -> Said | None: ...

    def cancel(self, *, reference: str, key: str) -> Said | None: ...

    def refund(self, *, reference: str, amount: int, key: str) -> Said | None: ...

    def payout(self, *, key: str, amount: int, unit: str, destination: str) -> str: ...

    def statement(self, *, since: datetime, until: datetime) -> Iterable[StatementLine]:
        """What moved its balance, from `since` to before `until`."""
        ...

    def verify_webhook(self, *, headers: Mapping[str, str], body: bytes) -> Sequence[Said]:
        """The events of one signed message."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """Something asked about a payment: `kind` is `capture`, `cancel` or `refund`."""

    kind: str
    reference: str
    amount: int
    key: str


Answer = Said | ProviderRefused | ProviderSilent | None
"""The provider's word at once, or none yet; or why not."""


@runtime_checkable
class TakesBatches(Protocol):
    """A provider that can be asked for many things by one call, at most so many."""

    most_at_once: int

    def ask_many(self, asks: Sequence[Ask]) -> Sequence[Answer]:
        """One answer for each, in their order; what one is refused does not touch the others."""
        ...


def ask_all(source: Provider, asks: Sequence[Ask]) -> Sequence[Answer]:
    """Ask for everything, by one call where the provider takes batches, else one by one."""
    if isinstance(source, TakesBatches):
        return source.ask_many(asks)
    return [_asked(source, ask) for ask in asks]


def _asked(source: Provider, ask: Ask) -> Answer:
    try:
        match ask.kind:
            case "capture":
                return source.capture(reference=ask.reference, amount=ask.amount, key=ask.key)
            case "cancel":
                return source.cancel(reference=ask.reference, key=ask.key)
        return source.refund(reference=ask.reference, amount=ask.amount, key=ask.key)
    except (ProviderRefused, ProviderSilent) as refusal:
        return refusal


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Called by a connector's `ready()`."""
    _providers[provider.slug] = provider


def provider(slug: str) -> Provider:
    try:
        return _providers[slug]
    except KeyError:
        raise ProviderUnknown(slug=slug) from None


def connected() -> list[Provider]:
    """In the order of the settings' list of connectors."""
    return list(_providers.values())


def default_provider() -> Provider:
    """The first connected one."""
    return _first(connected())


def payout_provider() -> Provider:
    """The first connected one that can send money to a member's bank."""
    return _first([provider for provider in connected() if provider.pays_out])


def _first(found: list[Provider]) -> Provider:
    if not found:
        raise ProviderUnknown(slug="–")
    return found[0]
