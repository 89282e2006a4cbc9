"""Letters a person decides about: who may, what becomes of them, and that it happens once."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essaim.initiatives.verbs import CommentAnswered
from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.people.models import HouseRole
from essaim.projectors.notices import actions
from essaim.projectors.notices.models import Letter
from essaim.projectors.notices.tests.conftest import NOON, do, draw, new_member, post

DESK = "/studio/letters/"
LATER = NOON + timedelta(days=9)


@pytest.fixture
def letter(ada, bea, drawn):
    """A letter to Ada that was being sent when the process ended."""
    do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    Letter.objects.update(state=Letter.State.UNCERTAIN, claimed_at=NOON, attempts=1, error="The process ended.")
    return Letter.objects.get()


@pytest.fixture
def manager(db):
    member = new_member("mara")
    HouseRole.objects.create(member=member, role=HouseRole.Role.MANAGER)
    return member


def text(response):
    return unescape(response.content.decode())


def test_desk_shows_the_letter_its_error_and_what_to_do(client, letter, manager):
    client.force_login(manager)
    assert DESK in text(client.get(reverse("studio:desk")))
    page = text(client.get(DESK))
    for said in ("Ada", "perhaps sent", "The process ended.", str(letter.message_id), "Look for its Message-ID"):
        assert said in page
    Letter.objects.update(state=Letter.State.REFUSED)
    page = text(client.get(DESK))
    assert ("refused by the mail server" in page, "It was sent" in page) == (True, False)


@pytest.mark.parametrize("role", ["moderator", "designer", "treasurer", "analyst", "none"])
def test_desk_is_for_managers(client, letter, role):
    person = new_member("pia")
    if role != "none":
        HouseRole.objects.create(member=person, role=role)
    client.force_login(person)
    assert client.get(DESK).status_code == 403
    assert client.post(DESK, {"letter": letter.pk, "act": "again"}).status_code == 403
    with pytest.raises(Forbidden):
        actions.send_again(letter=letter, actor=person)
    letter.refresh_from_db()
    assert letter.state == "uncertain"


def test_desk_asks_to_sign_in(client, db):
    assert client.get(DESK)["Location"] == f"{reverse('account_login')}?next={DESK}"


def test_letter_sent_again_leaves_even_late_under_its_message_id(client, letter, manager):
    client.force_login(manager)
    with clock.at(LATER):
        client.post(DESK, {"letter": letter.pk, "act": "again"})
    assert post(LATER) == 1
    assert [str(letter.message_id) in sent.extra_headers["Message-ID"] for sent in mail.outbox] == [True]
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.error) == ("sent", LATER, "")


@pytest.mark.parametrize(("act", "state", "sent"), [("sent", "sent", NOON), ("aside", "dropped", None)])
def test_letter_is_settled_without_leaving(client, letter, manager, act, state, sent):
    client.force_login(manager)
    client.post(DESK, {"letter": letter.pk, "act": act})
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == (state, sent)
    assert (post(LATER), mail.outbox) == (0, [])
    assert "Every letter has left" in text(client.get(DESK))


def test_letter_settled_by_somebody_else_is_not_sent_again(client, letter, manager):
    client.force_login(manager)
    actions.call_sent(letter=letter, actor=manager)
    answer = client.post(DESK, {"letter": letter.pk, "act": "again"}, follow=True)
    assert "This letter waits for nobody any more." in text(answer)
    assert (post(LATER), mail.outbox) == (0, [])


def test_desk_asks_as_much_for_three_letters_as_for_one(client, letter, manager, django_assert_num_queries):
    client.force_login(manager)
    client.get(DESK)
    with CaptureQueriesContext(connection) as one:
        client.get(DESK)
    for number in range(2):
        fields = {"member": letter.member, "frequency": letter.frequency, "activities": letter.activities}
        Letter.objects.create(key=f"other{number}", state="refused", **fields)
    with django_assert_num_queries(len(one)):
        client.get(DESK)
