"""What each consent means, in plain words. These very words are kept as evidence when it is given or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from essaim.people import evidence
from essaim.people.models import Consent, Evidence

Purpose = Consent.Purpose


@dataclass(frozen=True)
class Wording:
    """`title` names the purpose, `means` says what happens with it, `without` what changes when it is off."""

    purpose: Consent.Purpose
    title: str | Promise
    means: str | Promise
    without: str | Promise

    def text(self, language: str) -> str:
        """The whole text as it is shown in this language."""
        with override(language):
            return "\n\n".join(map(str, (self.title, self.means, self.without)))

    def keep(self, language: str) -> Evidence:
        return evidence.keep(f"consent-{self.purpose}", self.text(language), language)


WORDINGS = (
    Wording(
        Purpose.DIALOGUE,
        _("Write to me personally"),
        _(
            "The team of the house may send you personal messages: a question about your idea, an invitation to a"
            " test."
        ),
        _("Without it you only receive what your account needs (sign-in, security, money that is yours)."),
    ),
    Wording(
        Purpose.INFLUENCE,
        _("Count me in the map of who inspires whom"),
        _(
            "Your exchanges in public (answers, votes on ideas, invitations) become links in a map of the house. "
            "The map tells who carries the word; you can see your own place in it. Only what happens after your yes "
            "is counted."
        ),
        _(
            "Without it you are not in the map at all, and nothing else changes for you. Taking it back deletes your "
            "links at once, and a later yes does not bring them back."
        ),
    ),
    Wording(
        Purpose.SHARE_MEASUREMENT,
        _("Count what comes through my share links"),
        _(
            "When you share a page with your own link, the house counts the visits and arrivals it brought: the "
            "day and the outcome, never who, never an IP address."
        ),
        _("Without it your links work the same and count nothing."),
    ),
    Wording(
        Purpose.PORTFOLIO,
        _("Show my commitments on my public page"),
        _("Your public page shows what you back, what you vote for in open votes, and the ideas you follow."),
        _("Without it your page shows your name, your communities and what you published."),
    ),
    Wording(
        Purpose.FEDERATION,
        _("Let other places follow me"),
        _(
            "Your public posts travel to other servers of the open social web, where people may follow you and "
            "answer. A copy that has left can only be asked back."
        ),
        _("Without it nothing of yours leaves this house."),
    ),
)

BY_PURPOSE = {str(wording.purpose): wording for wording in WORDINGS}

Listener = Callable[[Consent], None]
_listeners: dict[str, list[Listener]] = {}


def on_change(purpose: str, listener: Listener) -> None:
    """Have `listener(consent)` called inside the transaction that gives or withdraws a consent to this."""
    _listeners.setdefault(str(purpose), []).append(listener)


def changed(consent: Consent) -> None:
    for listener in _listeners.get(str(consent.purpose), ()):
        listener(consent)
