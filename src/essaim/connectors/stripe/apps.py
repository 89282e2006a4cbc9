from django.apps import AppConfig
from django.conf import settings


class StripeConfig(AppConfig):
    """Connected when the house has a key."""

    name = "essaim.connectors.stripe"
    label = "stripe"

    def ready(self) -> None:
        if settings.STRIPE_KEY:  # the library takes its time to load
            from essaim.connectors.stripe.provider import StripeProvider
            from essaim.ledger import providers

            providers.register(StripeProvider())
