from django.apps import AppConfig


class MaildropConfig(AppConfig):
    name = "essaim.connectors.maildrop"
    label = "maildrop"
