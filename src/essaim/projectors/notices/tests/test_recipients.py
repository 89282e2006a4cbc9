"""Who hears of what, and how he wants to."""

from datetime import timedelta

from essaim.activity.outbox import rebuild
from essaim.communities.actions import join
from essaim.initiatives.models import Comment
from essaim.initiatives.verbs import CommentAnswered, CommentWritten, InitiativeOpened, PhaseBegun, Reacted
from essaim.kit import clock
from essaim.projectors.notices import actions, queries
from essaim.projectors.notices.domain import Frequency, Topic, rules_for
from essaim.projectors.notices.models import Letter, Notice, Pending
from essaim.projectors.notices.recipients import recipients
from essaim.projectors.notices.tests.conftest import MONDAY, NOON, SEVEN, do, draw, heard, new_member, post


def test_votes_are_told_to_nobody_and_unknown_acts_to_the_one_touched():
    assert rules_for("vote_cast", "Vote") == ()
    assert rules_for("something.new", "Vote") == ()
    assert rules_for("something.new", "Create") == (("target", "mine"),)


def test_the_thread_hears_of_a_comment_but_never_its_author(ada, bea, idea):
    cleo, dora = new_member("cleo"), new_member("dora")
    for author in (bea, cleo):
        Comment.objects.create(author=author, kind="comment", about=idea, created_at=NOON - timedelta(hours=1))
    Comment.objects.create(author=dora, kind="comment", about=idea, created_at=NOON + timedelta(hours=1))
    act = do(CommentWritten(idea.pk, False), bea, object=idea, target=ada)
    assert recipients([act])[act] == {ada.pk: Topic.DISCUSSION, cleo.pk: Topic.DISCUSSION}
    answer = do(CommentAnswered(idea.pk, 1), ada, object=idea, target=cleo)
    assert recipients([answer])[answer] == {bea.pk: Topic.DISCUSSION, cleo.pk: Topic.MINE}


def test_an_opening_is_heard_by_members_of_that_moment_and_by_the_interested(ada, bea, bakers, contest):
    with clock.at(NOON - timedelta(days=1)):
        join(actor=bea, community=bakers)
    keen = new_member("keen", interests=["bread", "bikes"])
    late = new_member("late")
    with clock.at(NOON + timedelta(days=1)):
        join(actor=late, community=bakers)
    opened = do(InitiativeOpened("contest", 1), ada, object=contest, initiative=contest)
    assert recipients([opened])[opened] == {bea.pk: Topic.INITIATIVES, keen.pk: Topic.INTERESTS}


def test_participants_hear_of_the_next_phase_unless_they_have_gone(ada, bea, contest):
    gone = new_member("gone", is_active=False)
    for member in (bea, gone):
        do(Reacted("like"), member, initiative=contest)
    begun = do(PhaseBegun("vote", "Vote", ""), None, object=contest, initiative=contest)
    assert recipients([begun])[begun] == {bea.pk: Topic.INITIATIVES}


def test_preferences_decide_and_never_drops_what_waits(ada, bea, drawn):
    actions.choose(member=ada, frequencies={Topic.DISCUSSION: Frequency.WEEKLY})
    do(CommentWritten(1, False), bea, target=ada)
    draw()
    assert [post(SEVEN), post(MONDAY)] == [0, 1]
    do(CommentWritten(1, False), bea, at=MONDAY, target=ada)
    draw(MONDAY)
    actions.choose(member=ada, frequencies={Topic.DISCUSSION: Frequency.NEVER})
    assert Pending.objects.count() == 0
    do(CommentWritten(1, False), bea, at=MONDAY, target=ada)
    draw(MONDAY)
    assert (Pending.objects.count(), Letter.objects.count()) == (0, 1)
    assert Notice.objects.filter(member=ada).count() == 3


def test_nobody_is_written_to_at_an_unconfirmed_address(bea, drawn, bakers):
    shy = new_member("shy", email_confirmed_at=None)
    do(CommentAnswered(1, 1), bea, target=shy)
    draw()
    assert (Notice.objects.filter(member=shy).count(), Letter.objects.count()) == (1, 0)


def test_a_rebuild_draws_the_same_notices_and_sends_nothing(ada, bea, bakers, contest, drawn):
    do(CommentAnswered(1, 1), bea, target=ada)
    do(InitiativeOpened("contest", 1), bea, object=contest, initiative=contest)
    draw()
    before = heard()
    actions.see_all(member=ada)
    post(SEVEN)
    letters = list(Letter.objects.order_by("pk").values())
    actions.choose(member=ada, frequencies=dict.fromkeys(Topic, Frequency.INSTANT))
    rebuild("notices")
    draw(MONDAY)
    assert [row for row in heard() if row in before] == before
    assert list(Letter.objects.order_by("pk").values()) == letters
    assert Pending.objects.count() == 0
    assert post(MONDAY) == 0
    assert queries.unseen(ada).filter(activity__in=[row[0] for row in before]).count() == 0
