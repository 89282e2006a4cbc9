"""The way to Stripe: its own library, its errors in the house's words.

The library is imported when first used: most houses never do, and it would cost every start half a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from essaim.ledger.providers import ProviderRefused, ProviderSilent

if TYPE_CHECKING:
    import stripe

RETRIES = 2
TIMEOUT = 20


@contextmanager
def answering() -> Iterator[stripe.StripeClient]:
    """A client; what Stripe refuses for good raises ProviderRefused, what may pass ProviderSilent."""
    import stripe

    # The request may well succeed later, after the two last once the operator has mended the key.
    silent = (stripe.APIConnectionError, stripe.RateLimitError, stripe.AuthenticationError, stripe.PermissionError)
    try:
        yield _client(settings.STRIPE_KEY, settings.STRIPE_API)
    except silent as error:
        raise ProviderSilent from error
    except (stripe.CardError, stripe.InvalidRequestError, stripe.IdempotencyError) as error:
        raise ProviderRefused(reason=error.user_message or error.code or str(error)) from error
    except stripe.StripeError as error:
        raise ProviderSilent from error


@lru_cache(maxsize=4)
def _client(key: str, api: str) -> stripe.StripeClient:
    import stripe

    stripe.enable_telemetry = False
    return stripe.StripeClient(
        key,
        base_addresses={"api": api} if api else {},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )
