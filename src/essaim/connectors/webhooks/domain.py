"""When to try again, and when to stop. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from essaim.kit.errors import Conflict, Forbidden, Refusal
from essaim.kit.errors import gettext_noop as _

# The schedule Standard Webhooks proposes: the last try comes more than a day after the first.
RETRIES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
PATIENCE = timedelta(days=5)
GONE = 410


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after the n-th failure (n ≥ 1), None when it is time to give up."""
    return at + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None


def is_hopeless(failing_since: datetime | None, status: int | None, at: datetime) -> bool:
    """The endpoint said it is gone, or nothing has arrived there for five days."""
    return status == GONE or (failing_since is not None and at - failing_since >= PATIENCE)


class UnknownEvent(Refusal):
    cause = _("There is no activity “%(event)s”.")
    remedy = _("Choose from the list.")


class NotTheHousesDesk(Forbidden):
    cause = _("Only the house's managers decide who is told what happens.")
    remedy = _("Ask a manager of the house.")


class NotDisabled(Conflict):
    cause = _("This endpoint is already being told.")
