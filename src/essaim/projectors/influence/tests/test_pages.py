"""Who reads which page, what it says with much and with nothing, and what a member sees of himself."""

import re

import numpy as np
import pytest
from django.apps import apps
from django.urls import reverse

from essaim.activity.outbox import drain
from essaim.kit import clock
from essaim.listening.models import Claim, Look
from essaim.people.actions import give_consent, withdraw_consent
from essaim.people.models import HouseRole
from essaim.projectors.influence import actions, domain, storing, trends
from essaim.projectors.influence.models import Circle, Figures, Plan, RuleSet, Run, Seat, Seed, Tie
from essaim.standing.actions import conclude
from essaim.standing.models import Score

pytestmark = pytest.mark.django_db
PAGES = ("leaders", "circles", "invite", "democracy", "weights", "run")
READERS = {"owner", "manager", "analyst", "moderator"}
PARTS = [
    {"name": "helpfulness", "weight": 30, "share": 0.5, "points": 15, "n": 4, "seen": 2},
    {"name": "love", "weight": 25, "share": 0.2, "points": 5, "n": 6, "seen": 2.5},
    {"name": "knowledge", "weight": 20, "share": None, "points": 0, "n": 0, "seen": 0},
    {"name": "bridging", "weight": 15, "share": 0.4, "points": 6, "n": 6, "seen": 0.4},
    {"name": "honesty", "weight": 10, "share": None, "points": 0, "n": 0, "seen": 0},
]


