"""Every night the books are checked and sealed; a fault fails the job, visibly. Payouts leave after their hold."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.ledger import checks, events, seals
from essaim.ledger.payouts.actions import send_payout
from essaim.ledger.payouts.queries import payouts_due


@app.periodic(cron="10 0 * * *")
@app.task(name="ledger.prove", queue="books", queueing_lock="ledger.prove")
def prove(timestamp: int) -> None:
    checks.prove_books()
    seals.seal_books()


@app.periodic(cron="*/5 * * * *")
@app.task(name="ledger.send_payouts", queue="books", queueing_lock="ledger.send_payouts")
def send_payouts(timestamp: int) -> None:
    for payout in payouts_due():
        send_payout(payout=payout)


@app.periodic(cron="* * * * *")
@app.task(name="ledger.apply_events", queue="books", queueing_lock="ledger.apply_events")
def apply_events(timestamp: int) -> None:
    """Events that came in while their reference was being written."""
    events.apply_all_waiting()
