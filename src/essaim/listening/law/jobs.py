"""By night what is over goes; all day long, near-duplicates and words of new months are looked for."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="20 3 * * *")
@app.task(name="listening.end_what_is_over", queue="listen", queueing_lock="listening.end_what_is_over")
def end_what_is_over(timestamp: int) -> None:
    from essaim.listening.law.retention import end_what_is_over

    end_what_is_over()


@app.periodic(cron="*/10 * * * *")
@app.task(name="listening.tidy", queue="listen", queueing_lock="listening.tidy", lock="listening.tidy")
def tidy(timestamp: int) -> None:
    from essaim.listening.intake.alike import find_all_alike
    from essaim.listening.intake.search import index_what_is_bare

    index_what_is_bare()
    find_all_alike()
