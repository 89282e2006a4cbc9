from django.apps import AppConfig


class StackExchangeConfig(AppConfig):
    name = "essaim.connectors.stackexchange"
    label = "stackexchange"
