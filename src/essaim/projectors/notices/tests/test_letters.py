"""Letters and digests: what they say, and that each leaves once."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from essaim.initiatives.verbs import CommentAnswered, CommentWritten
from essaim.kit import clock
from essaim.projectors.notices import actions, post_office, queries
from essaim.projectors.notices.domain import Digest, Frequency, Topic, digests_at
from essaim.projectors.notices.models import Letter, Notice, Pending
from essaim.projectors.notices.tests.conftest import NOON, SEVEN, do, draw, new_member, post


@pytest.mark.parametrize(
    ("local", "daily", "weekly"),
    [
        (datetime(2026, 3, 9, 6, 59), ("2026-03-08", datetime(2026, 3, 8, 7)), ("2026-W10", datetime(2026, 3, 2, 7))),
        (datetime(2026, 3, 9, 7, 0), ("2026-03-09", datetime(2026, 3, 9, 7)), ("2026-W11", datetime(2026, 3, 9, 7))),
        (datetime(2026, 3, 15, 23), ("2026-03-15", datetime(2026, 3, 15, 7)), ("2026-W11", datetime(2026, 3, 9, 7))),
    ],
)
def test_digests_are_of_seven_in_the_morning_and_of_monday(local, daily, weekly):
    assert digests_at(local) == [Digest(Frequency.DAILY, *daily), Digest(Frequency.WEEKLY, *weekly)]


def test_an_instant_letter_leaves_once_with_its_door_out(ada, bea, drawn, settings):
    settings.BASE_URL = "https://house.example"
    act = do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    assert post(NOON) == 1
    assert post(NOON + timedelta(hours=1)) == 0
    (letter,) = Letter.objects.all()
    assert (letter.key, letter.state, letter.sent_at) == (f"instant:{ada.pk}:{act.pk}", "sent", NOON)
    (message,) = mail.outbox
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    token = stop.removeprefix("https://house.example/notices/stop/").rstrip("/")
    assert actions.read_stop_token(token) == (ada, [Topic.MINE])
    assert message.extra_headers == {
        "Message-ID": f"<{letter.message_id}@house.example>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    assert (message.to, message.subject) == (["ada@example.org"], "Bea answered Ada about “…”")
    assert stop in message.body
    (html, kind) = message.alternatives[0]
    assert kind == "text/html"
    assert "<img" not in html


def test_a_digest_gathers_the_day_in_the_reader_s_language(bea, bakers, drawn):
    chloe = new_member("chloe", language="fr")
    for _ in range(3):
        do(CommentWritten(1, False), bea, target=chloe)
    draw()
    assert post(NOON) == 0
    assert post(SEVEN) == 1
    assert post(SEVEN + timedelta(hours=2)) == 0
    # After seven: for tomorrow.
    do(CommentWritten(1, False), bea, at=SEVEN, target=chloe)
    draw(SEVEN)
    assert post(SEVEN + timedelta(hours=3)) == 0
    assert post(SEVEN + timedelta(days=1)) == 1
    assert [message.subject for message in mail.outbox] == ["3 nouvelles de Essaim", "1 nouvelle de Essaim"]
    assert "Bonjour Chloe," in mail.outbox[0].body
    assert Pending.objects.count() == 0


def test_a_lost_process_leaves_an_uncertain_letter_that_is_not_sent_again(ada, bea, drawn):
    do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    with clock.at(NOON):
        claimed = post_office._claim()  # and the process dies here
    assert claimed.state == "claimed"
    assert post(NOON + timedelta(minutes=14)) == 0
    assert Letter.objects.get().state == "claimed"
    assert post(NOON + timedelta(minutes=16)) == 0
    assert Letter.objects.get().state == "uncertain"
    assert post(NOON + timedelta(days=2)) == 0
    assert [letter.message_id for letter in queries.letters_to_look_at()] == [claimed.message_id]


def test_old_news_does_not_leave_any_more(ada, bea, drawn):
    do(CommentAnswered(1, 1), bea, target=ada)
    do(CommentWritten(1, False), bea, target=ada)
    draw()
    assert post(NOON + timedelta(days=15)) == 0
    assert Letter.objects.get().state == "dropped"
    assert Pending.objects.count() == 0
    assert Notice.objects.filter(member=ada).count() == 2
