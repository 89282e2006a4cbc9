"""Which brands are followed, and over which panel their shares are counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db import IntegrityError, connection, transaction

from essaim.activity.record import record
from essaim.kit import clock
from essaim.listening.desk import domain, jobs, policy, rollup
from essaim.listening.desk.acts.promises import today
from essaim.listening.desk.errors import PanelEmpty, PanelUnchanged, SameName, WordsMissing
from essaim.listening.desk.models import Brand, Panel
from essaim.listening.desk.verbs import BrandChanged, BrandNamed, BrandRetired, PanelLocked
from essaim.listening.models import Mention, Source
from essaim.people.models import Member
from essaim.people.policy import allow

PANEL_LOCK = 7_416_402  # of the advisory lock: two panels are never locked at once


@transaction.atomic
def name_brand(*, actor: Member, name: str, words: Sequence[str], own: bool = False) -> Brand:
    """Follow a brand from now on, and look for it in what was heard before. Raises SameName or WordsMissing."""
    allow(policy.may_set, actor, refusal=policy.NotSetting)
    found = _words(words)
    try:
        with transaction.atomic():
            brand = Brand.objects.create(name=name.strip()[:80], words=found, own=own, matched_to=0)
    except IntegrityError as error:
        raise SameName from error
    record(BrandNamed(), actor=actor, object=brand)
    jobs.match_on_commit()
    return brand


@transaction.atomic
def change_brand(*, brand: Brand, actor: Member, words: Sequence[str], own: bool | None = None) -> Brand:
    """Other words: everything heard is looked through again, from the start, by the worker."""
    held = Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
    allow(policy.may_set, actor, refusal=policy.NotSetting)
    found, own = _words(words), held.own if own is None else own
    if (held.words, held.own) == (found, own):
        return held
    changed = held.words != found
    held.words, held.own = found, own
    if changed:
        held.words_at, held.matched_to = clock.now(), 0
    held.save()
    record(BrandChanged(), actor=actor, object=held)
    if changed:
        jobs.match_on_commit()
    return held


def _words(words: Sequence[str]) -> list[str]:
    found = domain.words_of("\n".join(words))
    if not found:
        raise WordsMissing
    return found


@transaction.atomic
def retire_brand(*, brand: Brand, actor: Member) -> Brand:
    """Follow it no longer. What was counted stays; the panel in force keeps it until another is locked."""
    held = Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
    allow(policy.may_set, actor, refusal=policy.NotSetting)
    if held.retired_at is None:
        held.retired_at = clock.now()
        held.save(update_fields=["retired_at"])
        record(BrandRetired(), actor=actor, object=held)
    return held


@transaction.atomic
def lock_panel(*, actor: Member, sources: Collection[int], brands: Collection[int], reason: str = "") -> Panel:
    """Count shares over these sources and brands from today on; the panel before ends, and the series breaks.

    The first one counts from the first mention. A panel locked today is replaced, not ended. Raises PanelEmpty or
    PanelUnchanged.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PANEL_LOCK])
    allow(policy.may_set, actor, refusal=policy.NotSetting)
    counted = {
        "sources": sorted(Source.objects.filter(pk__in=sources).values_list("pk", flat=True)),
        "brands": sorted(Brand.objects.filter(pk__in=brands).values_list("pk", flat=True)),
    }
    if not all(counted.values()):
        raise PanelEmpty
    before = Panel.objects.filter(ended_on=None).first()
    if before is not None and (before.sources, before.brands) == (counted["sources"], counted["brands"]):
        raise PanelUnchanged
    starts_on = today() if Panel.objects.exists() else _first_day()
    if before is not None:
        _end(before)
    panel = Panel.objects.create(**counted, reason=reason.strip()[:240], locked_by=actor, starts_on=starts_on)
    record(PanelLocked(panel.reason), actor=actor)
    return panel


def _first_day() -> date:
    """Of all that was heard."""
    first = Mention.objects.order_by("published_at").values_list("published_at", flat=True).first()
    return min(rollup.day_of(first), today()) if first is not None else today()


def _end(panel: Panel) -> None:
    if panel.starts_on == today():
        panel.delete()
        return
    panel.ended_on = today()
    panel.save(update_fields=["ended_on"])
