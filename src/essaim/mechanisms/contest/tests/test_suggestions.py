"""What was suggested outside, as an idea of its author."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from essaim.activity.models import Activity
from essaim.initiatives.domain import PhaseShut
from essaim.initiatives.mechanism import Credit
from essaim.kit.errors import Forbidden
from essaim.mechanisms.contest import actions
from essaim.mechanisms.contest.domain.errors import EmptyIdea
from essaim.mechanisms.contest.models import Authorship, Idea, Placeholder
from essaim.mechanisms.contest.tests.conftest import House

CREDIT = Credit(key="mention:7", voice="voice:3", name="Lusab-babad", url="/heard/7/")


@pytest.fixture
def take(house: House) -> Callable[..., Idea]:
    contest = house.contest()

    def taken(credit: Credit = CREDIT, title: str = "Seeds", text: str = "Sell the flour too") -> Idea:
        return actions.take_suggestion(initiative=contest, actor=house.manager, title=title, text=text, credit=credit)

    return taken


def test_an_outside_author_is_credited_and_keeps_the_share(take: Callable[..., Idea], house: House) -> None:
    idea = take()
    author = idea.author
    assert (author.display_name, author.is_active, author.has_usable_password()) == ("Lusab-babad", False, False)
    assert Authorship.objects.filter(idea=idea).values_list("member", "share").get() == (author.pk, 10_000)
    assert idea.origin == {"heard": {"name": "Lusab-babad", "url": "/heard/7/"}}
    told = Activity.objects.get(type="idea.take")
    assert (told.actor, told.object_id, told.payload) == (house.manager, idea.pk, {})


def test_the_same_suggestion_twice_is_one_idea_and_one_author(take: Callable[..., Idea]) -> None:
    first, again = take(), take()
    other = take(Credit("mention:8", "voice:3", "Lusab-babad", "/heard/8/"), "Flour")
    assert (first, other.author) == (again, first.author)
    assert (Idea.objects.count(), Placeholder.objects.count()) == (2, 1)


def test_a_member_is_its_author(take: Callable[..., Idea], house: House) -> None:
    marie = house.member("marie")
    idea = take(Credit("mention:7", "voice:3", "Marie", "/heard/7/", marie))
    assert idea.author == marie
    assert Activity.objects.get(type="idea.submit").actor == marie
    assert not Placeholder.objects.exists()


def test_only_who_runs_the_contest_and_while_ideas_are_taken(house: House) -> None:
    contest = house.contest(phases=(("vote", 10), ("decide", 10)))
    for actor, refusal in ((house.member(), Forbidden), (house.manager, PhaseShut)):
        with pytest.raises(refusal):
            actions.take_suggestion(initiative=contest, actor=actor, title="a", text="b", credit=CREDIT)


def test_without_words_it_is_none(take: Callable[..., Idea]) -> None:
    with pytest.raises(EmptyIdea):
        take(title=" ")
    assert not Idea.objects.exists()
