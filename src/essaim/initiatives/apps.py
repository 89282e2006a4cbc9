from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "essaim.initiatives"
    label = "initiatives"

    def ready(self) -> None:
        from essaim.initiatives import verbs  # noqa: F401 - declares what happens to initiatives
