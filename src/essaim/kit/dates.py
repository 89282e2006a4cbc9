"""Moments in words, in the reader's language and time zone."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essaim.kit import clock

MINUTE, HOUR, DAY = 60, 3600, 86400
FAR = 30 * DAY


def when(moment: datetime | date, *, hour: bool = True) -> str:
    """`3 mars 2026 à 18:00` or `3 March 2026, 18:00`; a day has no hour."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    day = formats.date_format(local, "j F Y")
    if local.day == 1 and (translation.get_language() or "").startswith("fr"):
        day = f"1er{day.removeprefix('1')}"
    if not hour or not isinstance(local, datetime):
        return day
    return _("%(day)s, %(hour)s") % {"day": day, "hour": local.strftime("%H:%M")}


def ago(moment: datetime) -> str:
    """`3 days ago`, `in 2 hours`; a date once it is far away."""
    seconds = round((clock.now() - moment).total_seconds())
    if abs(seconds) < MINUTE:
        return _("just now")
    if abs(seconds) >= FAR:
        return when(moment, hour=False)
    words = {"length": length(abs(seconds))}
    return (_("%(length)s ago") if seconds > 0 else _("in %(length)s")) % words


def length(seconds: int) -> str:
    """The largest whole unit: `3 days`, `2 hours`, `1 minute`."""
    if seconds >= DAY:
        count = seconds // DAY
        return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
    if seconds >= HOUR:
        count = seconds // HOUR
        return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": count}
    count = max(1, seconds // MINUTE)
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


def remaining(end: datetime) -> str:
    """`3 days left`, or that it is over."""
    seconds = int((end - clock.now()).total_seconds())
    if seconds <= 0:
        return _("closed")
    return _("%(length)s left") % {"length": length(seconds)}
