"""What the desk shows beside its queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from essaim.initiatives.mechanism import mechanism
from essaim.initiatives.models import Initiative, Phase
from essaim.initiatives.queries import mechanisms_on
from essaim.kit import clock
from essaim.kit.errors import Refusal, gettext_noop


class NobodyFound(Refusal):
    status = 404
    cause = gettext_noop("Nobody here answers to “%(who)s”.")
    remedy = gettext_noop("Check the handle on the person's page.")


@dataclass(frozen=True)
class Running:
    """An initiative under way, with its phase and living figures."""

    initiative: Initiative
    phase_name: str
    ends_at: datetime
    figures: tuple[tuple[int, str], ...]

    @property
    def url(self) -> str:
        """The initiative's page in the studio, else in the house."""
        try:
            return reverse(
                f"{self.initiative.mechanism}-studio:{self.initiative.mechanism}", args=[self.initiative.slug]
            )
        except NoReverseMatch:
            return self.initiative.get_absolute_url()


def running_now(*, limit: int = 12) -> list[Running]:
    """Initiatives with a phase that runs, the nearest end first."""
    now = clock.now()
    phases = (
        Phase.objects.filter(
            starts_at__lte=now,
            ends_at__gt=now,
            initiative__opened_at__isnull=False,
            initiative__mechanism__in=[manifest.slug for manifest in mechanisms_on()],
        )
        .select_related("initiative", "initiative__community")
        .order_by("ends_at", "pk")[:limit]
    )
    return [_running(phase) for phase in phases]


def _running(phase: Phase) -> Running:
    manifest = mechanism(phase.initiative.mechanism)
    figures = tuple((one.value(phase.initiative), str(one.label)) for one in manifest.statistics[:2])
    return Running(phase.initiative, str(manifest.phase_type(phase.kind).name), phase.ends_at, figures)
