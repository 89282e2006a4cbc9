"""Letters about a pledge: written with the act as text, sent once by the worker."""

from __future__ import annotations

from collections.abc import Callable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from essaim.kit import clock
from essaim.kit.money import format_amount
from essaim.mechanisms.crowdfunding.models import Letter, Pledge
from essaim.people.queries import house


def write(pledge: Pledge, kind: str, words: Callable[[], tuple[str, str]], *, mark: object = "") -> Letter | None:
    """Write a letter once per pledge, kind and mark, in the backer's language; None without an address."""
    to = address_of(pledge)
    if not to:
        return None
    with override(pledge.language or "fr"):
        subject, text = words()
    letter, new = Letter.objects.get_or_create(
        key=f"{kind}:{pledge.pk}:{mark}",
        defaults={"pledge": pledge, "kind": kind, "to": to, "subject": subject[:200], "text": text},
    )
    if new:
        from essaim.mechanisms.crowdfunding.jobs import ring_letters

        transaction.on_commit(ring_letters, robust=True)
    return letter


def address_of(pledge: Pledge) -> str:
    """Where the backer is reached: a member at his account's address, unless he is gone."""
    if pledge.backer is not None:
        return pledge.backer.email if pledge.backer.is_active else ""
    return pledge.email


def page_of(pledge: Pledge) -> str:
    """The pledge's own page: by its secret for a guest."""
    if pledge.is_guest:
        path = reverse("crowdfunding:guest", args=[pledge.token])
    else:
        path = reverse("crowdfunding:pledge", args=[pledge.campaign.slug, pledge.number])
    return f"{settings.BASE_URL}{path}"


def _facts(pledge: Pledge) -> dict[str, object]:
    return {
        "campaign": pledge.campaign.title,
        "amount": format_amount(pledge.amount, pledge.unit, pledge.language or "fr"),
        "house": house().name,
        "page": page_of(pledge),
        "number": pledge.number,
    }


def write_guest_link(pledge: Pledge) -> None:
    """The one mail by which a guest comes back to his pledge."""

    def words() -> tuple[str, str]:
        facts = _facts(pledge)
        subject = gettext("Your pledge to %(campaign)s") % facts
        text = gettext(
            "Hello,\n\nYou pledged %(amount)s to “%(campaign)s”. On this page you pay, change or cancel your pledge, "
            "give your address and follow your parcel. Keep this mail: whoever has the link can do so.\n\n"
            "%(page)s\n\n%(house)s"
        )
        return subject, text % facts

    write(pledge, "link", words)


def write_failure(pledge: Pledge) -> None:
    """A payment failed: how to make it good, until when. Members have a notice of it."""
    if not pledge.is_guest:
        return

    def words() -> tuple[str, str]:
        facts = _facts(pledge) | {
            "day": f"{timezone.localtime(pledge.expires_at):%d/%m/%Y}" if pledge.expires_at else ""
        }
        subject = gettext("The payment of your pledge to %(campaign)s failed") % facts
        text = gettext(
            "Hello,\n\nYour bank did not let us take %(amount)s for “%(campaign)s”. Your place is kept until "
            "%(day)s: you can pay again here.\n\n%(page)s\n\n%(house)s"
        )
        return subject, text % facts

    write(pledge, "failure", words, mark=f"{pledge.expires_at:%Y%m%d%H%M%S}" if pledge.expires_at else "")


def write_reminder(pledge: Pledge) -> None:
    """Not paid yet: one reminder, half-way to the end."""

    def words() -> tuple[str, str]:
        facts = _facts(pledge)
        subject = gettext("Your pledge to %(campaign)s waits for its payment") % facts
        text = gettext(
            "Hello,\n\nYour pledge of %(amount)s to “%(campaign)s” is not paid yet. You can do it here; after that "
            "your place goes to somebody else.\n\n%(page)s\n\n%(house)s"
        )
        return subject, text % facts

    write(pledge, "reminder", words, mark=f"{pledge.expires_at:%Y%m%d%H%M}" if pledge.expires_at else "")


def write_news(pledge: Pledge, kind: str, subject: str, text: str, *, mark: object) -> None:
    """A letter whose words the caller has already put into the backer's language."""
    write(pledge, kind, lambda: (subject, text), mark=mark)


def send_waiting() -> int:
    """Send what is written; each is claimed in a transaction of its own, then handed over at most once."""
    sent = 0
    while (letter := _claim()) is not None:
        try:
            EmailMessage(letter.subject, letter.text, to=[letter.to]).send()
        except (SMTPException, OSError):
            Letter.objects.filter(pk=letter.pk).update(state=Letter.State.WAITING)
            return sent
        Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, sent_at=clock.now())
        sent += 1
    return sent


@transaction.atomic
def _claim() -> Letter | None:
    waiting = Letter.objects.select_for_update(skip_locked=True).filter(state=Letter.State.WAITING)
    letter = waiting.order_by("pk").first()
    if letter is not None:
        letter.state = Letter.State.CLAIMED
        letter.save(update_fields=["state"])
    return letter
