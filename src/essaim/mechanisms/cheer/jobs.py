"""What the worker does for campaigns of cheers: messages sifted, reveals told, supporters thanked."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="cheer.upkeep", queue="upkeep", queueing_lock="cheer.upkeep", lock="cheer.upkeep")
def upkeep(timestamp: int) -> None:
    from essaim.mechanisms.cheer import actions, queries

    actions.reveal_due()
    for campaign in queries.to_sift():
        actions.sift_messages(campaign)
    actions.thank_supporters()
