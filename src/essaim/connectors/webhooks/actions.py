"""Endpoints added, removed and enabled again; messages sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from essaim.activity import jsonld
from essaim.activity.record import record
from essaim.activity.telling import tell
from essaim.activity.vocabulary import VOCABULARY
from essaim.connectors.webhooks import domain, policy, sending
from essaim.connectors.webhooks.models import Endpoint, Message
from essaim.connectors.webhooks.verbs import EndpointAdded, EndpointDisabled, EndpointRemoved
from essaim.kit import clock
from essaim.people.models import Member
from essaim.people.policy import allow


@transaction.atomic
def add_endpoint(*, url: str, events: Sequence[str], owner: Member) -> Endpoint:
    """Tell another system what happens in public: all of it, or the activities named."""
    allow(policy.decide, owner, refusal=domain.NotTheHousesDesk)
    for event in events:
        if VOCABULARY.get(event) is None:
            raise domain.UnknownEvent(event=event)
    host, _address = sending.resolve(url)
    endpoint = Endpoint.objects.create(url=url, events=sorted(set(events)), owner=owner)
    record(EndpointAdded(host), actor=owner, object=endpoint)
    return endpoint


@transaction.atomic
def remove_endpoint(*, endpoint: Endpoint, actor: Member) -> None:
    """Stop telling it, and forget what was sent."""
    endpoint = _lock(endpoint)
    allow(policy.decide, actor, refusal=domain.NotTheHousesDesk)
    record(EndpointRemoved(_host(endpoint)), actor=actor, object=endpoint)
    endpoint.delete()


@transaction.atomic
def enable_endpoint(*, endpoint: Endpoint, actor: Member) -> Endpoint:
    """Tell it again; what was missed meanwhile is not sent."""
    endpoint = _lock(endpoint)
    allow(policy.decide, actor, refusal=domain.NotTheHousesDesk)
    if endpoint.disabled_at is None:
        raise domain.NotDisabled()
    endpoint.disabled_at, endpoint.disabled_reason, endpoint.failing_since = None, "", None
    endpoint.save(update_fields=["disabled_at", "disabled_reason", "failing_since"])
    return endpoint


@transaction.atomic
def send_test(*, endpoint: Endpoint, actor: Member) -> Message:
    """One message without an activity, at once, to see whether it arrives."""
    allow(policy.decide, actor, refusal=domain.NotTheHousesDesk)
    message = Message.objects.create(endpoint=endpoint)
    return _attempt(message)


def send_due() -> int:
    """Send every message that is due; how many were tried. Each in a transaction of its own."""
    tried = 0
    while _send_next():
        tried += 1
    return tried


@transaction.atomic
def _send_next() -> bool:
    due = Message.objects.select_for_update(skip_locked=True, of=("self",))
    message = due.filter(due_at__lte=clock.now()).select_related("endpoint__owner", "activity").order_by("pk").first()
    if message is None:
        return False
    _attempt(message)
    return True


def _attempt(message: Message) -> Message:
    now, endpoint = clock.now(), message.endpoint
    if endpoint.disabled_at is not None:
        message.due_at, message.error = None, endpoint.disabled_reason[:300]
        message.save(update_fields=["due_at", "error"])
        return message
    outcome = sending.send(endpoint.url, endpoint.secret, f"msg_{message.pk}", now, body_of(message))
    message.attempts, message.tried_at = message.attempts + 1, now
    message.status, message.error = outcome.status, outcome.error
    message.arrived_at = now if outcome.arrived else None
    message.due_at = None if outcome.arrived else domain.next_try(message.attempts, now)
    message.save()
    _judge(endpoint, outcome, now)
    return message


def _judge(endpoint: Endpoint, outcome: sending.Outcome, now: datetime) -> None:
    """One arrival clears the endpoint; days without any disable it, and its owner is told."""
    endpoint = _lock(endpoint)
    endpoint.failing_since = None if outcome.arrived else endpoint.failing_since or now
    hopeless = not outcome.arrived and domain.is_hopeless(endpoint.failing_since, outcome.status, now)
    if hopeless and endpoint.disabled_at is None:
        reason = outcome.error or f"HTTP {outcome.status}"
        endpoint.disabled_at, endpoint.disabled_reason = now, reason
        record(EndpointDisabled(_host(endpoint), reason), actor=None, object=endpoint, target=endpoint.owner)
        transaction.on_commit(lambda: _tell_owner(endpoint), robust=True)
    endpoint.save(update_fields=["failing_since", "disabled_at", "disabled_reason"])


def _tell_owner(endpoint: Endpoint) -> None:
    with translation.override(endpoint.owner.language):
        subject = _("%(host)s is no longer told what happens") % {"host": _host(endpoint)}
        text = _("Nothing has arrived there any more: %(reason)s. Mend it, then enable it again in the studio.")
        send_mail(subject, text % {"reason": endpoint.disabled_reason}, None, [endpoint.owner.email])


def body_of(message: Message) -> dict[str, Any]:
    """What is sent: the type, the moment, and the activity in ActivityStreams 2.0."""
    if message.activity is None:
        return {"type": "test", "timestamp": message.created_at.isoformat(), "data": {}}
    with translation.override("en"):
        item = jsonld.item_of(tell(message.activity))
    return {"type": message.activity.type, "timestamp": message.activity.at.isoformat(), "data": item}


def _lock(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update(of=("self",)).select_related("owner").get(pk=endpoint.pk)


def _host(endpoint: Endpoint) -> str:
    return urlsplit(endpoint.url).hostname or endpoint.url
