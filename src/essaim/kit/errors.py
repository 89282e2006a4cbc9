"""A refusal says what happened and what to do about it.

This module imports nothing, so that pure decisions (`domain.py`) can refuse without knowing Django:
messages are marked with `gettext_noop` and translated when they are shown.

    class BallotFull(Conflict):
        cause = gettext_noop("You have used your %(limit)s votes.")
        remedy = gettext_noop("Take one back to vote for this idea.")

    raise BallotFull(limit=5)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

_translate: Callable[[str], str] = str


def install_translator(translate: Callable[[str], str]) -> None:
    """Give refusals the function that puts a message into the reader's language."""
    global _translate
    _translate = translate


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogues; it is translated when shown."""
    return message


class Phrase:
    """A message and its facts, put into the reader's language each time it is shown."""

    def __init__(self, message: Any, facts: Mapping[str, object]) -> None:
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        template = _translate(self.message) if isinstance(self.message, str) else self.message
        return str(template % self.facts if self.facts else template)

    def __bool__(self) -> bool:
        return bool(self.message)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self.message))

    def __repr__(self) -> str:
        return f"Phrase({str(self)!r})"


class Refusal(Exception):
    """The house says no: `cause` is what happened, `remedy` what the person can do next."""

    status: ClassVar[int] = 422
    cause: Any = gettext_noop("This could not be done.")
    remedy: Any = ""

    def __init__(self, cause: Any = None, remedy: Any = None, **facts: object) -> None:
        self.facts = facts
        self.cause = Phrase(cause or type(self).cause, facts)
        self.remedy = Phrase(remedy or type(self).remedy, facts)
        super().__init__()

    @property
    def code(self) -> str:
        """The stable name programs may rely on: the class."""
        return type(self).__name__

    def __str__(self) -> str:
        return f"{self.cause} {self.remedy}".strip()

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.cause.message, self.remedy.message, self.facts)


def _rebuild(kind: type[Refusal], cause: Any, remedy: Any, facts: dict[str, object]) -> Refusal:
    return kind(cause, remedy, **facts)


class Forbidden(Refusal):
    """The person may not do this."""

    status = 403
    cause = gettext_noop("You may not do this.")
    remedy = gettext_noop("Sign in with another account, or ask the people who run this place.")


class Missing(Refusal):
    """The thing is not there, or not for this person to see."""

    status = 404
    cause = gettext_noop("This does not exist, or is not open to you.")
    remedy = gettext_noop("Go back to the home page and start from there.")


class Conflict(Refusal):
    """The act was allowed, but the state of things no longer permits it."""

    status = 409
    cause = gettext_noop("Things changed while you were looking at this page.")
    remedy = gettext_noop("Reload the page and try again.")
