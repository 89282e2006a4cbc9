"""One signed request to an address that was resolved once and checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from standardwebhooks.webhooks import Webhook

from essaim.kit.errors import Refusal
from essaim.kit.outside import found

TIMEOUT = 10.0


@dataclass(frozen=True)
class Outcome:
    """What became of a request: a status, or the reason there is none."""

    status: int | None
    error: str = ""

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def allowed_hosts() -> frozenset[str]:
    """Hosts the operator allows although they are inside, or speak plain HTTP."""
    return frozenset(settings.WEBHOOK_HOSTS)


def resolve(url: str) -> tuple[str, str]:
    """(host, the one address to connect to)."""
    place = found(url, allowed_hosts())
    return place.host, place.addresses[0]


def send(url: str, secret: str, message_id: str, at: datetime, body: dict[str, Any]) -> Outcome:
    """Sign and post. The name is resolved here, once: what was checked is what is connected to."""
    try:
        _host, address = resolve(url)
    except Refusal as refusal:
        return Outcome(None, str(refusal))
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    headers = signature(secret, message_id, at, text)
    import httpx  # when first used: it would cost every start of the house half a second

    try:
        return _post(url, address, headers, text)
    except httpx.HTTPError as error:
        return Outcome(None, f"{type(error).__name__}: {error}"[:300])


def signature(secret: str, message_id: str, at: datetime, text: str) -> dict[str, str]:
    """The three headers of Standard Webhooks."""
    moment = at.astimezone(UTC).replace(microsecond=0)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, moment, text),
    }


def _post(url: str, address: str, headers: dict[str, str], text: str) -> Outcome:
    """To the address itself, under the host's name; no redirect is followed, no proxy asked, no answer read."""
    import httpx

    parts = urlsplit(url)
    place = f"[{address}]" if ":" in address else address
    direct = urlunsplit(parts._replace(netloc=f"{place}:{parts.port}" if parts.port else place))
    named = {"Host": parts.netloc, "Content-Type": "application/json", "User-Agent": "Essaim", **headers}
    with (
        httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST", direct, content=text.encode(), headers=named, extensions={"sni_hostname": parts.hostname}
        ) as answer,
    ):
        return Outcome(answer.status_code)
