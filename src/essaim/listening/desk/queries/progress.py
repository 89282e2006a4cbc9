"""How far the figures are: what is still read, and which days are still counted."""

from __future__ import annotations

from dataclasses import dataclass

from procrastinate.contrib.django.models import ProcrastinateJob

from essaim.listening.desk.models import Stale, Sum
from essaim.listening.desk.queries.pictures import Period


@dataclass(frozen=True)
class Progress:
    reading: bool
    """The worker reads, or is about to."""
    left: int
    """Days to count."""
    days: int
    """Days there are, counted or not."""

    @property
    def done(self) -> int:
        return self.days - self.left

    def __bool__(self) -> bool:
        return self.reading or self.left > 0


def progress() -> Progress:
    stale = set(Stale.objects.values_list("day", flat=True))
    whole = Sum.objects.filter(brand=None, dimension=Sum.Dimension.ALL) if stale else Sum.objects.none()
    counted = set(whole.order_by().values_list("day", flat=True).distinct())
    return Progress(is_reading(), len(stale), len(stale | counted))


def is_uncounted(period: Period) -> bool:
    """Whether some of its days are still to be counted: a nought may be none."""
    return Stale.objects.filter(day__range=(period.since, period.until)).exists()


def is_reading() -> bool:
    jobs = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), scheduled_at=None)
    return jobs.filter(task_name="reading.read_waiting").exists()
