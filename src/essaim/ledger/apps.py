from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "essaim.ledger"
    label = "ledger"
