from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "essaim.connectors.reviews"
    label = "reviews"
