"""Every night the books are checked and sealed; a fault fails the job, visibly."""

from __future__ import annotations

from procrastinate.contrib.django import app

from essaim.ledger import checks, seals


@app.periodic(cron="10 0 * * *")
@app.task(name="ledger.prove", queue="books", queueing_lock="ledger.prove")
def prove(timestamp: int) -> None:
    checks.prove_books()
    seals.seal_books()
