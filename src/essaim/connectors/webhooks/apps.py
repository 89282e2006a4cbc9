from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "essaim.connectors.webhooks"
    label = "webhooks"
