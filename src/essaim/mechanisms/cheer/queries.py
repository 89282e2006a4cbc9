"""What pages, acts and exports read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count as Counted
from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMinute

from essaim.initiatives.models import Initiative, Phase
from essaim.kit import clock
from essaim.mechanisms.cheer import domain
from essaim.mechanisms.cheer.models import Camp, Cheer, CheerMessage, Round, Shift, Tally

SLUG = "cheer"


def camps(campaign: Initiative) -> list[Camp]:
    return list(Camp.objects.filter(campaign=campaign))


def lines(phase: Phase) -> Iterator[domain.Line]:
    """Every cheer of a round as it is published."""
    rows = Cheer.objects.filter(phase=phase).order_by("id").annotate(minute=TruncMinute("cast_at"))
    for camp, minute, kind in rows.values_list("camp__slug", "minute", "kind").iterator(chunk_size=10_000):
        yield domain.Line(camp, minute.isoformat(), kind)


def recounted(phase: Phase) -> domain.Count:
    """The exact count of a round, from its rows."""
    grouped = Cheer.objects.filter(phase=phase).values("camp__slug", "kind").annotate(cheers=Counted("id")).order_by()
    counts = {(row["camp__slug"], row["kind"]): row["cheers"] for row in grouped}
    return domain.ranked(counts, (camp.slug for camp in camps(phase.initiative)))


def live(phase: Phase) -> domain.Count:
    """The count as folded so far, and what waits to be: what people see while the round runs."""
    counts: dict[tuple[str, int], int] = {}
    folded = Tally.objects.filter(phase=phase).values_list("camp__slug", "kind").annotate(cheers=Sum("count"))
    waiting = Shift.objects.filter(phase=phase).values_list("camp__slug", "kind").annotate(cheers=Sum("by"))
    for camp, kind, cheers in (*folded.order_by(), *waiting.order_by()):
        counts[camp, kind] = counts.get((camp, kind), 0) + cheers
    return domain.ranked(counts, (camp.slug for camp in camps(phase.initiative)))


def round_of(phase: Phase) -> Round:
    return Round.objects.filter(phase=phase).first() or Round(phase=phase)


def title_of(phase: Phase) -> str:
    return round_of(phase).title or str(phase.position + 1)


def cheer_of(phase: Phase, supporter: str) -> Cheer | None:
    return Cheer.objects.filter(phase=phase, supporter=supporter).select_related("camp").first()


def waiting_messages() -> QuerySet[CheerMessage]:
    """The moderators' queue, oldest first."""
    found = CheerMessage.objects.filter(state=CheerMessage.State.WAITING)
    return found.select_related("cheer__camp", "cheer__campaign").order_by("written_at")


def on_the_wall(campaign: Initiative, *, at: datetime | None = None) -> QuerySet[CheerMessage]:
    """Approved messages whose delay is over, newest first."""
    since = (at or clock.now()) - domain.delay_of(campaign.rules)
    shown = CheerMessage.objects.filter(cheer__campaign=campaign, state=CheerMessage.State.APPROVED)
    return shown.filter(decided_at__lte=since).select_related("cheer__camp").order_by("-decided_at", "-id")


def rank_of(cheer: Cheer) -> int:
    """His place in the order of arrival of his round, from 1."""
    return Cheer.objects.filter(phase=cheer.phase_id, id__lte=cheer.pk).count()


def cheer_count(campaign: Initiative) -> int:
    """Members' and guests' cheers, as folded so far."""
    phases = campaign.phases.values("pk")
    found = Tally.objects.filter(phase__in=phases, kind__in=(Cheer.Kind.MEMBER, Cheer.Kind.GUEST))
    return found.aggregate(cheers=Sum("count"))["cheers"] or 0
