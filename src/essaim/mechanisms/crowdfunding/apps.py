from django.apps import AppConfig


class CrowdfundingConfig(AppConfig):
    name = "essaim.mechanisms.crowdfunding"
    label = "crowdfunding"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from essaim.kit import media, slots
        from essaim.ledger.payments import listen
        from essaim.mechanisms.crowdfunding import queries, statements
        from essaim.mechanisms.crowdfunding.actions.hearing import heard, lock_for
        from essaim.mechanisms.crowdfunding.actions.payments import PURPOSE

        listen(PURPOSE, heard, lock=lock_for)
        statements.register()
        slots.add_link("nav", _("Campaigns"), "crowdfunding:index", order=15, shown=lambda request: _is_on())
        media.open_folder("crowdfunding")
        media.open_folder("stories", queries.may_see_picture)


def _is_on() -> bool:
    from essaim.people.queries import house

    return bool(house().has_module("crowdfunding"))
