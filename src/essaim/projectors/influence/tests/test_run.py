"""A run finds the circles and the people that were planted."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from essaim.kit import clock
from essaim.listening.desk.models import Brand, BrandMention
from essaim.listening.models import Mention
from essaim.listening.reading.models import Edition, Reading
from essaim.people.actions import withdraw_consent
from essaim.projectors.influence import drawing
from essaim.projectors.influence.calculation import carry_out, carry_out_plan
from essaim.projectors.influence.models import Circle, Figures, Plan, Run, Seat
from essaim.projectors.influence.tests.conftest import BEGIN
from essaim.standing.models import Score

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(900)]
NOW = BEGIN + timedelta(days=20)


def talk(circle, say, at=BEGIN):
    """Everybody of the circle answers everybody else once."""
    for speaker in circle:
        first = say(speaker, at=at, tags=["rye"])
        for other in circle:
            if other != speaker:
                say(other, tie="reply", parent_id=first.pk, at=at + timedelta(hours=1))


@pytest.fixture
def village(voice, say):
    """Two circles of six who answer one another; the link between them is in both."""
    left, right = [voice(f"l{n}") for n in range(6)], [voice(f"r{n}") for n in range(6)]
    link = voice("link")
    talk([*left, link], say)
    talk([*right, link], say)
    drawing.read_mentions()
    return left, right, link


def calculated(at=NOW) -> Run:
    with clock.at(at):
        return carry_out(Run.objects.create())


def nodes(circle: Circle) -> set[int]:
    return set(circle.seats.values_list("node", flat=True))


def test_an_empty_house_has_an_empty_run(db):
    run = calculated()
    assert (run.state, run.nodes, run.arcs, run.figures) == ("done", 0, 0, {"democracy": []})


def test_two_planted_circles_are_found_keep_their_names_and_the_run_can_be_done_again(village, voice, say):
    left, right, link = village
    first = calculated()
    both = {-one.pk for one in [*left, link]}, {-one.pk for one in [*right, link]}
    assert sorted(map(sorted, (nodes(one) for one in first.circles.all()))) == sorted(map(sorted, both))
    again = calculated()
    rows = ("node", "heard", "carried", "x", "y", "roles", "posts")
    assert list(again.people.order_by("node").values_list(*rows)) == list(
        first.people.order_by("node").values_list(*rows)
    )
    names = {circle.name: nodes(circle) for circle in first.circles.all()}
    newcomer = voice("newcomer", at=NOW)
    talk([*left, newcomer], say, at=NOW)
    drawing.read_mentions()
    later = calculated(NOW + timedelta(days=1))
    for circle in later.circles.all():
        assert len(nodes(circle) & names[circle.name]) >= 6
    assert later.figures["naming"]["kept"] == 2
    assert [one.topics[0]["topic"] for one in later.circles.all()] == ["rye", "rye"]
    assert -newcomer.pk in set(Seat.objects.filter(circle__run=later).values_list("node", flat=True))
    assert not Figures.objects.filter(run=first).exists()  # older runs keep only what they say of the whole


def test_of_a_voice_nothing_is_concluded_and_a_newcomer_taken_up_is_seen(village):
    _, _, link = village
    run = calculated()
    row = run.people.get(node=-link.pk)
    assert (row.heard, row.reach, row.spread, row.participation, row.advocacy, row.parts) == (
        12,
        None,
        None,
        None,
        None,
        [],
    )
    roles = [one["role"] for one in row.roles]
    assert "newcomer" in roles
    assert "expert" in roles
    assert row.topics[0] == {"topic": "rye", "answers": 12, "people": 12}
    months = run.figures["democracy"]
    assert len(months) == 1
    assert months[0]["people"] == 13
    assert months[0]["gini_interval"][0] <= months[0]["gini"] <= months[0]["gini_interval"][1]


def read(mention, polarity):
    edition = Edition.objects.get_or_create(readers=[])[0]
    Reading.objects.create(
        mention_id=mention.pk, polarity=polarity, polarity_confidence=0.9, kind="opinion", kind_confidence=0.9,
        model=edition,
    )  # fmt: skip


def test_a_planted_critic_is_found_with_the_posts_behind(village, voice, say):
    left, _, link = village
    critic, about = voice("critic"), Brand.objects.create(name="Ours", own=True)
    blamed = []
    first = Mention.objects.filter(voice=left[0], tie="post").first()
    for day in range(6):
        post = say(critic, text="Burnt again.", at=BEGIN + timedelta(days=day), tie="reply", parent_id=first.pk)
        read(post, -1)
        BrandMention.objects.create(
            brand=about, mention_id=post.pk, published_at=post.published_at, source_id=post.source_id
        )
        blamed.append(post.pk)
    for mention in Mention.objects.filter(voice=link):
        read(mention, -1)  # of something else than the house's own brand
    drawing.read_mentions()
    run = calculated()
    row = run.people.get(node=-critic.pk)
    assert row.roles == [{"role": "critic", "count": 6, "n": 6}]
    assert row.posts == blamed[:0:-1]
    assert {one["role"] for one in run.people.get(node=-link.pk).roles} >= {"expert", "newcomer"}
    assert not run.people.exclude(node=-critic.pk).filter(roles__contains=[{"role": "critic"}]).exists()


def test_members_have_scores_until_they_say_no(person, act, village):
    with clock.at(BEGIN):
        circle = [person(f"mem{n}") for n in range(5)]
        for one in circle:
            for other in circle:
                if one != other:
                    act(one, other)
    from essaim.projectors.influence.projector import PROJECTOR

    PROJECTOR.reset()
    run = calculated()
    row = run.people.get(node=circle[0].pk)
    assert row.heard == 4
    assert row.spread_low <= row.spread <= row.spread_high
    parts = {part["name"]: part for part in row.parts}
    assert parts["knowledge"]["share"] is None is parts["honesty"]["share"]
    assert row.advocacy == pytest.approx(sum(part["points"] for part in row.parts) * 4 / 14)
    assert float(Score.objects.get(member=circle[0], kind="advocacy").value) == pytest.approx(row.advocacy, abs=1e-6)
    withdraw_consent(actor=circle[0], purpose="influence")
    assert not Score.objects.filter(member=circle[0], kind="advocacy").exists()
    assert circle[0].pk not in set(calculated().people.values_list("node", flat=True))


def test_seeds_are_chosen_among_those_who_may_be_asked(village, person):
    with clock.at(NOW):
        plan = carry_out_plan(Plan.objects.create(budget=2))
        again = carry_out_plan(Plan.objects.create(budget=2))
        none = carry_out_plan(Plan.objects.create(budget=2, voices=False))
    assert plan.state == "done"
    assert plan.seeds.count() == 2
    assert plan.low <= plan.spread <= plan.high <= 13
    assert again.overlap == 1.0
    assert list(again.seeds.values_list("node", "reach")) == list(plan.seeds.values_list("node", "reach"))
    assert (none.state, none.seeds.count(), none.spread) == ("done", 0, None)


def test_what_is_compiled_ahead_needs_no_house():
    from essaim.projectors.influence import warming

    subprocess.run([sys.executable, "-m", warming.__name__], check=True, env={**os.environ, "DATABASE_URL": ""})
    assert warming.is_done()
