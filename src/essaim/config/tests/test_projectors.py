"""Every projector that can be rebuilt is rebuilt: the whole stream again gives what it concluded at first."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from essaim.activity import outbox
from essaim.activity.models import Activity, Delivery
from essaim.activity.projection import Projector, projectors
from essaim.communities.actions import appoint, found, join
from essaim.config.tests.conftest import House, make_member
from essaim.initiatives.actions import write_comment
from essaim.initiatives.mechanism import mechanisms
from essaim.initiatives.models import Contribution
from essaim.kit import clock
from essaim.ledger.models import JournalEntry
from essaim.people.models import Member
from essaim.standing.models import Score

REPLAYABLE = [each for each in projectors() if each.replayable]
PASSING = {"id", "created_at", "at", "computed_at", "updated_at", "concluded_at"}


@pytest.fixture
def lived_in(small_house: House) -> None:
    """An example of every mechanism, with a discussion."""
    for manifest in mechanisms():
        village = found(actor=small_house.manager, name=f"Of {manifest.slug}", summary="s", charter="c")
        members = [make_member(f"{name}-{manifest.slug}") for name in ("cleo", "dan", "eve")]
        Member.objects.update(email_confirmed_at=clock.now())
        members = list(Member.objects.filter(pk__in=[member.pk for member in members]))
        for member in members:
            join(actor=member, community=village, number=1)
        appoint(actor=small_house.manager, community=village, member=members[0], role="host")
        assert manifest.seed is not None
        manifest.seed(community=village, actor=small_house.manager, members=members)
        written = Contribution.objects.exclude(kind="comment").filter(initiative__community=village)
        for contribution in written.filter(state="published")[:2]:
            write_comment(about=contribution, author=members[1], body="Well seen.")


def conclusions(projector: Projector) -> dict[str, list[Any]]:
    """All rows of the projector's own tables, the scores and the journal, without row numbers and moments."""
    folder = next(
        path for path in (*settings.PROJECTORS, *settings.CONNECTORS) if path.endswith(f".{projector.slug}")
    )
    config = next(config for config in apps.get_app_configs() if config.name == folder)
    return {model._meta.label: rows_of(model) for model in (*config.get_models(), Score, JournalEntry)}


def rows_of(model: Any) -> list[Any]:
    own = set(apps.get_app_config(model._meta.app_label).get_models())
    inner = {field.attname for field in model._meta.concrete_fields if field.related_model in own}
    kept = [field.attname for field in model._meta.concrete_fields if field.attname not in PASSING | inner]
    return sorted(map(repr, model._default_manager.values_list(*kept)))


@pytest.mark.parametrize("projector", REPLAYABLE, ids=lambda projector: projector.slug)
def test_a_rebuild_concludes_the_same(projector: Projector, lived_in: None) -> None:
    for listener in projectors():
        outbox.drain(listener.slug)
    assert Delivery.objects.filter(attempts__gt=0).values_list("projector", "error").first() is None
    before = conclusions(projector)
    written = outbox.rebuild(projector.slug)
    wanted = (
        Activity.objects.all() if projector.listens is None else Activity.objects.filter(type__in=projector.listens)
    )
    assert written == wanted.count()
    outbox.drain(projector.slug)
    assert conclusions(projector) == before


def test_all_that_is_listed_was_found() -> None:
    assert {each.slug for each in projectors()} >= {path.rpartition(".")[2] for path in settings.PROJECTORS}
