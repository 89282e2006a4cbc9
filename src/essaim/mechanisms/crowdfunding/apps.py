from django.apps import AppConfig


class CrowdfundingConfig(AppConfig):
    name = "essaim.mechanisms.crowdfunding"
    label = "crowdfunding"
