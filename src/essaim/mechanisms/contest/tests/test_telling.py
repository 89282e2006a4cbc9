"""What the stream says of ideas: by the name they have now, and of hidden ones nothing."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from essaim.activity.models import Activity
from essaim.activity.telling import tell
from essaim.initiatives.models import Contribution
from essaim.mechanisms.contest import actions
from essaim.mechanisms.contest.models import Idea


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def told(type_, reader=None):
    return tell(Activity.objects.filter(type=type_).latest("pk"), reader).text


def hide(idea):
    Contribution.objects.filter(pk=idea.pk).update(state="hidden")


def test_hidden_idea_is_named_nowhere_in_the_stream(house, client):
    contest, voter = house.contest(), house.member("zoe")
    idea = house.idea(contest, house.member("ana"), title="Buy my pills")
    actions.cast_vote(idea=idea, voter=voter, value=1)
    actions.answer_officially(idea=idea, author=house.manager, verdict="rejected", body="No.")
    assert told("idea.submit") == "Ana submitted the idea “Buy my pills”"

    hide(idea)

    assert told("idea.submit") == "Ana submitted the idea “…”"
    assert told("idea.answer") == "Marion answered the idea “…” for the house"
    assert told("vote.cast", voter) == "You voted on “…”"
    assert "pills" not in json.dumps(list(Activity.objects.values_list("payload", flat=True)))
    for address in (
        "/activity/",
        "/activity/feed.atom",
        "/activity/outbox.json?page=1",
        f"/initiatives/{contest.slug}/activity/",
    ):
        shown = client.get(address).content.decode()
        assert ("pills" in shown, "Ana" in shown) == (False, True)


def test_merged_ideas_are_both_named_while_both_are_shown(house):
    contest = house.contest()
    kept, merged = house.idea(contest, title="Rye"), house.idea(contest, title="Rye too")
    actions.merge_ideas(kept=kept, merged=merged, actor=house.manager)
    assert told("idea.merge") == "Marion merged “Rye too” into “Rye”"
    hide(kept)
    assert told("idea.merge") == "Marion merged “Rye too” into “…”"


def test_draft_is_named_to_those_involved_only(house):
    contest, author, friend = house.contest(), house.member("ana"), house.member("bea")
    draft = actions.save_draft(contest=contest, author=author, title="Secret rye", body="")
    actions.invite_co_author(idea=draft, actor=author, member=friend, share=3_000)
    assert told("idea.invite", friend) == "Ana invited Bea to co-author “Secret rye”"
    assert told("idea.invite", house.member("eve")) == "Ana invited Bea to co-author “…”"
    actions.accept_offer(idea=draft, member=friend)
    joined = Activity.objects.get(type="idea.join")
    assert (joined.public, told("idea.join", author)) == (False, "Bea became a co-author of “Secret rye”")

    actions.submit_idea(contest=contest, author=author, title="Rye", body="Dark.", draft=draft)

    assert told("idea.invite", friend) == "Ana invited Bea to co-author “Rye”"
    assert Idea.objects.get().is_visible
