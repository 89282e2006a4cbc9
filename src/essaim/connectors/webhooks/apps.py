from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "essaim.connectors.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from essaim.connectors.webhooks import policy, verbs  # noqa: F401 - declares what happens to endpoints
        from essaim.kit import slots

        slots.add_link(
            "studio:house",
            _("Webhooks"),
            "webhooks:index",
            order=80,
            icon="link",
            shown=lambda request: policy.decide.test(request.user),
        )
