from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "essaim.initiatives"
    label = "initiatives"

    def ready(self) -> None:
        from essaim.initiatives import portraits, queries, verbs  # noqa: F401 - declares what happens to initiatives
        from essaim.ledger import words

        portraits.register_all()
        words.name_initiatives(queries.titles)
