"""Sent to a real server, signed, retried, stopped; and never into the house's own network."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from standardwebhooks.webhooks import Webhook

from essaim.activity import outbox
from essaim.activity.models import Activity, Delivery
from essaim.communities.actions import found, join
from essaim.connectors.webhooks import actions, domain, sending
from essaim.connectors.webhooks.models import Endpoint, Message
from essaim.kit import clock, outside
from essaim.people.models import HouseRole, Member


class Server(HTTPServer):
    """Keeps what it was sent, and answers what the test wants."""

    status = 204
    received: list[tuple[dict[str, str], bytes]]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    settings.WEBHOOK_HOSTS = ["localhost"]
    made = Server(("127.0.0.1", 0), Handler)
    made.received = []
    thread = threading.Thread(target=made.serve_forever, args=[0.02])
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def make_member(handle: str) -> Member:
    return Member.objects.create_user(
        email=f"{handle}@example.org", handle=handle, display_name=handle.title(), language="en"
    )


@pytest.fixture
def manager(db: None) -> Member:
    member = make_member("margot")
    HouseRole.objects.create(member=member, role="manager")
    return member


@pytest.fixture
def endpoint(server: Server, manager: Member) -> Endpoint:
    url = f"http://localhost:{server.server_port}/hook"
    made = actions.add_endpoint(url=url, events=["community.join"], owner=manager)
    Delivery.objects.all().delete()
    return made


def somebody_joins(manager: Member, **community: Any) -> Activity:
    village = found(actor=manager, name="Village", summary="s", charter="c", **community)
    join(actor=make_member("ada"), community=village, number=1)
    outbox.drain("webhooks")
    return Activity.objects.get(type="community.join")


def test_an_activity_arrives_signed(endpoint: Endpoint, server: Server, manager: Member) -> None:
    joined = somebody_joins(manager)
    assert actions.send_due() == 1
    [(headers, body)] = server.received
    assert headers["Host"] == f"localhost:{server.server_port}"
    assert Webhook(endpoint.secret).verify(body, headers)["type"] == "community.join"
    sent = json.loads(body)
    assert (sent["timestamp"], sent["data"]["type"]) == (joined.at.isoformat(), "Join")
    message = Message.objects.get()
    assert (message.activity_id, message.status, message.attempts, message.due_at) == (joined.pk, 204, 1, None)
    assert message.arrived_at is not None
    assert actions.send_due() == 0


def test_only_what_is_public_and_wanted_is_sent(endpoint: Endpoint, server: Server, manager: Member) -> None:
    village = found(actor=manager, name="Cellar", summary="s", charter="c", visibility="hidden")
    Activity.objects.create(type="community.join", verb="Join", community=village, public=True)
    for activity in Activity.objects.all():
        outbox.send([activity]) if not activity.deliveries.exists() else None
    outbox.drain("webhooks")
    assert Message.objects.count() == 0


def test_a_delivery_seen_twice_is_one_message(endpoint: Endpoint, manager: Member) -> None:
    from essaim.connectors.webhooks.projector import project

    joined = somebody_joins(manager)
    project(joined)
    assert Message.objects.count() == 1


def test_a_rebuild_is_refused(endpoint: Endpoint) -> None:
    with pytest.raises(outbox.NotReplayable):
        outbox.rebuild("webhooks")


def test_a_failure_is_tried_again_later_and_later(endpoint: Endpoint, server: Server, manager: Member) -> None:
    somebody_joins(manager)
    server.status, moment = 500, clock.now()
    for attempt in (1, 2, 3):
        with clock.at(moment):
            assert actions.send_due() == 1
        message = Message.objects.get()
        assert (message.attempts, message.status) == (attempt, 500)
        assert message.due_at == moment + domain.RETRIES[attempt - 1]
        moment = message.due_at
    server.status = 200
    with clock.at(moment):
        actions.send_due()
    message = Message.objects.get()
    endpoint.refresh_from_db()
    assert (message.status, message.due_at, endpoint.failing_since) == (200, None, None)
    assert len(server.received) == 4


def test_tries_come_to_an_end() -> None:
    now = clock.now()
    assert domain.next_try(len(domain.RETRIES), now) == now + timedelta(days=1)
    assert domain.next_try(len(domain.RETRIES) + 1, now) is None


def test_a_redirect_is_not_followed(endpoint: Endpoint, server: Server, manager: Member) -> None:
    somebody_joins(manager)
    server.status = 302
    actions.send_due()
    assert (len(server.received), Message.objects.get().status) == (1, 302)


@pytest.mark.parametrize(("status", "days"), [(410, 0), (500, 5)])
def test_an_endpoint_that_is_gone_is_disabled_and_its_owner_told(
    endpoint: Endpoint,
    server: Server,
    manager: Member,
    status: int,
    days: int,
    django_capture_on_commit_callbacks: Any,
) -> None:
    somebody_joins(manager)
    server.status = status
    if days:
        Endpoint.objects.update(failing_since=clock.now() - timedelta(days=days))
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_due()
    endpoint.refresh_from_db()
    assert (endpoint.disabled_at is not None, endpoint.disabled_reason) == (True, f"HTTP {status}")
    told = Activity.objects.get(type="webhook.disable")
    assert (told.target, told.payload["host"], told.public) == (manager, "localhost", False)
    assert [letter.to for letter in mail.outbox] == [[manager.email]]
    actions.enable_endpoint(endpoint=endpoint, actor=manager)
    endpoint.refresh_from_db()
    assert (endpoint.disabled_at, endpoint.failing_since) == (None, None)


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("https://localhost/", outside.AddressInside),
        ("https://127.0.0.1/", outside.AddressInside),
        ("https://[::1]/", outside.AddressInside),
        ("https://[::ffff:10.0.0.1]/", outside.AddressInside),
        ("https://[64:ff9b::a00:1]/", outside.AddressInside),
        ("https://10.1.2.3/", outside.AddressInside),
        ("https://169.254.169.254/latest/", outside.AddressInside),
        ("https://0.0.0.0/", outside.AddressInside),
        ("https://2130706433/", outside.AddressInside),
        ("https://224.0.0.1/", outside.AddressInside),
        ("https://no-such-host.invalid/", outside.AddressUnknown),
        ("http://example.org/", outside.AddressNotSecret),
        ("ftp://example.org/", outside.AddressNotUsable),
        ("https://user:pass@example.org/", outside.AddressNotUsable),
        ("https://", outside.AddressNotUsable),
        ("https://example.org:99999/", outside.AddressNotUsable),
    ],
)
def test_addresses_refused(manager: Member, url: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.add_endpoint(url=url, events=[], owner=manager)
    assert Endpoint.objects.count() == 0


def test_a_name_that_turns_inside_is_not_followed_there(manager: Member, server: Server, settings: Any) -> None:
    """The address is looked up and checked again at each sending, and what was checked is connected to."""
    settings.WEBHOOK_HOSTS = []
    Endpoint.objects.create(url=f"https://localhost:{server.server_port}/", owner=manager)
    outcome = sending.send(f"https://localhost:{server.server_port}/", "whsec_AAAA", "m", clock.now(), {})
    assert (outcome.status, server.received) == (None, [])
    assert "localhost" in outcome.error


def test_only_managers_decide(endpoint: Endpoint) -> None:
    ada = make_member("ada")
    with pytest.raises(domain.NotTheHousesDesk):
        actions.add_endpoint(url="https://example.org/", events=[], owner=ada)
    with pytest.raises(domain.NotTheHousesDesk):
        actions.remove_endpoint(endpoint=endpoint, actor=ada)


def test_an_unknown_activity_is_refused(server: Server, manager: Member) -> None:
    with pytest.raises(domain.UnknownEvent):
        actions.add_endpoint(url="http://localhost/", events=["no.such"], owner=manager)


def test_the_desk(client: Client, endpoint: Endpoint, server: Server, manager: Member) -> None:
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    refused = client.post(reverse("webhooks:index"), {"url": "https://127.0.0.1/hook"})
    assert refused.status_code == 422
    assert "https://127.0.0.1/hook" in refused.content.decode()
    client.post(reverse("webhooks:test", args=[endpoint.pk]))
    page = client.get(reverse("webhooks:endpoint", args=[endpoint.pk]))
    assert page.status_code == 200
    assert Message.objects.get().arrived_at is not None
    assert json.loads(server.received[0][1])["type"] == "test"
    client.post(reverse("webhooks:removal", args=[endpoint.pk]))
    assert (Endpoint.objects.count(), Message.objects.count()) == (0, 0)


def test_the_desk_is_closed_to_others(client: Client, endpoint: Endpoint) -> None:
    client.force_login(make_member("ada"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("webhooks:index")).status_code == 403
