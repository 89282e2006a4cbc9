"""`essaim check-books`: prove the ledger."""

from __future__ import annotations

import typer

from essaim.cli.house import opened
from essaim.cli.progress import say


def mount(app: typer.Typer) -> None:
    app.command("check-books")(check_books)


def check_books() -> None:
    """Prove that every entry balances and every balance is the sum of its postings."""
    with opened():
        tell_books()


def tell_books() -> None:
    from essaim.ledger.checks import check_books

    say(str(check_books()))
