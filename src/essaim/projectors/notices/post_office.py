"""Writing digests and sending letters, each once.

The guarantee. A letter is handed to the mail server at most once: it is claimed in a committed transaction before
the attempt, and only an answer that says the server did not take it puts it back among those that wait. `sent`
means that the server took it, exactly once, under the Message-ID on the row. If the process dies, or the line
breaks, between the server's answer and our note of it, nobody on our side can know: the letter is `uncertain`, is
not sent again by itself, and can be looked up in the mail server's log by its Message-ID.
"""

from __future__ import annotations

import smtplib
import socket
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essaim.activity.telling import Told
from essaim.kit import clock
from essaim.people.queries import house
from essaim.projectors.notices import domain, queries
from essaim.projectors.notices.actions import stop_token
from essaim.projectors.notices.models import Frequency, Letter, Pending

FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=1), timedelta(hours=6)
MOST_ATTEMPTS = 12
LOST_AFTER = timedelta(minutes=15)
LETTERS_KEEP, DIGESTS_KEEP = timedelta(days=3), timedelta(days=14)
"""How long news stays news: what could not leave in time stays on the page of notices only."""
MOST_PER_LETTER = 50
NOT_TAKEN = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
    socket.gaierror,
)
"""Answers after which the server has certainly not taken the letter."""


def write_digests() -> int:
    """Write the digests due at this hour of the house; how many letters."""
    Pending.objects.filter(activity__at__lt=clock.now() - DIGESTS_KEEP).delete()
    written = 0
    for digest in domain.digests_at(timezone.localtime(clock.now())):
        for member_id, rows in queries.waiting_for(digest.frequency, digest.until).items():
            written += _write_digest(member_id, digest, rows)
    return written


@transaction.atomic
def _write_digest(member_id: int, digest: domain.Digest, rows: list[Pending]) -> bool:
    """One letter for what waits, unless the digest of that day has been written. What it tells waits no more."""
    letter = Letter(
        key=f"{digest.frequency}:{member_id}:{digest.mark}",
        member_id=member_id,
        frequency=digest.frequency,
        activities=[row.activity_id for row in rows],
    )
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    if not Letter.objects.filter(key=letter.key, message_id=letter.message_id).exists():
        return False
    Pending.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return True


def send_waiting() -> int:
    """Send every letter that is due; how many the mail server took."""
    _give_up_lost()
    _drop_old()
    sent = 0
    connection = get_connection()
    try:
        while (letter := _claim()) is not None:
            sent += _send(letter, connection)
    finally:
        connection.close()
    return sent


def _give_up_lost() -> None:
    """Claimed long ago by a process that never came back."""
    lost = Letter.objects.filter(state=Letter.State.CLAIMED, claimed_at__lt=clock.now() - LOST_AFTER)
    lost.update(state=Letter.State.UNCERTAIN, error="The process ended while it was being sent.")


def _drop_old() -> None:
    """Letters nobody carried while they were news, because the house was asleep."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING, attempts=0)
    waiting.filter(written_at__lt=clock.now() - LETTERS_KEEP).update(state=Letter.State.DROPPED, error="Too old.")


@transaction.atomic
def _claim() -> Letter | None:
    """The next letter due, ours once this commits."""
    now = clock.now()
    waiting = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("member")
    letter = waiting.filter(state=Letter.State.WAITING, due_at__lte=now).order_by("due_at", "pk").first()
    if letter is not None:
        letter.state, letter.claimed_at, letter.attempts = Letter.State.CLAIMED, now, letter.attempts + 1
        letter.save(update_fields=["state", "claimed_at", "attempts"])
    return letter


def _send(letter: Letter, connection: BaseEmailBackend) -> bool:
    message = compose(letter, connection)
    if message is None:
        return _note(letter, Letter.State.DROPPED)
    try:
        taken = message.send()
    except NOT_TAKEN as refusal:
        connection.close()
        return _note_refusal(letter, refusal)
    except (OSError, smtplib.SMTPException) as failure:
        connection.close()
        return _note(letter, Letter.State.UNCERTAIN, f"{type(failure).__name__}: {failure}")
    return _note(letter, Letter.State.SENT if taken else Letter.State.UNCERTAIN)


def _note(letter: Letter, state: Letter.State, error: str = "") -> bool:
    letter.state, letter.error = state, error[:2_000]
    letter.sent_at = clock.now() if state == Letter.State.SENT else None
    letter.save(update_fields=["state", "error", "sent_at", "due_at"])
    return state == Letter.State.SENT


def _note_refusal(letter: Letter, refusal: Exception) -> bool:
    """Not taken: tried again later, unless the server refused the address for good."""
    for_good = isinstance(refusal, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _text in refusal.recipients.values()
    )
    if for_good or letter.attempts >= MOST_ATTEMPTS:
        return _note(letter, Letter.State.REFUSED, f"{type(refusal).__name__}: {refusal}")
    letter.due_at = clock.now() + min(FIRST_RETRY * int(2 ** (letter.attempts - 1)), LONGEST_RETRY)
    return _note(letter, Letter.State.WAITING, f"{type(refusal).__name__}: {refusal}")


def compose(letter: Letter, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives | None:
    """The letter in its reader's language; None when he cannot be written to, or nothing is left to tell."""
    member = letter.member
    if not queries.reachable().filter(pk=member.pk).exists():
        return None
    with translation.override(member.language):
        told = queries.contents(letter)
        if not told:
            return None
        context = _context(letter, told)
        message = EmailMultiAlternatives(
            subject=_subject(letter, told),
            body=render_to_string("notices/mail/letter.txt", context),
            to=[member.email],
            headers=_headers(letter, str(context["stop_url"])),
            connection=connection,
        )
        message.attach_alternative(render_to_string("notices/mail/letter.html", context), "text/html")
    return message


def _subject(letter: Letter, told: list[Told]) -> str:
    if letter.frequency == Frequency.INSTANT:
        return " ".join(told[0].text.split())[:180]
    news = ngettext("%(count)s piece of news from %(house)s", "%(count)s pieces of news from %(house)s", len(told))
    return news % {"count": len(told), "house": house().name}


def _context(letter: Letter, told: list[Told]) -> dict[str, object]:
    scope = letter.topic if letter.frequency == Frequency.INSTANT else letter.frequency
    base = settings.BASE_URL
    news = [
        {"text": each.text, "url": base + each.url if each.url else "", "at": each.at}
        for each in told[:MOST_PER_LETTER]
    ]
    return {
        "letter": letter,
        "member": letter.member,
        "house": house(),
        "news": news,
        "more": max(len(told) - MOST_PER_LETTER, 0),
        "language": translation.get_language(),
        "notices_url": base + reverse("notices:list"),
        "preferences_url": base + reverse("notices:preferences"),
        "stop_url": base + reverse("notices:stop", args=[stop_token(letter.member_id, scope)]),
        "scope_label": letter.get_topic_display() if letter.topic else _("the digest"),
    }


def _headers(letter: Letter, stop_url: str) -> dict[str, str]:
    """RFC 8058: the mail program may stop the letters with one POST, without asking the person to sign in."""
    domain_name = urlsplit(settings.BASE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<{letter.message_id}@{domain_name}>",
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
