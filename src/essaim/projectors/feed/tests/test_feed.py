"""Who is told what, together with what, and what a reader may see of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from essaim.activity.outbox import drain, rebuild
from essaim.activity.record import record
from essaim.communities.models import CharterVersion, Community, Membership
from essaim.initiatives.models import Contribution
from essaim.initiatives.verbs import CommentWritten, Reacted
from essaim.kit import clock
from essaim.kit.vocabulary import Verb
from essaim.people.evidence import keep
from essaim.people.models import Member
from essaim.products.verbs import ProductEdited, ProductLaunched
from essaim.projectors.feed import queries
from essaim.projectors.feed.domain import Audience, Happening, audiences, group_key
from essaim.projectors.feed.models import Line, Part

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def happening(**changes):
    plain = {"pk": 9, "type": "comment.write", "verb": Verb.CREATE, "public": True, "actor": 1, "target": 2,
             "community": 3, "object_type": "x.y", "object_id": 4, "day": date(2026, 3, 2)}  # fmt: skip
    return Happening(**plain | changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [Audience(community=3), Audience(member=2)]),
        ({"community": None, "target": None}, [Audience()]),
        ({"public": False}, [Audience(member=2)]),
        ({"target": 1}, [Audience(community=3)]),
        ({"verb": Verb.UNDO}, []),
        ({"type": "reaction.add"}, [Audience(member=2)]),
        ({"verb": Verb.VOTE, "public": False}, []),
        ({"verb": Verb.VOTE}, [Audience(community=3), Audience(member=2)]),
    ],
)
def test_audiences(changes, expected):
    assert audiences(happening(**changes)) == expected


def test_an_act_on_nothing_stands_alone():
    assert group_key(happening(object_id=None)) == "9"
    assert group_key(happening()) == "comment.write:x.y:4:2026-03-02"


def new_member(handle):
    return Member.objects.create_user(f"{handle}@example.org", handle, display_name=handle.title())


@pytest.fixture
def ada(db):
    return new_member("ada")


@pytest.fixture
def bea(db):
    return new_member("bea")


@pytest.fixture
def bakers(ada):
    return Community.objects.create(slug="bakers", name="Bakers", sort_key="bakers", created_by=ada)


@pytest.fixture
def idea(ada):
    return Contribution.objects.create(author=ada, kind="idea", body="Rye")


def enter(community, member):
    charter, _new = CharterVersion.objects.get_or_create(
        community=community,
        number=1,
        defaults={
            "text": "Be kind.",
            "published_by": member,
            "evidence": keep(f"charter:{community.slug}", "Be kind.", "en"),
        },
    )
    Membership.objects.create(community=community, member=member, charter=charter, joined_at=NOON)


@transaction.atomic
def do(act, actor, at=NOON, **context):
    with clock.at(at):
        return record(act, actor=actor, **context)


def draw():
    with clock.at(NOON + timedelta(days=30)):
        drain("feed")


def lines():
    return [
        (line.community_id, line.member_id, line.count, line.people, line.latest_id)
        for line in Line.objects.order_by("latest", "community", "member")
    ]


def test_the_same_act_on_the_same_thing_is_told_together_day_by_day(ada, bea, bakers, idea):
    first = do(CommentWritten(1, False), bea, object=idea, community=bakers, target=ada)
    do(CommentWritten(1, False), bea, object=idea, community=bakers, target=ada)
    third = do(CommentWritten(1, False), new_member("cleo"), object=idea, community=bakers, target=ada)
    next_day = do(CommentWritten(1, False), bea, NOON + timedelta(days=1), object=idea, community=bakers)
    draw()
    assert lines() == [
        (bakers.pk, None, 3, 2, third.pk),
        (None, ada.pk, 3, 2, third.pk),
        (bakers.pk, None, 1, 1, next_day.pk),
    ]
    assert Part.objects.filter(activity=first).count() == 2


def test_a_member_reads_of_his_communities_of_the_house_and_of_himself_once(ada, bea, bakers, idea):
    enter(bakers, ada)
    elsewhere = Community.objects.create(slug="bikers", name="Bikers", sort_key="bikers", created_by=bea)
    do(CommentWritten(1, False), bea, object=idea, community=bakers, target=ada)
    do(ProductLaunched("Rye"), bea)
    do(ProductEdited("Rye"), bea)
    do(CommentWritten(1, False), bea, object=idea, community=elsewhere)
    draw()
    assert [line.member_id for line in queries.of_member(ada)] == [None, ada.pk]
    assert [line.community_id for line in queries.of_member(bea)] == [None]


def test_hidden_contributions_and_closed_communities_are_not_told(ada, bea, idea):
    closed = Community.objects.create(
        slug="inner", name="Inner", sort_key="inner", created_by=ada, visibility=Community.Visibility.INVITATION
    )
    enter(closed, ada)
    do(CommentWritten(1, False), ada, object=idea, community=closed)
    draw()
    counts = [queries.of_community(closed, reader).count() for reader in (ada, bea, None)]
    assert counts == [1, 0, 0]
    assert queries.of_house(None).count() == 0
    Contribution.objects.filter(pk=idea.pk).update(state=Contribution.State.WITHDRAWN)
    assert queries.of_community(closed, ada).count() == 0


def test_pages_of_lines_cost_the_same_whatever_their_length(ada, bakers, django_assert_num_queries):
    enter(bakers, ada)

    def ideas(number):
        for n in range(number):
            about = Contribution.objects.create(author=ada, kind="idea", body=f"{n}")
            do(Reacted("like"), new_member(f"m{about.pk}x"), object=about, community=bakers, target=ada)
        draw()

    ideas(1)
    with django_assert_num_queries(2):
        assert len(queries.entries(queries.of_member(ada), ada)) == 1
    ideas(2)
    with django_assert_num_queries(2):
        assert len(queries.entries(queries.of_member(ada), ada)) == 3
    shown = queries.entries(queries.of_member(ada), ada, most=2)
    assert len(queries.entries(queries.of_member(ada), ada, before=shown[-1].line.latest_id)) == 1


def test_the_page_tells_how_many_more(ada, bea, bakers, idea):
    for actor in (new_member("cleo"), new_member("dora"), bea):
        do(CommentWritten(1, False), actor, object=idea, community=bakers)
    draw()
    entries = queries.entries(queries.of_house(None), None)
    with translation.override("en"):
        page = render_to_string("feed/feed.html", {"entries": entries})
    assert "and 2 other people" in page
    assert "Bea" in page
    with translation.override("fr"):
        empty = render_to_string("feed/feed.html", {"entries": []})
    assert "Rien ne s’est encore passé ici" in empty


def snapshot():
    fields = ("community", "member", "key", "latest", "contribution", "count", "people")
    rows = list(Line.objects.order_by("key", "community", "member").values(*fields))
    parts = Part.objects.order_by("line__key", "line__member", "activity").values_list(
        "line__key", "activity", "actor"
    )
    return rows, list(parts)


def test_rebuilt_in_any_order_the_lines_are_the_same(ada, bea, bakers, idea):
    for hours in range(30):
        actor, target = (bea, ada) if hours % 3 else (ada, bea)
        at = NOON + timedelta(hours=hours)
        do(CommentWritten(1, False), actor, at, object=idea, community=bakers, target=target)
    draw()
    before = snapshot()
    assert len(before[0]) == 6
    rebuild("feed")
    from essaim.activity.models import Delivery

    late = Delivery.objects.filter(projector="feed", activity__actor=bea)
    late.update(due_at=NOON + timedelta(days=60))
    draw()
    with clock.at(NOON + timedelta(days=90)):
        drain("feed")
    assert snapshot() == before
