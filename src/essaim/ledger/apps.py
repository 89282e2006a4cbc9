from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "essaim.ledger"
    label = "ledger"

    def ready(self) -> None:
        from essaim.ledger import holdings, links, verbs  # noqa: F401
