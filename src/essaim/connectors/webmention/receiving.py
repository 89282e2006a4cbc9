"""A webmention taken, checked by asking for its page, and folded into what is known: new, changed or gone."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve

from essaim.connectors.webmention import domain
from essaim.connectors.webmention.models import Received, key_of
from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.listening import polling
from essaim.listening.intake import take_in
from essaim.listening.models import Source
from essaim.listening.post import Post
from essaim.listening.sources.refusals import NotRead, PageGone
from essaim.listening.web import Polite

KIND = "webmention"
MOST_WAITING = 5_000
State = Received.State


def ear() -> Source | None:
    """The source under which webmentions come in, as long as the house takes them."""
    return Source.objects.filter(kind=KIND, state=Source.State.ACTIVE, removed_at=None).first()


@transaction.atomic
def receive(*, source: str, target: str) -> Received:
    """Note it for the worker; told again, it is checked again."""
    domain.check_pair(source, target, settings.BASE_URL)
    check_ours(target)
    if ear() is None:
        raise domain.NotListeningToThem()
    if Received.objects.filter(due_at__isnull=False).count() >= MOST_WAITING:
        raise domain.TooManyWaiting()
    fields = {"source": source, "target": target, "due_at": clock.now(), "tries": 0, "received_at": clock.now()}
    noted, _made = Received.objects.update_or_create(key=key_of(source, target), defaults=fields)
    return noted


def check_ours(target: str) -> None:
    """Raises NotAWebmention unless the address leads to a page of the house that is not somebody's desk."""
    path = "/" + target.partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0]
    try:
        resolve(path)
    except Resolver404 as error:
        raise domain.NotAWebmention() from error
    if path.startswith(("/studio/", "/accounts/", "/me/", "/api/", "/webmention/")):
        raise domain.NotAWebmention()


def verify(noted: Received, *, client: Polite | None = None) -> Received:
    """Ask for the page (3.2.2). Never inside a transaction."""
    source = ear()
    if source is None:
        return _end(noted, State.REFUSED, domain.NotListeningToThem())
    try:
        answer = (client or Polite(per_hour=720, heed_robots=False)).get(noted.source, most_bytes=1_000_000)
        if not domain.speaks_of(answer.body, answer.headers.get("content-type", ""), noted.target, answer.url):
            raise domain.NoLink()
    except (PageGone, domain.NoLink) as refusal:
        return _forget(noted, refusal)
    except NotRead as refusal:
        return _again(noted, refusal)
    except Refusal as refusal:  # an address inside, or none at all
        return _end(noted, State.REFUSED, refusal)
    from essaim.connectors.webmention.reading import read_mention

    post = read_mention(answer.body, noted.source, noted.target, clock.now())
    if noted.verified_at is not None:  # 3.2.4: told again, these are its words now
        post = replace(post, edited=clock.now())
    take_in([post], source=source)
    return _end(noted, State.VERIFIED)


def _forget(noted: Received, refusal: NotRead) -> Received:
    """3.2.4: the page is gone, or speaks of us no longer: what it said goes here too."""
    source = ear()
    if noted.verified_at is not None and source is not None:
        take_in([Post("web", noted.source, None, "", clock.now(), url=noted.source, gone=True)], source=source)
        return _end(noted, State.GONE, refusal)
    return _end(noted, State.REFUSED, refusal)


def _again(noted: Received, refusal: NotRead) -> Received:
    if noted.tries >= len(domain.RETRIES) or refusal.forever:
        return _end(noted, State.REFUSED, refusal)
    noted.due_at = max(clock.now() + domain.RETRIES[noted.tries], refusal.until or clock.now())
    noted.tries, noted.error = noted.tries + 1, polling.written(refusal)
    noted.save(update_fields=["due_at", "tries", "error"])
    return noted


def _end(noted: Received, state: str, refusal: Refusal | None = None) -> Received:
    noted.state, noted.due_at = state, None
    noted.verified_at = clock.now() if state == State.VERIFIED else noted.verified_at
    noted.error = polling.written(refusal) if refusal else None
    noted.save(update_fields=["state", "due_at", "verified_at", "error"])
    return noted
