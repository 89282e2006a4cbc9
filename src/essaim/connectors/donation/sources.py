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
        date(2018, 4, 1),
        _("It closed the reading of public pages to others than their owners; tools for watching it followed."),
        "https://prexblog.com/mark-zuckerberg-releases-9-plans-to-restrict-data-access-on-facebook/",
    ),
    ClosedNetwork(
        "Instagram",
        date(2020, 6, 1),
        _("It closed the interface that read what its people publish; only the owner of an account reads it now."),
        "https://developers.facebook.com/blog/post/2020/03/10/final-reminder-Instagram-legacy-api-platform-disabled-mar-31/",
    ),
    ClosedNetwork(
        "LinkedIn",
        date(2015, 5, 1),
        _("It keeps what its people publish for chosen partners, and forbids to read it otherwise."),
        "https://developer.linkedin.com/blog/posts/2015/transition-faq",
    ),
    ClosedNetwork(
        "Reddit",
        date(2025, 11, 1),
        _(
            "It no longer gives keys without its approval, and forbids to join its people with what is known "
            "elsewhere."
        ),
        "https://support.reddithelp.com/hc/en-us/articles/42728983564564-Responsible-Builder-Policy",
    ),
    ClosedNetwork("TikTok", None, _("It opens its public videos to approved researchers only, never to a brand.")),
    ClosedNetwork(
        "X (Twitter)",
        date(2023, 4, 1),
        _("It sells what its people say, under terms that do not allow them to be left alone or forgotten here."),
        "https://superface.ai/blog/twitter-api-new-plans",
    ),
)
