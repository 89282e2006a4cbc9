from django.apps import AppConfig


class ActivityStreamsConfig(AppConfig):
    name = "essaim.connectors.activitystreams"
    label = "activitystreams"
