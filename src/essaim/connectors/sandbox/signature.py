"""Signing as Standard Webhooks 1.0 says, with a secret drawn from the house's own."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

from django.conf import settings
from standardwebhooks.webhooks import Webhook


def webhook() -> Webhook:
    secret = hashlib.sha256(f"sandbox webhooks {settings.SECRET_KEY}".encode()).digest()
    return Webhook(base64.b64encode(secret).decode())


def signed_headers(event_id: str, body: str, at: datetime | None = None) -> dict[str, str]:
    """The three headers of a message signed at `at`: real time, since the receiver compares it with its own."""
    at = at or datetime.now(UTC)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": webhook().sign(msg_id=event_id, timestamp=at, data=body),
        "content-type": "application/json",
    }
