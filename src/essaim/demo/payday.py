"""The author draws what she earned: asked, seen by two treasurers, sent, settled; another payout waits today."""

from __future__ import annotations

from datetime import datetime, timedelta

from essaim.demo.settling import DAY, Village
from essaim.demo.timeline import Timeline, morning
from essaim.ledger.models import Payout
from essaim.ledger.payouts.actions import approve_payout, request_payout, send_payout, verify_identity

IBAN = "FR7630006000011234567890189"  # the specimen of the French banking federation; it is nobody's


class Payday:
    def __init__(self, timeline: Timeline, village: Village) -> None:
        self.timeline, self.village = timeline, village

    def plan(self, launched: datetime) -> None:
        self.timeline.plan(morning(launched + 150 * DAY), self.ask, amount=90_000, paid=True)
        self.timeline.plan(morning(self.timeline.end - 2 * DAY), self.ask, amount=25_000, paid=False)

    def ask(self, amount: int, paid: bool) -> None:
        author = self.village.named["nadia"]
        payout = request_payout(actor=author, amount=amount, unit="EUR", destination=IBAN, key=self.village.key())
        if paid:
            self.timeline.plan(self._moment(payout, hours=5), self.approve, payout=payout)

    def _moment(self, payout: Payout, hours: int) -> datetime:
        return payout.requested_at + timedelta(hours=hours)

    def approve(self, payout: Payout) -> None:
        treasurers = [self.village.named[handle] for handle in ("ines", "paul")]
        if payout.identity == Payout.Identity.NEEDED:
            verify_identity(actor=treasurers[0], payout=payout, document="carte d’identité, vue le jour même")
        for treasurer in treasurers[: payout.approvals_needed]:
            payout = approve_payout(actor=treasurer, payout=payout)
        self.timeline.plan(payout.leaves_at + timedelta(hours=1), send_payout, payout=payout, actor=treasurers[0])
