"""A bank for tests: it does what it is asked once per key, and its words arrive when the test says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from essaim.kit import clock
from essaim.ledger.events import receive_event, receive_events
from essaim.ledger.models import Payment
from essaim.ledger.payments.actions import begin_payment
from essaim.ledger.payments.requests import send_waiting
from essaim.ledger.providers import Opened, ProviderRefused, Said, StatementLine
from essaim.mechanisms.crowdfunding.actions.payments import ready_charge
from essaim.mechanisms.crowdfunding.models import Charge, Pledge

NUMBERS = count(1)


@dataclass
class Bank:
    """`asked` holds every request once, by its key; `mailbox` what it has to say and has not said."""

    slug: str = "testbank"
    title: str = "Test bank"
    account: str = "bank"
    pays_out: bool = True
    asked: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    mailbox: list[Said] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)

    def create_payment(self, *, key: str, amount: int, **_rest: Any) -> Opened:
        return Opened(f"pay-{key}", f"/testbank/{key}/")

    def capture(self, *, reference: str, amount: int, key: str) -> None:
        if reference in self.refuses:
            raise ProviderRefused(reason="the card has expired")
        self._once("succeeded", reference, amount, key)

    def cancel(self, *, reference: str, key: str) -> None:
        self._once("cancelled", reference, 0, key)

    def refund(self, *, reference: str, amount: int, key: str) -> None:
        self._once("refunded", reference, amount, key)

    def payout(self, *, key: str, amount: int, unit: str, destination: str) -> str:
        return f"out-{key}"

    def statement(self, *, since: datetime, until: datetime) -> list[StatementLine]:
        return []

    def verify_webhook(self, *, headers: Mapping[str, str], body: bytes) -> list[Said]:
        raise NotImplementedError

    def _once(self, word: str, reference: str, amount: int, key: str) -> None:
        if key not in self.asked:
            self.asked[key] = (word, reference, amount)
            self.mailbox.append(self.said(word, reference, amount))

    def said(self, word: str, reference: str, amount: int, at: datetime | None = None) -> Said:
        return Said(f"evt-{next(NUMBERS)}", f"payment.{word}", reference, amount, at or clock.now())

    def say(self, pledge: Pledge, word: str, amount: int | None = None, *, at: datetime | None = None) -> Said:
        """One event about the pledge's latest payment, received now."""
        charge = Charge.objects.select_related("payment").filter(pledge=pledge).latest("pk")
        return self.say_of(charge.payment, word, amount, at=at)

    def say_of(self, payment: Payment, word: str, amount: int | None = None, *, at: datetime | None = None) -> Said:
        said = self.said(word, f"pay-{payment.pk}", payment.amount if amount is None else amount, at)
        receive_event(provider=self.slug, said=said)
        return said

    def hear(self, said: Said) -> None:
        receive_event(provider=self.slug, said=said)

    def hear_all(self, words: list[Said]) -> list[tuple[Said, Exception]]:
        """In one message; what could not be applied, with the reason."""
        return receive_events(provider=self.slug, words=words)

    def open(self, pledge: Pledge) -> Charge:
        charge = ready_charge(pledge, "/")
        begin_payment(charge.payment)
        return charge

    def hold(self, pledge: Pledge) -> Pledge:
        self.open(pledge)
        self.say(pledge, "authorised")
        return fresh(pledge)

    def take(self, pledge: Pledge) -> Pledge:
        self.open(pledge)
        self.say(pledge, "succeeded")
        return fresh(pledge)

    def answer(self) -> None:
        """Every request is sent, and every word arrives, until there is nothing left to say."""
        send_waiting()
        while self.mailbox:
            words, self.mailbox = self.mailbox, []
            assert self.hear_all(words) == []
            send_waiting()


def fresh(pledge: Pledge) -> Pledge:
    return Pledge.objects.select_related("campaign__community", "backer", "tier").get(pk=pledge.pk)
