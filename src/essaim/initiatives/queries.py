"""What others ask about initiatives."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from essaim.communities.models import Membership
from essaim.communities.queries import readable_by
from essaim.initiatives import domain
from essaim.initiatives.domain import Stage
from essaim.initiatives.mechanism import Mechanism, PhaseType, mechanism, mechanisms
from essaim.initiatives.models import Amendment, Comment, Contribution, Initiative, Phase, Picture, Reaction
from essaim.kit import clock
from essaim.kit.kept import Kept
from essaim.people.models import Member
from essaim.people.policy import is_house_moderator, is_manager, is_present
from essaim.people.queries import house

PHASES = Kept(lambda initiative: Phase.objects.filter(initiative=initiative))


def mechanisms_on() -> list[Mechanism]:
    """The mechanisms the house has not switched off."""
    return [manifest for manifest in mechanisms() if house().has_module(manifest.slug)]


def switched_off() -> QuerySet[Initiative]:
    """Initiatives whose mechanism the house has switched off: they run on, and are shown nowhere."""
    return Initiative.objects.filter(mechanism__in=house().modules_off)


def titles(numbers: Collection[int]) -> dict[int, str]:
    """The titles of the initiatives with these numbers; the database is left alone when there is none."""
    return dict(Initiative.objects.filter(pk__in=numbers).values_list("pk", "title")) if numbers else {}


def phases(initiative: Initiative) -> list[Phase]:
    """All phases in order; uses the prefetched rows when there are."""
    if "phases" in getattr(initiative, "_prefetched_objects_cache", ()):
        return list(initiative.phases.all())
    found = PHASES.rows(initiative.pk)
    for phase in found:
        phase.initiative = initiative
    return found


def open_phase(initiative: Initiative, *, at: datetime | None = None) -> Phase | None:
    """The phase that runs at the moment, None before the opening, between two phases and after the last."""
    if initiative.opened_at is None:
        return None
    return domain.running(phases(initiative), at or clock.now())


def next_phase(initiative: Initiative, *, at: datetime | None = None) -> Phase | None:
    return domain.upcoming(phases(initiative), at or clock.now())


def stage(initiative: Initiative, *, at: datetime | None = None) -> Stage:
    return domain.stage(phases(initiative), opened=initiative.opened_at is not None, at=at or clock.now())


def is_closed(initiative: Initiative, *, at: datetime | None = None) -> bool:
    return stage(initiative, at=at) is Stage.CLOSED


def phase_type(phase: Phase) -> PhaseType:
    return mechanism(phase.initiative.mechanism).phase_type(phase.kind)


def opens(initiative: Initiative, act: str, *, at: datetime | None = None) -> bool:
    """Whether the phase that runs opens the act (a name of the manifest's `acts`)."""
    phase = open_phase(initiative, at=at)
    return phase is not None and act in mechanism(initiative.mechanism).phase_type(phase.kind).acts


def opened() -> QuerySet[Initiative]:
    return Initiative.objects.filter(opened_at__isnull=False)


def run_by(member: Any) -> QuerySet[Initiative]:
    """Initiatives the member runs, drafts included."""
    if is_manager.test(member):
        return Initiative.objects.all()
    hosted = Membership.objects.filter(
        member=member if is_present.test(member) else None,
        role=Membership.Role.HOST,
        state=Membership.State.ACTIVE,
    )
    return Initiative.objects.filter(community__in=hosted.values("community"))


def running(*, at: datetime | None = None) -> QuerySet[Initiative]:
    """Initiatives with a phase that runs at the moment, the one that ends first on top."""
    at = at or clock.now()
    now_running = Q(phases__starts_at__lte=at, phases__ends_at__gt=at)
    return opened().filter(now_running).order_by("phases__ends_at").select_related("community")


def visible_to(member: Any) -> QuerySet[Initiative]:
    """Opened initiatives of the communities whose life the reader may see, in mechanisms that are on."""
    return opened().filter(community__in=readable_by(member)).exclude(mechanism__in=house().modules_off)


def thread(contribution: Contribution) -> QuerySet[Comment]:
    """The comments of a contribution in the order they were written, withdrawn ones kept as places."""
    return (
        Comment.objects.filter(about=contribution)
        .exclude(state=Contribution.State.DRAFT)
        .select_related("author")
        .order_by("created_at", "pk")
    )


def may_see_picture(name: str, reader: Any) -> bool:
    """Whether a picture's file is for this reader: with what it illustrates; before that, its sender's alone.

    Those who moderate also see what they have hidden.
    """
    key = name.partition("/")[2].rpartition("-")[0]
    picture = Picture.objects.filter(key=key).select_related("contribution").first()
    if picture is None:
        return False
    if is_present.test(reader) and picture.sender_id == reader.pk:
        return True
    shown = picture.contribution
    if shown is None or shown.state == Contribution.State.DRAFT:
        return False
    if not shown.is_visible and not is_house_moderator.test(reader):
        return False
    return (visible_to(reader) | run_by(reader)).filter(pk=shown.initiative_id or 0).exists()


def comment_counts(contributions: Iterable[int]) -> dict[int, int]:
    """Comments that can be read, by the key of what they are about."""
    shown = Comment.objects.filter(about__in=list(contributions), state=Contribution.State.PUBLISHED)
    return dict(shown.values_list("about").annotate(n=Count("pk")).order_by("about"))


def reaction_counts(contribution: Contribution) -> dict[str, int]:
    rows = Reaction.objects.filter(contribution=contribution).values_list("kind").annotate(n=Count("pk"))
    return dict(rows.order_by("kind"))


def reaction_of(contribution: Contribution, member: Member | None) -> Reaction | None:
    if member is None or not member.is_authenticated:
        return None
    return Reaction.objects.filter(contribution=contribution, member=member).first()


def concrete(contribution: Contribution) -> Contribution:
    """The contribution as its own class (an idea, a comment…): the row of the table that extends it."""
    if type(contribution) is not Contribution:
        return contribution
    kinds = sorted(Contribution.__subclasses__(), key=lambda kind: kind._meta.model_name != contribution.kind)
    for kind in kinds:
        found = kind._default_manager.filter(pk=contribution.pk).select_related("initiative", "author").first()
        if found is not None:
            return found
    return contribution


def changes(amendment: Amendment) -> list[tuple[str, Any, Any]]:
    """(rule, before, after) of every rule the amendment changed."""
    before, after = amendment.rules_before, amendment.rules_after
    rules = [*before, *(rule for rule in after if rule not in before)]
    return [(rule, before.get(rule), after.get(rule)) for rule in rules if before.get(rule) != after.get(rule)]
