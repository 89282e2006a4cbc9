from django.apps import AppConfig


class CrowdfundingConfig(AppConfig):
    name = "essaim.mechanisms.crowdfunding"
    label = "crowdfunding"

    def ready(self) -> None:
        from essaim.kit import media
        from essaim.ledger.payments import listen
        from essaim.mechanisms.crowdfunding import statements
        from essaim.mechanisms.crowdfunding.actions.hearing import heard, lock_for
        from essaim.mechanisms.crowdfunding.actions.payments import PURPOSE

        listen(PURPOSE, heard, lock=lock_for)
        statements.register()
        media.open_folder("crowdfunding")
