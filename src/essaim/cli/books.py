"""`essaim check-books`: prove the ledger; `essaim reconcile`: hold it against the payment provider's statement."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import typer

from essaim.cli.house import in_english, opened
from essaim.cli.progress import say
from essaim.server.obstacles import Obstacle


def mount(app: typer.Typer) -> None:
    app.command("check-books")(check_books)
    app.command("reconcile")(reconcile)


def check_books() -> None:
    """Prove that every entry balances and every balance is the sum of its postings."""
    with opened():
        tell_books()


def tell_books() -> None:
    """Say that the books are sound; raise Obstacle when they are not."""
    from essaim.ledger.checks import check_books

    with in_english():
        report = check_books()
        if not report.sound:
            raise Obstacle(
                str(report),
                "Pay nothing out before this is understood. Entries are mended by reversal; a row changed from "
                "outside comes back from a backup: docs/operator/backup.md.",
            )
        say(str(report))


Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def reconcile(
    provider: Annotated[str, typer.Argument(help="The first connected one when not given.")] = "",
    since: Day = None,
    to: Day = None,
) -> None:
    """Read the payment provider's statement and compare it with the books, day by day (the last 30 days)."""
    with opened(), in_english():
        _tell_reconciliation(provider, since, to)


def _tell_reconciliation(slug: str, since: datetime | None, to: datetime | None) -> None:
    from django.utils import timezone

    from essaim.kit import clock
    from essaim.ledger.providers import default_provider
    from essaim.ledger.reconciliation.actions import read_statements
    from essaim.ledger.reconciliation.queries import report
    from essaim.people.queries import house

    read_statements()
    today = timezone.localdate(clock.now())
    first = since.date() if since else today - timedelta(days=30)
    last = to.date() if to else today
    unit, slug = house().currency, slug or default_provider().slug
    found = report(slug=slug, unit=unit, since=first, until=last + timedelta(days=1))
    for day in found.days:
        say(f"{day.day}  {day.lines:6} movements  provider {_sum(day.told)}  books {_sum(day.written)}  {unit}")
    if not found.agrees:
        lines = [
            f"{one.day}  {one.kind} {one.reference}: provider {_sum(one.told)}, books {_sum(one.written)}"
            for one in found.differences
        ]
        remedy = "An event may have been lost: let the provider send it again. docs/operator/payments.md says how."
        raise Obstacle("The provider's statement and the books differ:\n" + "\n".join(lines), remedy)
    say(f"{slug} and the books agree from {first} to {last}.")


def _sum(amount: int | None) -> str:
    """An amount in minor units, as a decimal with two places."""
    return "nothing" if amount is None else f"{amount / 100:12,.2f}"
