"""Every night the books are checked and sealed; a fault fails the job, visibly. Payouts leave after their hold."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.kit.queue import defer_once
from essaim.ledger import checks, events, seals
from essaim.ledger.payments import requests
from essaim.ledger.payouts.actions import send_payout
from essaim.ledger.payouts.queries import payouts_due
from essaim.ledger.reconciliation import actions as reconciliation


@app.periodic(cron="10 0 * * *")
@app.task(name="ledger.prove", queue="books", queueing_lock="ledger.prove")
def prove(timestamp: int) -> None:
    checks.prove_books()
    seals.seal_books()


@app.periodic(cron="40 * * * *")
@app.task(name="ledger.read_statements", queue="books", queueing_lock="ledger.read_statements")
def read_statements(timestamp: int) -> None:
    """What providers have moved: their fees and transfers enter the books."""
    reconciliation.read_statements()


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


@app.periodic(cron="* * * * *")
@app.task(name="ledger.send_requests", queue="books", queueing_lock="ledger.send_requests")
def send_requests(timestamp: int) -> None:
    """What was asked of providers and not yet answered."""
    requests.send_waiting()


def ring() -> None:
    """Send soon; one waiting job is enough."""
    defer_once(send_requests.configure(queueing_lock="ledger.send_requests"), timestamp=0)
