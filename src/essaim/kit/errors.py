"""Refusals: what an act says when it may not, or cannot, be done.

No Django at import, so that pure domains may raise them: texts are written as catalogue keys and
translated when they are told.
"""

from __future__ import annotations

from typing import Any


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogue; it is translated when told."""
    return text


_ = gettext_noop


class Refusal(Exception):
    """A rule said no. Subclasses state the fact in their name and write `cause` (what happened) and `remedy`
    (what the person can do); both may hold `%(name)s` figures given on raising: `raise BallotFull(limit=3)`.
    """

    status = 422
    cause: str = _("This cannot be done.")
    remedy: str = ""

    def __init__(self, **figures: Any) -> None:
        self.figures = figures
        super().__init__(type(self).__name__, figures)

    def told(self) -> tuple[str, str]:
        """(cause, remedy) in the reader's language."""
        from django.utils.translation import gettext

        cause, remedy = (gettext(text) if text else "" for text in (self.cause, self.remedy))
        return (cause % self.figures, remedy % self.figures) if self.figures else (cause, remedy)

    def __str__(self) -> str:
        return " ".join(part for part in self.told() if part)


class Forbidden(Refusal):
    """The person's role, or the moment, does not allow the act."""

    status = 403
    cause = _("You may not do this.")


class Conflict(Refusal):
    """Something changed in between: another tab, another member, a limit reached."""

    status = 409
