"""Who hears, how it leaves, and that it leaves once."""

import smtplib
import socket
import socketserver
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation

from essaim.activity.models import Delivery
from essaim.activity.outbox import drain, rebuild
from essaim.activity.record import record
from essaim.communities.actions import found, join
from essaim.initiatives.models import Comment, Contribution, Initiative
from essaim.initiatives.verbs import CommentAnswered, CommentWritten, InitiativeOpened, PhaseBegun, Reacted
from essaim.kit import clock
from essaim.people.models import HouseRole, Member
from essaim.projectors.notices import actions, post_office, queries
from essaim.projectors.notices.domain import Digest, Frequency, Topic, digests_at, rules_for
from essaim.projectors.notices.models import Letter, Notice, Pending, Seen
from essaim.projectors.notices.recipients import recipients

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)  # a Tuesday
SEVEN = datetime(2026, 3, 4, 6, 5, tzinfo=UTC)  # 07:05 in Paris
MONDAY = datetime(2026, 3, 9, 6, 5, tzinfo=UTC)


def new_member(handle: str, language: str = "en", **fields) -> Member:
    fields = {"display_name": handle.title(), "email_confirmed_at": NOON, "joined_at": NOON - timedelta(9)} | fields
    return Member.objects.create_user(f"{handle}@example.org", handle, language=language, **fields)


@pytest.fixture
def ada(db):
    return new_member("ada")


@pytest.fixture
def bea(db):
    return new_member("bea")


@pytest.fixture
def bakers(ada):
    HouseRole.objects.create(member=ada, role=HouseRole.Role.OWNER)
    with clock.at(NOON - timedelta(days=8)):
        return found(actor=ada, name="Bakers", summary="Bread", charter="Be kind.", interests=["bread"])


@pytest.fixture
def contest(bakers, ada):
    return Initiative.objects.create(
        slug="rye", community=bakers, mechanism="contest", title="Rye", created_by=ada, opened_at=NOON
    )


@pytest.fixture
def idea(ada):
    return Contribution.objects.create(author=ada, kind="idea", body="Rye")


@transaction.atomic
def do(act, actor, at=NOON, **context):
    with clock.at(at):
        return record(act, actor=actor, **context)


def draw(at=NOON):
    with clock.at(at):
        drain("notices")


def post(at):
    with clock.at(at):
        post_office.write_digests()
        return post_office.send_waiting()


def heard():
    return list(Notice.objects.order_by("activity", "member").values_list("activity", "member__handle", "topic"))


@pytest.fixture
def drawn(bakers):
    """The past before the test is heard of, its letters are thrown away."""
    draw()
    Letter.objects.all().delete()
    Pending.objects.all().delete()
    Notice.objects.all().delete()
    mail.outbox.clear()


def test_votes_are_told_to_nobody_and_unknown_acts_to_the_one_touched():
    assert rules_for("vote_cast", "Vote") == ()
    assert rules_for("something.new", "Vote") == ()
    assert rules_for("something.new", "Create") == (("target", "mine"),)


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


def test_an_instant_letter_leaves_once_with_its_door_out(ada, bea, drawn, settings):
    settings.BASE_URL = "https://house.example"
    act = do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    assert post(NOON) == 1
    assert post(NOON + timedelta(hours=1)) == 0
    (letter,) = Letter.objects.all()
    assert (letter.key, letter.state, letter.sent_at) == (f"instant:{ada.pk}:{act.pk}", "sent", NOON)
    (message,) = mail.outbox
    stop = "https://house.example" + reverse("notices:stop", args=[actions.stop_token(ada.pk, "mine")])
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


