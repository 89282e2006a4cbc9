"""Comments and reactions: who may, what is written, what the pages do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from essaim.activity.models import Activity
from essaim.initiatives import actions, domain, policy, threads
from essaim.initiatives.models import Comment, Contribution, Initiative, Reaction, Revision
from essaim.initiatives.policy import may
from essaim.initiatives.tests.conftest import DAY, NOON, People
from essaim.kit import clock
from essaim.people.erasure import erase_member
from essaim.people.models import HouseRole

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def last() -> Any:
    return Activity.objects.order_by("-pk").values_list("type", "actor", "target", "payload", "weight")[0]


@pytest.fixture
def comment(saying: Contribution, people: People) -> Comment:
    return actions.write_comment(about=saying, author=people.bob, body=" Which rye? ")


WHO = ["host", "ada", "bob", "passer", "manager", "designer"]


@pytest.mark.parametrize(
    ("predicate", "allowed"),
    [
        (policy.comment, {"host", "ada", "bob"}),
        (policy.comment_officially, {"host", "manager", "designer"}),
        (policy.react, {"host", "ada", "bob"}),
        (policy.edit_own, {"ada"}),
        (policy.withdraw_own, {"ada"}),
        (policy.run_initiative, {"host", "manager"}),
    ],
    ids=["comment", "comment_officially", "react", "edit_own", "withdraw_own", "run_initiative"],
)
def test_who_may(saying: Contribution, people: People, predicate: Any, allowed: set[str]) -> None:
    assert {name for name in WHO if may(predicate, getattr(people, name), saying)} == allowed
    assert not may(predicate, None, saying)


@pytest.mark.parametrize(
    ("days", "halted", "allowed"), [(0, False, True), (0, True, False), (7.5, False, True), (20, False, True)]
)
def test_comments_stay_open_between_and_after_phases_but_not_while_halted(
    saying: Contribution, people: People, days: float, halted: bool, allowed: bool
) -> None:
    if halted:
        Initiative.objects.update(halted_at=NOON)
    with clock.at(NOON + days * DAY):
        assert may(policy.comment, people.bob, Contribution.objects.get(pk=saying.pk)) is allowed


def test_a_comment_touches_the_author_of_what_it_is_about(comment: Comment, people: People) -> None:
    assert (comment.body, comment.kind, comment.official, comment.state) == (
        "Which rye?",
        "comment",
        False,
        "published",
    )
    assert last() == (
        "comment.write",
        people.bob.pk,
        people.ada.pk,
        {"about": comment.about_id, "official": False},
        1.0,
    )


def test_an_answer_touches_the_author_of_the_comment(comment: Comment, saying: Contribution, people: People) -> None:
    answer = actions.write_comment(about=saying, author=people.ada, body="Local.", in_reply_to=comment)
    expected = {"about": saying.pk, "in_reply_to": comment.pk}
    assert last() == ("comment.answer", people.ada.pk, people.bob.pk, expected, 1.5)
    with pytest.raises(domain.AnotherThread):
        actions.write_comment(about=comment, author=people.ada, body="x", in_reply_to=answer)


@pytest.mark.parametrize(
    ("body", "refusal"), [("  ", domain.NothingWritten), ("x" * 5_001, domain.TooLong)], ids=["blank", "long"]
)
def test_a_comment_says_something_short(
    saying: Contribution, people: People, body: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.write_comment(about=saying, author=people.bob, body=body)
    assert Comment.objects.count() == 0


def test_only_staff_speak_for_the_house(saying: Contribution, people: People) -> None:
    assert actions.write_comment(about=saying, author=people.designer, body="Noted.", official=True).official
    with pytest.raises(domain.NotOfficial):
        actions.write_comment(about=saying, author=people.bob, body="Noted.", official=True)


@pytest.mark.parametrize(
    ("role", "speaks"),
    [
        ("owner", True),
        ("manager", True),
        ("designer", True),
        ("moderator", False),
        ("treasurer", False),
        ("analyst", False),
    ],
)
def test_some_roles_speak_for_the_house(saying: Contribution, people: People, role: str, speaks: bool) -> None:
    HouseRole.objects.create(member=people.passer, role=role)
    assert policy.may(policy.comment_officially, people.passer, saying) is speaks


def test_an_edit_keeps_what_was_said(comment: Comment, people: People) -> None:
    with clock.at(NOON + DAY):
        edited = actions.edit_comment(comment=comment, editor=people.bob, body="Which rye, from where?")
    assert (edited.body, edited.edited_at) == ("Which rye, from where?", NOON + DAY)
    assert list(Revision.objects.values_list("contribution", "body", "editor", "at")) == [
        (comment.pk, "Which rye?", people.bob.pk, NOON + DAY)
    ]
    with pytest.raises(domain.NotYours):
        actions.edit_comment(comment=comment, editor=people.ada, body="mine")


def test_an_edit_that_changes_nothing_leaves_no_trace(comment: Comment, people: People) -> None:
    actions.edit_comment(comment=comment, editor=people.bob, body="Which rye?")
    assert (Revision.objects.count(), last()[0]) == (0, "comment.write")


def test_a_withdrawn_comment_leaves_its_place(comment: Comment, saying: Contribution, people: People) -> None:
    answer = actions.write_comment(about=saying, author=people.ada, body="Local.", in_reply_to=comment)
    actions.withdraw_contribution(contribution=comment, actor=people.bob)
    with pytest.raises(domain.AlreadyWithdrawn):
        actions.withdraw_contribution(contribution=comment, actor=people.bob)
    talk = threads.talk(saying, people.ada)
    assert (talk.count, [node.comment.state for node in talk.nodes]) == (1, ["withdrawn"])
    assert [node.comment.pk for node in talk.nodes[0].replies] == [answer.pk]


def test_one_reaction_per_member_and_the_last_counts(saying: Contribution, people: People) -> None:
    actions.react(contribution=saying, member=people.bob, kind="like")
    actions.react(contribution=saying, member=people.bob, kind="love")
    assert list(Reaction.objects.values_list("member", "kind")) == [(people.bob.pk, "love")]
    assert Activity.objects.filter(type="reaction.add").count() == 1
    actions.take_back_reaction(contribution=saying, member=people.bob)
    assert (Reaction.objects.count(), last()[0]) == (0, "reaction.remove")
    with pytest.raises(domain.UnknownReaction):
        actions.react(contribution=saying, member=people.bob, kind="hate")


@pytest.mark.django_db(transaction=True)
def test_two_clicks_are_one_reaction(saying: Contribution, people: People) -> None:
    barrier, errors = threading.Barrier(2), []

    def click() -> None:
        barrier.wait()
        try:
            with clock.at(NOON):
                actions.react(contribution=saying, member=people.bob)
        except Exception as error:  # noqa: BLE001 - told to the test
            errors.append(error)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert (errors, Reaction.objects.count()) == ([], 1)
    assert Activity.objects.filter(type="reaction.add").count() == 1


def test_deep_answers_stand_beside_their_parent(saying: Contribution, people: People) -> None:
    parent: Comment | None = None
    for n in range(6):
        parent = actions.write_comment(about=saying, author=people.bob, body=str(n), in_reply_to=parent)
    depths, node = [], threads.talk(saying, None).nodes[0]
    while True:
        depths.append([each.comment.body for each in node.replies])
        if not node.replies:
            break
        node = node.replies[0]
    assert depths == [["1"], ["2"], ["3", "4", "5"], []]


def test_a_discussion_asks_the_database_the_same_for_one_or_three(
    saying: Contribution, people: People, django_assert_num_queries: Callable[..., Any]
) -> None:
    assert not people.ada.roles  # known from here on: they are read once
    counts = []
    for n in (1, 3):
        while Comment.objects.count() < n:
            actions.write_comment(about=saying, author=people.bob, body="x")
        about = Contribution.objects.select_related("initiative__community").get(pk=saying.pk)
        with django_assert_num_queries((len(counts) and counts[0]) or 50, exact=bool(counts)) as asked:
            threads.talk(about, people.ada)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_erasure_takes_the_words_and_leaves_the_places(
    comment: Comment, saying: Contribution, people: People
) -> None:
    actions.edit_comment(comment=comment, editor=people.bob, body="Which rye exactly?")
    actions.react(contribution=saying, member=people.bob)
    erase_member(actor=people.bob, member=people.bob)
    comment.refresh_from_db()
    assert (comment.body, comment.state, Revision.objects.count(), Reaction.objects.count()) == ("", "erased", 0, 0)


@pytest.fixture
def bobs(client: Client, people: People) -> Client:
    client.force_login(people.bob, backend=BACKEND)
    return client


def test_commenting_without_javascript(bobs: Client, saying: Contribution) -> None:
    address = reverse("initiatives:comments", args=[saying.pk])
    posted = bobs.post(address, {"body": "Hello there"})
    assert (posted.status_code, posted["Location"]) == (302, f"{saying.get_absolute_url()}#comments")
    page = bobs.get(address)
    assert "Hello there" in page.content.decode()


def test_a_refused_comment_keeps_what_was_typed(bobs: Client, saying: Contribution) -> None:
    Initiative.objects.update(halted_at=NOON, halted_reason="r")
    posted = bobs.post(reverse("initiatives:comments", args=[saying.pk]), {"body": "typed"})
    assert posted.status_code == 422
    Initiative.objects.update(halted_at=None)
    empty = bobs.post(reverse("initiatives:comments", args=[saying.pk]), {"body": " "})
    assert empty.status_code == 422


def test_htmx_gets_the_discussion_alone(bobs: Client, saying: Contribution) -> None:
    posted = bobs.post(
        reverse("initiatives:comments", args=[saying.pk]), {"body": "Hello"}, headers={"hx-request": "true"}
    )
    text = posted.content.decode().strip()
    assert (posted.status_code, text.startswith('<section class="discussion')) == (200, True)
    assert "<html" not in text


def test_pressing_a_reaction_again_takes_it_back(bobs: Client, saying: Contribution) -> None:
    address = reverse("initiatives:reaction", args=[saying.pk])
    bobs.post(address, {"kind": "love"}, headers={"hx-request": "true"})
    assert Reaction.objects.values_list("kind", flat=True).get() == "love"
    bobs.post(address, {"kind": "love"}, headers={"hx-request": "true"})
    assert Reaction.objects.count() == 0
    wrong = bobs.post(address, {"kind": "hate"}, headers={"hx-request": "true"})
    assert wrong.status_code == 422


def test_editing_history_and_withdrawal_pages(bobs: Client, comment: Comment, people: People) -> None:
    edit = reverse("initiatives:edit-comment", args=[comment.pk])
    assert bobs.get(edit).status_code == 200
    assert bobs.post(edit, {"body": "Better"}).status_code == 302
    history = bobs.get(reverse("initiatives:history", args=[comment.pk])).content.decode()
    assert "Which rye?" in history
    assert "Better" in history
    assert bobs.post(reverse("initiatives:withdraw-comment", args=[comment.pk])).status_code == 302
    assert bobs.get(reverse("initiatives:history", args=[comment.pk])).status_code == 403
    bobs.force_login(people.ada, backend=BACKEND)
    assert bobs.get(edit).status_code == 403


def test_the_history_of_a_hidden_text_is_hidden(client: Client, comment: Comment) -> None:
    Comment.objects.update(state="hidden")
    assert client.get(reverse("initiatives:history", args=[comment.pk])).status_code == 403


def test_the_public_record_of_rules_and_calendar(client: Client, opened: Initiative, people: People) -> None:
    actions.amend_rules(initiative=opened, rules={"words": 20}, reason="Ten was too few.", actor=people.host)
    page = client.get(reverse("initiatives:amendments", args=[opened.slug])).content.decode()
    assert "Ten was too few." in page
    assert "<td>10</td><td>20</td>" in page
    stream = client.get(reverse("initiatives:stream", args=[opened.slug]), headers={"accept-language": "en"})
    assert "amended the rules" in stream.content.decode()


def test_drafts_are_seen_by_no_one_else(client: Client, draft: Initiative) -> None:
    for name in ("amendments", "stream"):
        assert client.get(reverse(f"initiatives:{name}", args=[draft.slug])).status_code == 404
