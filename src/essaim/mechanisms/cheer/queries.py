"""What pages, acts and exports read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count as Counted
from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMinute
from django.utils import timezone

from essaim.communities.models import Community
from essaim.initiatives import queries as initiatives
from essaim.initiatives.models import Initiative, Phase
from essaim.kit import clock, dates
from essaim.mechanisms.cheer import domain, words
from essaim.mechanisms.cheer.models import (
    BlockedAuthor,
    Camp,
    Cheer,
    CheerMessage,
    GuestPass,
    LightOrder,
    LightRig,
    PersonalLink,
    Round,
    Shift,
    Tally,
    Total,
    WordList,
)
from essaim.people.models import Member

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
    folded = Total.objects.filter(phase=phase).values_list("camp__slug", "kind").annotate(cheers=Sum("count"))
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
    """The moderators' queue, oldest first; the house's lists have been asked about them."""
    found = CheerMessage.objects.filter(state=CheerMessage.State.WAITING, sifted_at__isnull=False)
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
    found = Total.objects.filter(phase__in=phases, kind__in=(Cheer.Kind.MEMBER, Cheer.Kind.GUEST))
    return found.aggregate(cheers=Sum("count"))["cheers"] or 0


def camps_by_slug(campaign: Initiative) -> dict[str, Camp]:
    return {camp.slug: camp for camp in camps(campaign)}


def running_round(campaign: Initiative) -> Phase | None:
    """The round that takes cheers at this moment."""
    return None if campaign.halted_at is not None else initiatives.open_phase(campaign)


def period_of(phase: Phase, *, at: datetime | None = None) -> int:
    """The period a cheer falls into, as `sql/intake.sql` decides it."""
    rules = phase.initiative.rules
    if rules["period"] == "campaign":
        return 0
    if rules["period"] == "day":
        return ((at or clock.now()).astimezone(ZoneInfo(rules["time_zone"])).date() - date(1970, 1, 1)).days
    return phase.pk


def standing_cheer(phase: Phase, supporter: str) -> Cheer | None:
    """The supporter's cheer in the period that runs, with its message."""
    mine = Cheer.objects.filter(campaign=phase.initiative_id, period=period_of(phase), supporter=supporter)
    return mine.select_related("camp", "message", "phase").first()


def too_late(phase: Phase) -> domain.TooLate:
    """The refusal that tells the time."""
    now = f"{timezone.localtime(clock.now()):%H:%M:%S}"
    return domain.TooLate(opens=dates.when(phase.starts_at), closes=dates.when(phase.ends_at), now=now)


def rounds_of(campaign: Initiative) -> dict[int, Round]:
    """What each of its phases is called, by the phase's key."""
    return Round.objects.in_bulk([phase.pk for phase in campaign.phases.all()])


def supporter_key(member: Member) -> str:
    return f"member:{member.pk}"


def cheers_of(campaign: Initiative, supporter: str) -> QuerySet[Cheer]:
    """A supporter's cheers, the last one first."""
    return (
        Cheer.objects.filter(campaign=campaign, supporter=supporter).select_related("camp", "phase").order_by("-id")
    )


def unsifted(campaign: Initiative) -> QuerySet[CheerMessage]:
    waiting = CheerMessage.objects.filter(state=CheerMessage.State.WAITING, sifted_at=None)
    return waiting.filter(cheer__campaign=campaign)


def blocked_words() -> tuple[str, ...]:
    """The entries of every language's list: the house's own, else the one it starts from."""
    return tuple(entry for language in words.STARTING for entry in word_list(language))


def word_list(language: str) -> tuple[str, ...]:
    kept = WordList.objects.filter(language=language).first()
    return words.STARTING[language] if kept is None else words.listed(kept.words)


def blocked_authors(community: Community) -> frozenset[str]:
    return frozenset(BlockedAuthor.objects.filter(community=community).values_list("supporter", flat=True))


def authors_of(messages: list[CheerMessage]) -> dict[str, Member]:
    """The members among the authors of some messages, by supporter's key; who has left has no name."""
    keys = {message.cheer.supporter for message in messages if message.cheer.kind == Cheer.Kind.MEMBER}
    members = Member.objects.filter(pk__in=[int(key.removeprefix("member:")) for key in keys], erased_at=None)
    return {supporter_key(member): member for member in members}


def passes_given(campaign: Initiative) -> int:
    return GuestPass.objects.filter(campaign=campaign, given_at__isnull=False).count()


def link_of(campaign: Initiative, supporter: str) -> PersonalLink | None:
    return PersonalLink.objects.filter(campaign=campaign, supporter=supporter).first()


def came_by_links(campaign: Initiative) -> tuple[int, int]:
    """(arrivals, cheers) through the links of all supporters."""
    sums = PersonalLink.objects.filter(campaign=campaign).aggregate(came=Sum("came"), cheered=Sum("cheered"))
    return sums["came"] or 0, sums["cheered"] or 0


def orders(campaign: Initiative) -> QuerySet[LightOrder]:
    """What was told to the light by hand, the last word first."""
    return LightOrder.objects.filter(campaign=campaign).select_related("given_by")


def rig_row(campaign: Initiative) -> LightRig | None:
    return LightRig.objects.filter(campaign=campaign).first()


def minutes(phase: Phase) -> dict[str, dict[datetime, int]]:
    """Cheers by camp and minute, as folded so far, and what waits to be."""
    found: dict[str, dict[datetime, int]] = {}
    folded = Tally.objects.filter(phase=phase).values_list("camp__slug", "minute", "count")
    waiting = Shift.objects.filter(phase=phase).values_list("camp__slug", "minute", "by")
    for camp, minute, cheers in (*folded, *waiting):
        line = found.setdefault(camp, {})
        line[minute] = line.get(minute, 0) + cheers
    return found


def messages_by(campaign: Initiative, supporter: str) -> QuerySet[CheerMessage]:
    """A supporter's messages with what became of them, newest first."""
    mine = CheerMessage.objects.filter(cheer__campaign=campaign, cheer__supporter=supporter)
    return mine.select_related("cheer__camp").order_by("-id")


def first_name(member: Member | None) -> str:
    """How a member is called on a screen everybody sees; nothing for a guest."""
    return member.display_name.split()[0] if member is not None and member.display_name.split() else ""


def to_sift() -> QuerySet[Initiative]:
    """Campaigns with messages the house's lists have not been asked about."""
    fresh = CheerMessage.objects.filter(state=CheerMessage.State.WAITING, sifted_at=None)
    campaigns = Initiative.objects.filter(pk__in=fresh.values("cheer__campaign"))
    return campaigns.select_related("community")


def waiting_by_campaign() -> dict[int, int]:
    """How many messages wait for a moderator, by campaign."""
    rows = waiting_messages().order_by().values_list("cheer__campaign").annotate(n=Counted("id"))
    return dict(rows)


def decided_messages(campaign: Initiative) -> QuerySet[CheerMessage]:
    """The last decisions of moderators."""
    decided = CheerMessage.objects.filter(cheer__campaign=campaign, decided_by__isnull=False)
    return decided.select_related("cheer__camp", "decided_by").order_by("-decided_at")
