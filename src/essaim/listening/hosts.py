"""The manners of the house towards one machine: pace, back-off, robots.txt, opt-out. Shared by all processes."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.db import connection
from django.db.models import F

from essaim.listening.sources.models import Host, OptOut
from essaim.listening.sources.refusals import HostWaits, OptedOut

BURST = 4
"""So many requests may follow one another at once after a rest: a robots.txt, a page, where it redirects to."""
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=1)
LONGEST_ASKED = timedelta(days=7)

# One statement reserves the next moment, so that two processes never take the same. Times as in a leaky bucket.
RESERVE = """
INSERT INTO listening_sources_host AS host (name, next_at, refusals, robots)
VALUES (%(name)s, %(rested)s + %(step)s, 0, '')
ON CONFLICT (name) DO UPDATE SET next_at = greatest(host.next_at, %(rested)s) + %(step)s
WHERE (host.refused_until IS NULL OR host.refused_until <= %(now)s) AND host.next_at <= %(latest)s
RETURNING next_at - %(step)s, refusals
"""


def reserve(name: str, *, step: timedelta, now: datetime, patience: timedelta) -> tuple[float, int]:
    """(seconds to wait before asking, refusals so far). Raises HostWaits when the turn comes after `patience`."""
    rested = now - step * (BURST - 1)
    figures = {"name": name, "now": now, "step": step, "rested": rested, "latest": now + patience}
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, figures)  # type: ignore[arg-type]  # an interval is a value as well
        row = cursor.fetchone()
    if row is None:
        raise waiting(name, now)
    return max(0.0, (row[0] - now).total_seconds()), row[1]


def waiting(name: str, now: datetime) -> HostWaits:
    host = Host.objects.get(name=name)
    until = max(host.next_at, host.refused_until or host.next_at)
    told = HostWaits(host=name, minutes=max(1, math.ceil((until - now).total_seconds() / 60)))
    told.until = until
    return told


def back_off(name: str, retry_after: str, now: datetime) -> datetime:
    """The host said no: leave it alone as long as it asks, else twice as long as the last time. Until when."""
    Host.objects.filter(name=name).update(refusals=F("refusals") + 1)
    refusals = Host.objects.values_list("refusals", flat=True).get(name=name)
    until = now + (asked_wait(retry_after, now) or min(SHORTEST * 2 ** min(refusals - 1, 12), LONGEST))
    Host.objects.filter(name=name).update(refused_until=until)
    return until


def asked_wait(retry_after: str, now: datetime) -> timedelta | None:
    """What a Retry-After header says: seconds or a date (RFC 9110, 10.2.3); None when it says nothing usable."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(max(timedelta(seconds=int(text[:9])), timedelta(seconds=1)), LONGEST_ASKED)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(moment - now, LONGEST_ASKED) if moment > now else None


def forgive(name: str) -> None:
    Host.objects.filter(name=name).update(refusals=0, refused_until=None)


def check_opt_out(host: str) -> None:
    """Raises OptedOut when the site, or one it belongs to, is on the list."""
    labels = host.rstrip(".").split(".")
    names = [".".join(labels[start:]) for start in range(len(labels))]
    if OptOut.objects.filter(host__in=names).exists():
        raise OptedOut(host=host)
