from django.apps import AppConfig


class RoyaltiesConfig(AppConfig):
    name = "essaim.projectors.royalties"
    label = "royalties"
