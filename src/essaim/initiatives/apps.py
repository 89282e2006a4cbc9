from django.apps import AppConfig

from essaim.kit import media


class InitiativesConfig(AppConfig):
    name = "essaim.initiatives"
    label = "initiatives"

    def ready(self) -> None:
        from essaim.initiatives import portraits, queries, verbs  # noqa: F401 - declares what happens to initiatives
        from essaim.ledger import words

        portraits.register_all()
        words.name_initiatives(queries.titles)
        media.open_folder("pictures", queries.may_see_picture)
