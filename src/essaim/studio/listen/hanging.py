"""The way from a mention's page into an initiative, and what is told there of those that went it."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essaim.listening.desk import doors
from essaim.studio.listen import queries


def _told(mention_id: int) -> str:
    proposals = queries.proposals_of(mention_id)
    return render_to_string("studio_listen/told.html", {"proposals": proposals}) if proposals else ""


doors.hang(
    doors.Door(
        slug="idea",
        label=_("Make an idea of it"),
        url=lambda mention: reverse("studio_listen:idea", args=[mention]),
        open_to=lambda member, seen: seen.mention.voice_id is not None and bool(queries.taking(member)),
        told=_told,
    )
)
