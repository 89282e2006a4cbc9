"""With a real mail server: taken once, tried again, refused, or left in doubt."""

import smtplib
import socket
import socketserver
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from essaim.activity.models import Delivery
from essaim.initiatives.verbs import CommentAnswered
from essaim.projectors.notices.models import Letter
from essaim.projectors.notices.tests.conftest import NOON, do, draw, new_member, post


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
        thread = Thread(target=listening.serve_forever, args=[0.02], daemon=True)
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