@pytest.fixture
def english(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def analyst(english, person):
    english.force_login(person("nora", "analyst", consents=False))
    return english


@pytest.fixture
def manager(english, person):
    english.force_login(person("max", "manager", consents=False))
    return english


@pytest.fixture
def done(db):
    months = [
        {"month": 24312 + n, "people": 9, "total": 20, "gini": 0.4, "effective": 5.0 + n, "top": 0.3,
         "gini_interval": [0.3, 0.5], "effective_interval": [4.0, 6.0 + n]}
        for n in range(3)
    ]  # fmt: skip
    return Run.objects.create(
        state="done", as_of=clock.now(), nodes=9, arcs=20, figures={"democracy": months},
        parameters={"rng_seed": 1, "sets": 100_000, "half_life_days": 180, "model": "ic"}, versions={"numpy": "2"},
    )  # fmt: skip


def seat(run, name, nodes, **fields):
    given = {"size": len(nodes), "members": sum(node > 0 for node in nodes), "cohesion": 0.5, **fields}
    circle = Circle.objects.create(run=run, name=name, **given)
    Seat.objects.bulk_create(Seat(circle=circle, node=node, ties=9, rank=n + 1) for n, node in enumerate(nodes))
    return circle


def member_row(run, member, **fields):
    given = {"heard": 3, "carried": 5, "reach": 2.5, "spread": 4.0, "spread_low": 3.5, "spread_high": 4.5,
             "bridging": 2.0, "participation": 0.4, "advocacy": 9.75, "parts": PARTS, **fields}  # fmt: skip
    return Figures.objects.create(run=run, node=member.pk, **given)


def text(client, name, *args, **query):
    answer = client.get(reverse(f"influence:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", [*HouseRole.Role.values, None])
def test_the_map_is_read_by_those_who_listen_and_decided_by_managers(english, person, role):
    actor = person("anna", *([role] if role else []), consents=False)
    english.force_login(actor)
    expected = 200 if role in READERS else 403
    assert {english.get(reverse(f"influence:{page}")).status_code for page in PAGES} == {expected}
    decides = role in {"owner", "manager"}
    posted = english.post(reverse("influence:run"))
    assert posted.status_code == (302 if decides else 403)
    assert Run.objects.count() == int(decides)
    assert english.post(reverse("influence:invite"), {"budget": 3}).status_code == (302 if decides else 403)
    assert Plan.objects.count() == int(decides)


def test_a_house_where_nothing_was_calculated_says_so(analyst):
    for page in ("leaders", "circles"):
        assert "Nothing has been calculated yet" in text(analyst, page)
    Run.objects.create(state="done", as_of=clock.now())
    assert "Nobody is in the map yet" in text(analyst, "leaders")
    Run.objects.create(state="running", step="circles")
    assert "looking for circles" in text(analyst, "leaders")


def test_leaders_are_told_with_reasons_at_a_constant_price(
    analyst, person, voice, done, django_assert_max_num_queries
):
    def price():
        with django_assert_max_num_queries(30) as counted:
            page = text(analyst, "leaders")
        return len(counted), page

    for name in ("ann1", "ann2", "ann3"):
        roles = [{"role": "critic", "count": 6, "n": 9}, {"role": "newcomer", "days": 1, "people": 3}]
        member_row(done, person(name), roles=roles, favour={"positive": 1, "negative": 6, "n": 9})
        if name == "ann1":
            price()
            one, page = price()
    assert price()[0] == one
    assert "6 unfavourable posts of 9" in page
    assert "first seen 1 day ago, taken up by 3 people" in page
    assert "7 of 9 posts take sides" in page
    assert "9.8" in page
    cleo = voice("cleo")
    Figures.objects.create(run=done, node=-cleo.pk, heard=4, carried=4)
    of_voices = text(analyst, "leaders", of="voices")
    assert "cleo" in of_voices
    assert "Advocacy" not in of_voices
    assert "Expected spread" not in of_voices
    assert "Nobody in this role" in text(analyst, "leaders", role="bridge")


def test_a_page_about_a_voice_keeps_who_looked_and_concludes_nothing(analyst, voice, say, done):
    cleo = voice("cleo")
    post = say(cleo, text="The crust is too dark.")
    roles = [{"role": "expert", "topic": "crust", "answers": 6, "people": 4}]
    Figures.objects.create(run=done, node=-cleo.pk, heard=4, carried=6, posts=[post.pk], roles=roles)
    page = text(analyst, "voice", cleo.pk)
    assert "4 people answered 6 times on “crust”" in page
    assert "The crust is too dark." in page
    assert "Reach" not in page
    assert Look.objects.filter(voice_id=cleo.pk, what="leader").count() == 1


def test_a_members_score_is_shown_part_by_part_to_the_team_and_to_him(analyst, person, done):
    ann = person("ann")
    member_row(done, ann)
    page = text(analyst, "member", ann.pk)
    for words in (
        "2 of 4 answers",
        "this house has no courses yet",
        'can measure <span class="number">70</span> today',
        "n = 6 acts",
    ):
        assert words in page
    analyst.force_login(ann)
    own = text(analyst, "mine")
    for words in ("2 of 4 answers", "this house has no courses yet", "9.8"):
        assert words in own


def test_who_says_no_vanishes_from_every_page_at_once(manager, person, voice, done):
    ann, bob, own = person("zoltan"), person("bob"), voice("zebulon")
    Claim.objects.create(voice=own, member=ann, proof="code", code="x", proved_at=clock.now())
    for one in (ann, bob):
        member_row(done, one)
    Figures.objects.create(run=done, node=-own.pk)
    seat(done, 1, [ann.pk, -own.pk, bob.pk, *(person(f"cid{n}").pk for n in range(4))])
    seat(done, 2, [ann.pk, *(person(f"dan{n}").pk for n in range(4))])
    plan = Plan.objects.create(budget=1, state="done", spread=3, low=2, high=4, ratio=0.7, as_of=clock.now(), nodes=6)
    Seed.objects.create(plan=plan, rank=1, node=ann.pk, reach=3)
    for source, target in ((ann.pk, bob.pk), (bob.pk, ann.pk), (-own.pk, bob.pk)):
        Tie.objects.create(source=source, target=target, month=24312, told=False, count=1, weight=1)
    conclude(member=ann, kind="advocacy", value=9)
    pages = (("leaders",), ("circles",), ("circle", 1), ("circle", 2), ("invite",), ("map",), ("member", bob.pk))
    named = {page for page in pages if "Zoltan" in text(manager, *page)}
    assert named == set(pages)
    withdraw_consent(actor=ann, purpose="influence")
    for page in pages[:3] + pages[4:]:
        assert not re.findall("Zoltan|zebulon", text(manager, *page))
    assert "Around Bob<" in text(manager, "circles")
    assert (done.circles.get(name=1).size, done.circles.get(name=1).members) == (5, 5)
    assert manager.get(reverse("influence:circle", args=[2])).status_code == 404  # four are left: too few
    assert manager.get(reverse("influence:member", args=[ann.pk])).status_code == 404
    gone = [ann.pk, -own.pk]
    for rows in (Figures.objects, Seat.objects, Seed.objects):
        assert not rows.filter(node__in=gone).exists()
    assert not Tie.objects.exists()
    assert not Score.objects.filter(member=ann).exists()


def test_who_says_no_while_it_is_calculated_is_not_stored(person):
    ann, bob, cid = (person(name) for name in ("ann", "bob", "cid"))
    run = Run.objects.create(state="running", as_of=clock.now())
    withdraw_consent(actor=bob, purpose="influence")
    withdraw_consent(actor=cid, purpose="influence")
    give_consent(actor=cid, purpose="influence")  # what was read of her before is not hers any more
    nodes = np.array([ann.pk, bob.pk, cid.pk])
    assert storing.present(nodes, run.as_of).tolist() == [True, False, False]


def test_a_voice_shown_to_be_of_somebody_who_said_no_leaves_at_once(analyst, person, voice, done):
    cleo, eve, dan = voice("cleo"), voice("eve"), person("dan", consents=False)
    for one in (cleo, eve):
        Figures.objects.create(run=done, node=-one.pk, heard=3)
    Claim.objects.create(voice=cleo, member=dan, proof="code", code="x", proved_at=clock.now())
    Claim.objects.create(voice=eve, member=dan, proof="code", code="y")  # only asked
    assert list(done.people.values_list("node", flat=True)) == [-eve.pk]
    eve.delete()
    assert not done.people.exists()


def test_the_map_draws_what_everybody_could_see(manager, person, done, act, voice):
    ann, bob, eve, cleo = person("ann"), person("bob"), person("eve"), voice("cleo")
    for node in (ann.pk, bob.pk, eve.pk, -cleo.pk):
        Figures.objects.create(run=done, node=node)
    seat(done, 1, [ann.pk, bob.pk, eve.pk, -cleo.pk, *(person(f"cid{n}").pk for n in range(2))])
    act(ann, bob)
    act(ann, eve, public=False)
    for source, target in ((ann.pk, bob.pk), (ann.pk, eve.pk), (-cleo.pk, ann.pk)):
        Tie.objects.create(source=source, target=target, month=24312, told=False, count=1, weight=1)
    edges = manager.get(reverse("influence:map")).json()["edges"]
    assert sorted(edges) == [[-cleo.pk, ann.pk], [ann.pk, bob.pk]]


def test_circles_of_fewer_than_five_are_counted_and_not_shown(analyst, voice, done):
    people = [-voice(f"v{n}").pk for n in range(5)]
    large = seat(done, 7, people, topics=[{"topic": "rye", "people": 5, "posts": 9}],
                 mood={"positive": 6, "negative": 2, "n": 10, "people": 5})  # fmt: skip
    small = seat(done, 8, people[:4])
    page = text(analyst, "circles")
    assert "Circle 7" in page
    assert "Rye</a>" in page
    assert "8 of 10 posts take sides" in page
    assert "Circle 8" not in page
    assert "1 smaller circle is not shown" in page
    assert "v0" in text(analyst, "circle", large.name)
    assert analyst.get(reverse("influence:circle", args=[small.name])).status_code == 404


def test_circles_are_listed_at_a_constant_price(analyst, voice, done, django_assert_max_num_queries):
    def price():
        with django_assert_max_num_queries(30) as counted:
            text(analyst, "circles")
        return len(counted)

    seat(done, 1, [-voice(f"a{n}").pk for n in range(5)])
    price()
    one = price()
    for name in (2, 3):
        seat(done, name, [-voice(f"b{name}{n}").pk for n in range(5)])
    assert price() == one


def test_months_are_told_and_drawn(analyst, done):
    page = text(analyst, "democracy")
    assert page.count("<circle ") == 3
    assert "January 2026" in page
    assert '>0.30</span>–<span class="number">0.50<' in page


@pytest.fixture
def plan(person):
    ann = person("ann")
    plan = Plan.objects.create(budget=1, state="done", spread=3, low=2, high=4, ratio=0.7, as_of=clock.now(), nodes=6)
    return Seed.objects.create(plan=plan, rank=1, node=ann.pk, reach=3), ann


def test_an_invitation_is_a_notice_to_one_who_agreed(manager, plan):
    seed, ann = plan
    address = reverse("influence:write", args=[seed.plan_id, 1])
    refused = manager.post(address, {"words": "Come and bake."})
    assert refused.status_code == 422
    assert "does not want personal messages" in refused.content.decode()
    assert "Come and bake." in refused.content.decode()
    give_consent(actor=ann, purpose="dialogue")
    assert manager.post(address, {"words": "Come and bake."}).status_code == 302
    drain("notices")
    assert apps.get_model("notices", "Notice").objects.filter(member=ann).count() == 1
    assert "invited" in text(manager, "invite")
    assert manager.post(address, {"words": "Again."}).status_code == 422


def test_weights_are_edited_logged_and_drawn_again_when_ties_weigh_otherwise(manager, person):
    form = {f"part_{name}": weight for name, weight in domain.ADVOCACY.items()}
    form |= {f"tie_{name}": weight for name, weight in domain.TIES.items()} | {"half_life": 180, "reason": ""}
    page = manager.post(reverse("influence:weights"), form | {"part_love": 40})
    assert page.status_code == 422
    assert 'value="40"' in page.content.decode()
    assert manager.post(reverse("influence:weights"), form | {"part_love": 40, "reason": "warmth"}).status_code == 302
    assert RuleSet.objects.get().rules.advocacy["love"] == 40
    assert "version 1: warmth" in text(manager, "weights")


def test_weights_that_cannot_be_are_refused(person):
    actor, nothing = person("max", "manager"), domain.Rules(advocacy=dict.fromkeys(domain.ADVOCACY, 0.0))
    with pytest.raises(domain.WeightsNotRight):
        actions.publish_weights(actor=actor, rules=nothing, reason="none")
    with pytest.raises(actions.BudgetNotRight):
        actions.ask_plan(actor=actor, budget=0, voices=True)


def test_only_one_calculation_at_a_time(person):
    actor = person("max", "manager")
    actions.ask_run(actor=actor)
    with pytest.raises(actions.AlreadyCalculating):
        actions.ask_run(actor=actor)


def test_a_members_own_circles(english, person, voice, done):
    ann, bob, cid = person("ann"), person("bob"), person("cid")
    english.force_login(person("dan", consents=False))
    assert "You are not in the map" in text(english, "mine")
    english.force_login(ann)
    assert "Nothing to show yet" in text(english, "mine")
    member_row(done, ann)
    seat(done, 1, [ann.pk, bob.pk, cid.pk])
    Tie.objects.create(source=ann.pk, target=bob.pk, month=24312, told=False, count=1, weight=1)
    Tie.objects.create(source=cid.pk, target=ann.pk, month=24312, told=False, count=1, weight=1)
    page = text(english, "mine")
    assert "Bob" in page
    assert "Cid" not in page  # in the circle, but she only voted for his ideas
    assert "2 other people" in page


def test_a_page_that_waits_for_the_first_calculation_shows_it_by_itself(analyst):
    run = Run.objects.create(state="running", step="circles")
    page = text(analyst, "circles")
    assert "Step 2 of 8: looking for circles." in page
    assert 'data-hx-get="/studio/listen/leaders/run/?first"' in page
    assert '<meta http-equiv="refresh"' in page
    assert "Step 2 of 8" in text(analyst, "run", first="")
    run.state, run.as_of, run.nodes = "done", clock.now(), 1
    run.save()
    answer = analyst.get(reverse("influence:run"), {"first": ""})
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    assert "See what it found" in text(analyst, "run")


def test_the_line_ends_where_a_month_is_not_told():
    rows = [{"month": month, "people": 9, "effective": 2.0} for month in (24315, 24314, 24312)]
    found = trends.line(trends.months(rows[::-1]))
    assert [len(piece["points"].split()) for piece in found["pieces"]] == [1, 2]
