"""Networks that are not asked, on purpose: what members say there they may bring themselves."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from essaim.listening.kinds import ClosedNetwork

CLOSED = (
    ClosedNetwork(
        "Discord",
        None,
        _(
            "Its servers are rooms by invitation, and what is said there is not public. "
            "Members may donate their own words."
        ),
    ),
    ClosedNetwork(
        "Facebook",
        date(2018, 4, 4),
        _("It closed the reading of public pages to others than their owners; tools for watching it followed."),
    ),
    ClosedNetwork(
        "Instagram",
        date(2020, 6, 29),
        _("It closed the interface that read what its people publish; only the owner of an account reads it now."),
    ),
    ClosedNetwork(
        "LinkedIn",
        date(2015, 5, 12),
        _("It keeps what its people publish for chosen partners, and forbids to read it otherwise."),
    ),
    ClosedNetwork(
        "Reddit",
        date(2025, 11, 1),
        _(
            "It no longer gives keys without its approval, and forbids to join its people with what is known "
            "elsewhere."
        ),
    ),
    ClosedNetwork("TikTok", None, _("It opens its public videos to approved researchers only, never to a brand.")),
    ClosedNetwork(
        "X (Twitter)",
        date(2023, 2, 9),
        _("It sells what its people say, under terms that do not allow them to be left alone or forgotten here."),
    ),
)
