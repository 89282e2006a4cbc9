"""The acts on sources: who may, when, what is written and told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.listening import kinds
from essaim.listening.kinds import Asked, Batch, SourceKind
from essaim.listening.models import Source
from essaim.listening.sources import actions, domain, refusals
from essaim.listening.sources.models import OptOut
from essaim.people.models import HouseRole, Member

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def nothing(asked: Asked) -> Iterator[Batch]:
    return iter(())


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = SourceKind("shop", "Shop", "", "", "Address", "", "", "", 60, nothing)
    told = SourceKind("told", "Told", "", "", "Address", "", "", "", 60, nothing, pushed=True)
    monkeypatch.setitem(kinds._sources, "shop", shop)
    monkeypatch.setitem(kinds._sources, "told", told)


def make_member(handle: str, role: str = "") -> Member:
    member = Member.objects.create_user(
        email=f"{handle}@example.org", handle=handle, display_name=handle.title(), language="en"
    )
    if role:
        HouseRole.objects.create(member=member, role=role)
    return member


@pytest.fixture
def margot(db: None) -> Member:
    return make_member("margot", "manager")


@pytest.fixture
def shop(margot: Member) -> Source:
    with clock.at(NOON):
        return actions.add_source(kind="shop", address="https://shop.example/", name="Shop", actor=margot)


def told() -> list[tuple[str, Any]]:
    return list(Activity.objects.order_by("pk").values_list("type", "payload"))


def test_a_source_is_added_and_due_at_once(margot: Member) -> None:
    with clock.at(NOON):
        made = actions.add_source(
            kind="shop", address="  HTTPS://Shop.example/A#b ", name=" ", actor=margot, options={"a": 1}
        )
    assert (made.address, made.name, made.next_run_at, made.state) == (
        "https://shop.example/A",
        "https://shop.example/A",
        NOON,
        "active",
    )
    assert (made.options, made.created_by) == ({"a": 1}, margot)
    assert told() == [("source.add", {"name": "https://shop.example/A", "kind": "shop"})]
    assert not Activity.objects.filter(public=True).exists()


def test_what_tells_the_house_is_never_due(margot: Member) -> None:
    assert actions.add_source(kind="told", address="x", name="X", actor=margot).next_run_at is None


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"address": "  "}, domain.AddressMissing),
        ({"address": "a\nb"}, domain.AddressMissing),
        ({"every_minutes": 4}, domain.VisitedTooOften),
        ({"every_minutes": 43_201}, domain.VisitedTooOften),
        ({"retention_days": 0}, domain.KeptTooLong),
        ({"retention_days": 3_651}, domain.KeptTooLong),
        ({"kind": "nothing"}, refusals.KindMissing),
        ({"address": "https://SHOP.example/"}, refusals.ListenedAlready),
    ],
)
def test_what_cannot_be_added(shop: Source, margot: Member, fields: Any, refusal: type[Exception]) -> None:
    given = {"kind": "shop", "address": "https://other.example/", "name": "X", "actor": margot, **fields}
    with pytest.raises(refusal):
        actions.add_source(**given)
    assert (Source.objects.count(), len(told())) == (1, 1)


@pytest.mark.parametrize("role", ["", "analyst", "moderator", "treasurer"])
def test_only_managers_decide(shop: Source, role: str) -> None:
    ada = make_member("ada", role)
    acts: list[Any] = [
        lambda: actions.add_source(kind="shop", address="x", name="X", actor=ada),
        lambda: actions.edit_source(source=shop, actor=ada, name="X", every_minutes=60, retention_days=9),
        lambda: actions.pause_source(source=shop, actor=ada),
        lambda: actions.resume_source(source=shop, actor=ada),
        lambda: actions.backfill_source(source=shop, actor=ada),
        lambda: actions.visit_now(source=shop, actor=ada),
        lambda: actions.remove_source(source=shop, actor=ada),
        lambda: actions.opt_out_host(host="x.example", reason="", actor=ada),
        lambda: actions.opt_in_host(noted=OptOut(host="x.example"), actor=ada),
    ]
    for act in acts:
        with pytest.raises(refusals.NotYourSources):
            act()
    assert len(told()) == 1


def test_pause_and_resume(shop: Source, margot: Member) -> None:
    paused = actions.pause_source(source=shop, actor=margot)
    assert (paused.state, paused.next_run_at) == ("paused", None)
    with pytest.raises(refusals.NotListening):
        actions.pause_source(source=shop, actor=margot)
    with clock.at(NOON + timedelta(days=1)):
        resumed = actions.resume_source(source=shop, actor=margot)
    assert (resumed.state, resumed.next_run_at) == ("active", NOON + timedelta(days=1))
    with pytest.raises(refusals.ListeningAlready):
        actions.resume_source(source=shop, actor=margot)
    assert [kind for kind, _ in told()] == ["source.add", "source.pause", "source.resume"]


def test_a_dead_source_is_given_another_chance(shop: Source, margot: Member) -> None:
    Source.objects.update(state="dead", failures=9, failing_since=NOON, next_run_at=None, cursor={"etag": "1"})
    risen = actions.resume_source(source=shop, actor=margot)
    assert (risen.state, risen.failures, risen.failing_since, risen.cursor) == ("active", 0, None, {"etag": "1"})


def test_a_change_of_what_is_asked_reads_from_the_start(shop: Source, margot: Member) -> None:
    Source.objects.update(cursor={"etag": "1"}, next_run_at=NOON + timedelta(days=9))
    with clock.at(NOON):
        same = actions.edit_source(
            source=shop, actor=margot, name="Y", every_minutes=30, retention_days=9, options={}
        )
        assert (same.cursor, same.next_run_at) == ({"etag": "1"}, NOON + timedelta(minutes=30))
        other = actions.edit_source(
            source=shop, actor=margot, name="Y", every_minutes=30, retention_days=9, options={"tag": "b"}
        )
    assert (other.cursor, other.options, other.name, other.retention_days) == ({}, {"tag": "b"}, "Y", 9)


def test_a_backfill_is_asked_for_once(shop: Source, margot: Member) -> None:
    asked = actions.backfill_source(source=shop, actor=margot, since=NOON)
    assert asked.backfill == {"since": NOON.isoformat(), "cursor": {}}
    with pytest.raises(refusals.BackfillUnderWay):
        actions.backfill_source(source=shop, actor=margot)
    pushed = actions.add_source(kind="told", address="x", name="X", actor=margot)
    with pytest.raises(refusals.NothingBefore):
        actions.backfill_source(source=pushed, actor=margot)


def test_a_source_that_brought_nothing_goes_another_stays_for_what_it_brought(shop: Source, margot: Member) -> None:
    Source.objects.update(mentions=3)
    with clock.at(NOON):
        actions.remove_source(source=shop, actor=margot)
    shop.refresh_from_db()
    assert (shop.removed_at, shop.next_run_at) == (NOON, None)
    with pytest.raises(refusals.SourceGone):
        actions.pause_source(source=shop, actor=margot)
    again = actions.add_source(kind="shop", address=shop.address, name="Again", actor=margot)
    assert (again.pk, again.removed_at, again.mentions) == (shop.pk, None, 3)
    Source.objects.update(mentions=0)
    actions.remove_source(source=again, actor=margot)
    assert Source.objects.count() == 0


def test_sites_left_alone(margot: Member) -> None:
    noted = actions.opt_out_host(host=" https://WWW.Quiet.example/a ", reason="by mail", actor=margot)
    assert noted.host == "www.quiet.example"
    with pytest.raises(refusals.OptedOutAlready):
        actions.opt_out_host(host="www.quiet.example", reason="", actor=margot)
    for nonsense in ("", "nothing", "a b.example", "://"):
        with pytest.raises(refusals.HostNotNamed):
            actions.opt_out_host(host=nonsense, reason="", actor=margot)
    actions.opt_in_host(noted=noted, actor=margot)
    assert (OptOut.objects.count(), [kind for kind, _ in told()]) == (0, ["source.opt-out", "source.opt-in"])


def test_whether_authors_may_be_matched_is_said_of_the_source_and_asks_nothing_anew(
    shop: Source, margot: Member
) -> None:
    Source.objects.filter(pk=shop.pk).update(cursor={"etag": "x"})
    calendar: dict[str, Any] = {"name": "", "every_minutes": 60, "retention_days": 90, "options": {}}
    for silent, options in ((True, {"no_matching": True}), (None, {"no_matching": True}), (False, {})):
        edited = actions.edit_source(source=shop, actor=margot, no_matching=silent, **calendar)
        assert (edited.options, edited.cursor) == (options, {"etag": "x"})
