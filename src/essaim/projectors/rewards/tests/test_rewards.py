"""Points by rule, capped, once; levels; versions; rebuilt and raced."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from essaim.activity.models import Activity, Delivery
from essaim.activity.outbox import drain, rebuild
from essaim.activity.record import record
from essaim.communities.models import Community
from essaim.initiatives.verbs import CommentWritten, Reacted
from essaim.kit import clock
from essaim.ledger import accounts
from essaim.ledger.models import JournalEntry
from essaim.ledger.queries import balance
from essaim.people.models import HouseRole, Member
from essaim.projectors.rewards import actions, queries
from essaim.projectors.rewards.domain import DEFAULTS, Level, LevelsOutOfOrder, Rule, RuleOutOfRange, check, earned
from essaim.projectors.rewards.models import Award
from essaim.standing import queries as standing
from essaim.standing.models import Score

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def new_member(handle: str, *roles: str) -> Member:
    member = Member.objects.create_user(f"{handle}@example.org", handle, display_name=handle.title())
    for role in roles:
        HouseRole.objects.create(member=member, role=role)
    return member


@transaction.atomic
def comment(member, at=NOON, target=None, origin="here"):
    with clock.at(at):
        return record(CommentWritten(1, False), actor=member, target=target, origin=origin)


@transaction.atomic
def like(member, target, thing, at=NOON):
    with clock.at(at):
        return record(Reacted("like"), actor=member, object=thing, target=target)


def points(member):
    return balance(accounts.member(member, "PT"))


def draw(at=NOON + timedelta(days=30)):
    with clock.at(at):
        drain("rewards")


@pytest.fixture
def ada(db):
    return new_member("ada")


@pytest.fixture
def thing(ada):
    return Community.objects.create(slug="bakers", name="Bakers", sort_key="bakers", created_by=ada)


def test_cap_and_once_decide_what_an_act_earns():
    rule = Rule("t", "actor", 2, 3)
    cases = [(0, False), (2, False), (3, False), (0, True)]
    assert [earned(rule, earlier_today=n, seen_before=seen) for n, seen in cases] == [2, 2, 0, 0]
    assert earned(replace(rule, once=False), earlier_today=0, seen_before=True) == 2


def test_levels_are_reached_at_their_threshold():
    assert [DEFAULTS.level(points) for points in (0, 19, 20, 99, 100, 1_500)] == [0, 0, 1, 1, 2, 4]


@pytest.mark.parametrize("rule", [Rule("t", "actor", -1, 1), Rule("t", "actor", 10_001, 1), Rule("t", "actor", 1, 0)])
def test_rules_out_of_range_are_refused(rule):
    with pytest.raises(RuleOutOfRange):
        check([rule], [])


@pytest.mark.parametrize("thresholds", [(1,), (0, 5, 5)])
def test_levels_that_do_not_rise_are_refused(thresholds):
    with pytest.raises(LevelsOutOfOrder):
        check([], [Level(points, {"en": "x"}) for points in thresholds])


def test_an_act_earns_points_in_the_books_and_in_the_standing(ada):
    activity = comment(ada)
    draw()
    award = Award.objects.get()
    assert (award.activity, award.member, award.points, award.version, award.at) == (activity, ada, 2, 0, NOON)
    entry = JournalEntry.objects.get(key=f"rewards:{activity.pk}")
    assert sorted(entry.postings.values_list("account__code", "amount")) == [
        ("house:points:PT", 2),
        (f"member:{ada.pk}:balance:PT", -2),
    ]
    assert [standing.score(ada, "points").value, standing.score(ada, "level").value] == [2, 0]


def test_the_daily_cap_ends_at_the_house_s_midnight(ada):
    late = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # 23:30 in Paris
    for _ in range(12):
        comment(ada, late)
    comment(ada, late + timedelta(minutes=45))
    draw()
    assert points(ada) == 22


def test_a_reaction_taken_back_and_given_again_earns_once(ada, thing):
    bea = new_member("bea")
    like(bea, ada, thing)
    like(bea, ada, thing)
    like(new_member("cleo"), ada, thing)
    draw()
    assert (points(ada), points(bea)) == (2, 0)


def test_what_comes_from_elsewhere_earns_nothing(ada):
    comment(ada, origin="polis")
    draw()
    assert Award.objects.count() == 0


def test_a_version_counts_from_its_publication(ada):
    owner = new_member("owner", "owner")
    comment(ada)
    with clock.at(NOON + timedelta(hours=1)):
        rules = [replace(rule, points=7) if rule.type == "comment.write" else rule for rule in DEFAULTS.rules]
        levels = [Level(0, {"en": "Bee"}), Level(9, {"en": "Queen"})]
        assert actions.publish_rules(actor=owner, rules=rules, levels=levels, reason="warmer").version == 1
    comment(ada, NOON + timedelta(hours=2))
    draw()
    assert list(Award.objects.order_by("pk").values_list("points", "version")) == [(2, 0), (7, 1)]
    assert queries.level_of(ada) == (1, "Queen")


def test_only_managers_publish_rules(ada):
    with pytest.raises(actions.NotAManager):
        actions.publish_rules(actor=ada, rules=DEFAULTS.rules, levels=DEFAULTS.levels, reason="more")


def snapshot():
    return (
        list(Award.objects.order_by("activity", "member").values("activity", "member", "points", "version", "at")),
        list(Score.objects.order_by("member", "kind").values("member", "kind", "value", "basis", "concluded_at")),
        list(JournalEntry.objects.order_by("id").values()),
    )


def live_a_little(members, thing):
    for number in range(60):
        member, other = members[number % 3], members[(number + 1) % 3]
        at = NOON + timedelta(hours=number * 5 % 50)
        comment(member, at, other)
        like(member, other, thing, at)


def test_everything_rebuilt_is_the_same_and_nothing_is_paid_twice(ada, thing):
    members = [ada, new_member("bea"), new_member("cleo")]
    live_a_little(members, thing)
    draw()
    before = snapshot()
    assert len(before[0]) > 40
    rebuild("rewards")
    draw()
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_give_a_point_twice():
    members = [new_member(handle) for handle in ("ada", "bea", "cleo")]
    thing = Community.objects.create(slug="bakers", name="Bakers", sort_key="bakers", created_by=members[0])
    for _ in range(4):
        live_a_little(members, thing)
    together = Barrier(3)

    def work():
        together.wait()
        draw()
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Delivery.objects.filter(projector="rewards").count() == 0
    before = snapshot()
    assert [queries.total(member) for member in members] == [points(member) for member in members]
    assert Activity.objects.filter(type="comment.write").count() == 240
    rebuild("rewards")
    draw()
    assert snapshot() == before
