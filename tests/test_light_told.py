"""Across folders: who switches the light tells it to every system that asked to hear of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from standardwebhooks.webhooks import Webhook

from essaim.activity import outbox
from essaim.activity.models import Delivery
from essaim.connectors.webhooks import actions as webhooks
from essaim.connectors.webhooks.tests.test_webhooks import Server, server
from essaim.kit import clock
from essaim.mechanisms.cheer import actions
from essaim.mechanisms.cheer.tests.conftest import Stadium, play

__all__ = ["play", "server"]  # a campaign, and who is told


def test_a_change_of_the_light_is_told_signed(play: Callable[..., Stadium], server: Server) -> None:
    stadium = play(start=clock.now() - timedelta(minutes=1))
    wanted = ["light.override", "light.kill"]
    url = f"http://localhost:{server.server_port}/tower"
    endpoint = webhooks.add_endpoint(url=url, events=wanted, owner=stadium.manager)
    Delivery.objects.all().delete()
    actions.override_light(
        campaign=stadium.campaign, actor=stadium.manager, colours=["#00ff00"], intensity=1.0, reason="Rehearsal"
    )
    actions.kill_light(campaign=stadium.campaign, actor=stadium.manager, reason="Fog")
    actions.release_light(campaign=stadium.campaign, actor=stadium.manager, reason="Clear again")
    outbox.drain("webhooks")
    assert webhooks.send_due() == 2
    told = [Webhook(endpoint.secret).verify(body, headers) for headers, body in server.received]
    assert sorted(each["type"] for each in told) == ["light.kill", "light.override"]
    [override] = [json.dumps(each["data"]) for each in told if each["type"] == "light.override"]
    assert "#00ff00" in override
    assert "Rehearsal" in override
