"""Where the house listens: added, changed, paused, resumed, asked for more, removed; and who is to be left alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from essaim.activity.record import record
from essaim.communities.models import Community
from essaim.kit import clock
from essaim.listening import jobs, policy
from essaim.listening.kinds import SourceKind, source_kind
from essaim.listening.models import Source
from essaim.listening.sources import domain, refusals, verbs
from essaim.listening.sources.models import OptOut
from essaim.listening.voices.queries import NO_MATCHING
from essaim.people.models import Member
from essaim.people.policy import allow

State = Source.State


@transaction.atomic
def add_source(
    *,
    kind: str,
    address: str,
    name: str,
    actor: Member,
    options: Mapping[str, Any] | None = None,
    every_minutes: int = 60,
    retention_days: int = 90,
    community: Community | None = None,
    no_matching: bool = False,
) -> Source:
    """Begin to listen to a place. One that was removed before is taken up again, with what it brought."""
    allow(policy.runs_sources, actor, refusal=refusals.NotYourSources)
    known, address = kind_named(kind), domain.tidy_address(address)
    domain.check_calendar(every_minutes, retention_days)
    before = Source.objects.select_for_update(of=("self",), no_key=True).filter(kind=kind, address=address).first()
    if before is not None and before.removed_at is None:
        raise refusals.ListenedAlready(name=before.name)
    source = before or Source(kind=kind, address=address, created_by=actor)
    source.name, source.community = name.strip() or address[:200], community
    source.options = {**(options or {}), **({NO_MATCHING: True} if no_matching else {})}
    source.every_minutes, source.retention_days = every_minutes, retention_days
    source.cursor, source.backfill, source.removed_at = {}, None, None
    _wake(source, known)
    source.save()
    record(verbs.SourceAdded(source.name, kind), actor=actor, object=source, community=community)
    return source


@transaction.atomic
def edit_source(
    *,
    source: Source,
    actor: Member,
    name: str,
    every_minutes: int,
    retention_days: int,
    options: Mapping[str, Any] | None = None,
    no_matching: bool | None = None,
) -> Source:
    """Change its name, its calendar, whether its authors may be matched (None: as it is), or what is asked of it;
    asked for something else, it is read from the start."""
    source = lock(source)
    allow(policy.runs_sources, actor, refusal=refusals.NotYourSources)
    domain.check_calendar(every_minutes, retention_days)
    silent = bool(source.options.pop(NO_MATCHING, False)) if no_matching is None else no_matching
    source.options.pop(NO_MATCHING, None)
    if options is not None and dict(options) != source.options:
        source.options, source.cursor = dict(options), {}
    if silent:
        source.options[NO_MATCHING] = True
    source.name = name.strip() or source.address[:200]
    source.every_minutes, source.retention_days = every_minutes, retention_days
    if source.next_run_at is not None:
        source.next_run_at = min(source.next_run_at, clock.now() + timedelta(minutes=every_minutes))
    source.save()
    record(verbs.SourceEdited(source.name), actor=actor, object=source, community=source.community)
    return source


@transaction.atomic
def pause_source(*, source: Source, actor: Member) -> Source:
    """Stop visiting it until it is resumed; a visit under way ends with the part it is reading."""
    source = lock(source)
    allow(policy.runs_sources, actor, refusal=refusals.NotYourSources)
    if source.state != State.ACTIVE:
        raise refusals.NotListening(name=source.name)
    source.state, source.next_run_at = State.PAUSED, None
    source.save(update_fields=["state", "next_run_at"])
    record(verbs.SourcePaused(source.name), actor=actor, object=source, community=source.community)
    return source


@transaction.atomic
def resume_source(*, source: Source, actor: Member) -> Source:
    """Visit it again, from where it stood; a dead one is given another chance."""
    source = lock(source)
    allow(policy.runs_sources, actor, refusal=refusals.NotYourSources)
    if source.state not in {State.PAUSED, State.DEAD}:
        raise refusals.ListeningAlready(name=source.name)
    _wake(source, kind_named(source.kind))
    source.save()
    record(verbs.SourceResumed(source.name), actor=actor, object=source, community=source.community)
    return source


@transaction.atomic
def backfill_source(*, source: Source, actor: Member, since: datetime | None = None) -> Source:
    """Ask for what lies before, back to `since`, as far as the platform gives it. Goes on beside the visits."""
    source = lock(source)
    allow(policy.runs_sources, actor, refusal=refusals.NotYourSources)
    if source.state != State.ACTIVE:
        raise refusals.NotListening(name=source.name)
    if kind_named(source.kind).pushed:
        raise refusals.NothingBefore()
    if source.backfill is not None:
        raise refusals.BackfillUnderWay(name=source.name)
    source.backfill = {"since": since.isoformat() if since else None, "cursor": {}}
    source.save(update_fields=["backfill"])
    asked = verbs.BackfillAsked(source.name, since.isoformat() if since else "")
    record(asked, actor=actor, object=source, community=source.community)
    transaction.on_commit(lambda: jobs.call(source.pk, backfill=True), robust=True)
    return source


@transaction.atomic
def visit_now(*, source: Source, actor: Member) -> Source:
    """Ask for a visit at once; the pace of its host is kept all the same."""
    source = lock(source)
    allow(policy.runs_sources, actor, refusal=refusals.NotYourSources)
    if source.state != State.ACTIVE or kind_named(source.kind).pushed:
        raise refusals.NotListening(name=source.name)
    transaction.on_commit(lambda: jobs.call(source.pk), robust=True)
    return source


@transaction.atomic
def remove_source(*, source: Source, actor: Member) -> None:
    """Listen to it no longer. What it brought stays until its time is over; a source that brought nothing goes."""
    source = lock(source)
    allow(policy.runs_sources, actor, refusal=refusals.NotYourSources)
    record(verbs.SourceRemoved(source.name), actor=actor, object=source, community=source.community)
    if source.mentions:
        source.removed_at, source.next_run_at, source.backfill = clock.now(), None, None
        source.save(update_fields=["removed_at", "next_run_at", "backfill"])
    else:
        source.delete()


@transaction.atomic
def opt_out_host(*, host: str, reason: str, actor: Member) -> OptOut:
    """Never ask this site again, nor any of its subdomains: its people do not want it."""
    allow(policy.runs_sources, actor, refusal=refusals.NotYourSources)
    name = domain.host_named(host)
    noted, made = OptOut.objects.get_or_create(host=name, defaults={"reason": reason.strip(), "noted_by": actor})
    if not made:
        raise refusals.OptedOutAlready(host=name)
    record(verbs.HostOptedOut(name), actor=actor, object=noted)
    return noted


@transaction.atomic
def opt_in_host(*, noted: OptOut, actor: Member) -> None:
    """Its people changed their mind."""
    allow(policy.runs_sources, actor, refusal=refusals.NotYourSources)
    record(verbs.HostOptedIn(noted.host), actor=actor, object=noted)
    noted.delete()


def lock(source: Source) -> Source:
    """The row as it is now, for this act alone. Raises Missing when it was removed meanwhile."""
    found = (
        Source.objects.select_for_update(of=("self",), no_key=True).select_related("community").filter(pk=source.pk)
    )
    present = found.filter(removed_at=None).first()
    if present is None:
        raise refusals.SourceGone()
    return present


def kind_named(slug: str) -> SourceKind:
    try:
        return source_kind(slug)
    except KeyError as error:
        raise refusals.KindMissing(kind=slug) from error


def _wake(source: Source, kind: SourceKind) -> None:
    source.state = State.ACTIVE
    source.next_run_at = None if kind.pushed else clock.now()
    source.failures, source.failing_since, source.last_error = 0, None, None
