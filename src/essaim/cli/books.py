"""`essaim check-books`: prove the ledger."""

from __future__ import annotations

import typer

from essaim.cli.house import in_english, opened
from essaim.cli.progress import say
from essaim.server.obstacles import Obstacle


def mount(app: typer.Typer) -> None:
    app.command("check-books")(check_books)


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
