from django.apps import AppConfig


class RoyaltiesConfig(AppConfig):
    name = "essaim.projectors.royalties"
    label = "royalties"

    def ready(self) -> None:
        from essaim.projectors.royalties import verbs  # noqa: F401 - declares the activities
