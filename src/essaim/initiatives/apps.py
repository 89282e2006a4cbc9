from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "essaim.initiatives"
    label = "initiatives"

    def ready(self) -> None:
        from essaim.initiatives import portraits, verbs  # noqa: F401 - declares what happens to initiatives

        portraits.register_all()
