"""Across folders: who switches the light tells it to every system that asked to hear of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from essaim.activity import outbox
from essaim.activity.models import Delivery
from essaim.connectors.webhooks import actions as webhooks
from essaim.kit import clock
from essaim.mechanisms.cheer import actions
from essaim.mechanisms.cheer.tests.conftest import Stadium, play

__all__ = ["play"]  # the campaign these tests are about


class Tower(HTTPServer):
    """The system of the tower's owner: keeps what it was sent."""

    received: list[tuple[dict[str, str], bytes]]


class Door(BaseHTTPRequestHandler):
    server: Tower

    def do_POST(self) -> None:
        self.server.received.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def tower(settings: Any) -> Iterator[Tower]:
    settings.WEBHOOK_HOSTS = ["localhost"]
    made = Tower(("127.0.0.1", 0), Door)
    made.received = []
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def test_a_change_of_the_light_is_told_signed(play: Callable[..., Stadium], tower: Tower) -> None:
    stadium = play(start=clock.now() - timedelta(minutes=1))
    wanted = ["light.override", "light.kill"]
    url = f"http://localhost:{tower.server_port}/tower"
    endpoint = webhooks.add_endpoint(url=url, events=wanted, owner=stadium.manager)
    Delivery.objects.all().delete()
    actions.override_light(
        campaign=stadium.campaign, actor=stadium.manager, colours=["#00ff00"], intensity=1.0, reason="Rehearsal"
    )
    actions.kill_light(campaign=stadium.campaign, actor=stadium.manager, reason="Fog")
    actions.release_light(campaign=stadium.campaign, actor=stadium.manager, reason="Clear again")
    outbox.drain("webhooks")
    assert webhooks.send_due() == 2
    told = [Webhook(endpoint.secret).verify(body, headers) for headers, body in tower.received]
    assert sorted(each["type"] for each in told) == ["light.kill", "light.override"]
    [override] = [json.dumps(each["data"]) for each in told if each["type"] == "light.override"]
    assert "#00ff00" in override
    assert "Rehearsal" in override