class Server(socketserver.ThreadingTCPServer):
    """A mail server on the loopback that keeps what it takes and refuses as told."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[bytes] = []
        self.answer_to_recipient = b"250 fine"
        self.answer_to_text = b"250 taken"


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(b"220 here")
        while line := self.rfile.readline().strip():
            word = line.split(b" ")[0].upper()
            if word == b"QUIT":
                return self.say(b"221 bye")
            if word == b"RCPT":
                self.say(self.server.answer_to_recipient)
            elif word == b"DATA":
                self.take()
            else:
                self.say(b"250 fine")

    def take(self):
        self.say(b"354 go on")
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            text += self.rfile.readline()
        self.server.taken.append(text)
        if self.server.answer_to_text:
            self.say(self.server.answer_to_text)
        else:
            self.connection.shutdown(socket.SHUT_RDWR)

    def say(self, words):
        self.wfile.write(words + b"\r\n")


@pytest.fixture
def server(settings):
    with Server() as listening:
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield listening
        listening.shutdown()
        thread.join()


def test_a_real_mail_server_takes_the_letter_once(server, ada, bea, drawn):
    do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    assert [post(NOON), post(NOON)] == [1, 0]
    (text,) = server.taken
    letter = Letter.objects.get()
    assert f"Message-ID: <{letter.message_id}@".encode() in text
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in text
    assert b"To: ada@example.org" in text


def test_what_the_server_does_not_take_waits_and_is_tried_again(server, ada, bea, drawn):
    server.answer_to_text = b"451 later"
    do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    assert post(NOON) == 0
    letter = Letter.objects.get()
    assert (letter.state, letter.due_at, letter.attempts) == ("waiting", NOON + timedelta(minutes=1), 1)
    server.answer_to_text = b"250 taken"
    assert [post(NOON), post(NOON + timedelta(minutes=1))] == [0, 1]
    assert Letter.objects.get().state == "sent"


def test_an_address_refused_for_good_is_not_tried_again(server, ada, bea, drawn):
    server.answer_to_recipient = b"550 unknown"
    do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    assert post(NOON) == 0
    assert Letter.objects.get().state == "refused"


def test_a_line_broken_after_the_text_leaves_the_letter_uncertain(server, ada, bea, drawn):
    server.answer_to_text = b""
    do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    assert [post(NOON), post(NOON + timedelta(days=1))] == [0, 0]
    letter = Letter.objects.get()
    assert letter.state == "uncertain"
    assert letter.error.startswith(smtplib.SMTPServerDisconnected.__name__)
    assert len(server.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_two_postmen_at_once_send_each_letter_once(server):
    ada, bea = new_member("ada"), new_member("bea")
    for _ in range(12):
        do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    together = Barrier(3)

    def work():
        together.wait()
        post(NOON)
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.taken) == 12
    assert Letter.objects.filter(state="sent").count() == 12
    assert Delivery.objects.filter(projector="notices").count() == 0


def test_the_door_out_needs_no_sign_in_and_looking_stops_nothing(client, ada):
    address = reverse("notices:stop", args=[actions.stop_token(ada.pk, "mine")])
    asked = client.get(address)
    assert (asked.status_code, queries.preferences(ada)[Topic.MINE]) == (200, Frequency.INSTANT)
    stopped = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert (stopped.status_code, queries.preferences(ada)[Topic.MINE]) == (200, Frequency.NEVER)
    digest = reverse("notices:stop", args=[actions.stop_token(ada.pk, "daily")])
    client.post(digest)
    assert Frequency.DAILY not in queries.preferences(ada).values()
    assert client.get(digest).status_code == 200
    assert client.post(reverse("notices:stop", args=["forged:token"])).status_code == 404


def test_the_door_out_works_against_the_check_of_forged_forms(ada):
    from django.test import Client

    address = reverse("notices:stop", args=[actions.stop_token(ada.pk, "mine")])
    assert Client(enforce_csrf_checks=True).post(address).status_code == 200


def test_the_list_shows_what_is_new_at_a_constant_price(client, ada, bea, drawn, django_assert_max_num_queries):
    client.force_login(ada)

    def page():
        with django_assert_max_num_queries(14) as counted:
            answer = client.get(reverse("notices:list"), headers={"accept-language": "en"})
        assert answer.status_code == 200
        return len(counted.captured_queries), answer.content.decode()

    do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    page()  # caches warm
    one, text = page()
    assert "Bea answered you" in text or "Bea answered Ada" in text
    for _ in range(2):
        do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    three, _text = page()
    assert one == three
    client.post(reverse("notices:seen"))
    assert Seen.objects.filter(member=ada).count() == 3
    assert queries.unseen(ada).count() == 0


def test_a_member_chooses_and_is_kept_to_his_own_notices(client, ada, bea, bakers, drawn):
    client.force_login(ada)
    chosen = {topic.value: "weekly" for topic in Topic}
    assert client.post(reverse("notices:preferences"), chosen).status_code == 302
    assert set(queries.preferences(ada).values()) == {Frequency.WEEKLY}
    wrong = client.post(reverse("notices:preferences"), chosen | {"mine": "hourly"})
    assert wrong.status_code == 422
    do(CommentAnswered(1, 1), ada, target=bea)
    draw()
    notice = Notice.objects.get(member=bea)
    assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 404
    client.force_login(bea)
    assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 302
    assert queries.unseen(bea).count() == 0


def test_the_texts_of_topics_are_french_too(ada):
    from essaim.projectors.notices import models

    with translation.override("fr"):
        french = [str(label) for label in models.Topic.labels]
    with translation.override("en"):
        english = [str(label) for label in models.Topic.labels]
    assert not set(french) & set(english)
