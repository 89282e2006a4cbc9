"""What the team reads about objections and looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from essaim.listening.models import Look, Mention, Plea, Voice
from essaim.listening.voices.keys import open_handle, unseal

OPENED = {
    "page": _("What it said"),
    "mention": _("One mention"),
    "dialogue": _("The whole dialogue"),
    "archive": _("All that is kept, as a file"),
    "erased": _("Erased"),
}
ANSWERED_WITHIN = timedelta(days=30)
"""GDPR art. 12(3): one month."""


def waiting_pleas() -> list[tuple[Plea, str | None, str, datetime]]:
    """Each with the handle, how to reach its author, and the day by which he is owed an answer."""
    rows = Plea.objects.filter(outcome=Plea.Outcome.WAITING)
    return [
        (row, open_handle(row), unseal(row.reply_to, row.key) if row.reply_to else "", row.at + ANSWERED_WITHIN)
        for row in rows
    ]


def decided_pleas() -> QuerySet[Plea]:
    decided = Plea.objects.exclude(outcome=Plea.Outcome.WAITING).select_related("decided_by")
    return decided.order_by("-decided_at")[:50]


def looks() -> QuerySet[Look]:
    return Look.objects.select_related("actor").order_by("-id")


def told(rows: Iterable[Look]) -> list[tuple[Look, str, Voice | None]]:
    """Each look with what was opened, in words, and the voice, if it is still here."""
    rows = list(rows)
    voices = Voice.objects.in_bulk({row.voice_id for row in rows})
    return [(row, str(OPENED.get(row.what, row.what)), voices.get(row.voice_id)) for row in rows]


def said_by(voice: Voice) -> QuerySet[Mention]:
    return Mention.objects.filter(voice=voice).select_related("source").order_by("-published_at", "-id")
