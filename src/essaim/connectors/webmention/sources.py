"""Webmention as a way to listen: the author himself tells us."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from essaim.connectors.webmention.sending import answer
from essaim.listening.kinds import Asked, Batch, SourceKind


def read(asked: Asked) -> Iterator[Batch]:
    """Nothing is asked for: what comes, comes by the endpoint."""
    return iter(())


SOURCES = [
    SourceKind(
        slug="webmention",
        name=_("Webmention"),
        summary=_("Authors tell the house by themselves that they wrote about one of its pages."),
        icon="bell",
        address_label=_("A name for this ear"),
        example="webmention",
        legal_basis=_(
            "The author tells us himself, so that it be read (GDPR art. 6(1)(f)); he may object at any time."
        ),
        deletion=_("When the author deletes or changes his page and tells us, it goes or changes here at once."),
        per_hour=720,
        read=read,
        answer=answer,
        answers_pages=True,
        pushed=True,
        heed_robots=False,
    )
]
