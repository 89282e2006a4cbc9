"""The way to Stripe: its own library, its errors in the house's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import stripe
from django.conf import settings

from essaim.ledger.providers import ProviderRefused, ProviderSilent

RETRIES = 2
TIMEOUT = 20
SILENT = (stripe.APIConnectionError, stripe.RateLimitError, stripe.AuthenticationError, stripe.PermissionError)
"""The request may well succeed later, the two last once the operator has mended the key."""


@contextmanager
def answering() -> Iterator[stripe.StripeClient]:
    """A client; what Stripe refuses for good raises ProviderRefused, what may pass ProviderSilent."""
    try:
        yield _client(settings.STRIPE_KEY, settings.STRIPE_API)
    except SILENT as error:
        raise ProviderSilent from error
    except (stripe.CardError, stripe.InvalidRequestError, stripe.IdempotencyError) as error:
        raise ProviderRefused(reason=error.user_message or error.code or str(error)) from error
    except stripe.StripeError as error:
        raise ProviderSilent from error


@lru_cache(maxsize=4)
def _client(key: str, api: str) -> stripe.StripeClient:
    stripe.enable_telemetry = False
    return stripe.StripeClient(
        key,
        base_addresses={"api": api} if api else {},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )
