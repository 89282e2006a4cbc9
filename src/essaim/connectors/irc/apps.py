from django.apps import AppConfig


class IrcConfig(AppConfig):
    name = "essaim.connectors.irc"
    label = "irc"
