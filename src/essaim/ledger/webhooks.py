"""Where payment providers tell what happened. Signed; everything understood or not is kept."""

from __future__ import annotations

import logging

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from essaim.kit.errors import Refusal
from essaim.ledger import providers
from essaim.ledger.events import receive_events
from essaim.ledger.models import ProviderEvent

LOG = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> JsonResponse:
    """200 once every event of the message is kept (also the second time), 400 without a valid signature, 404 for no
    such provider; 500 when one could not be applied: the others are kept, and telling all again does no harm.
    """
    try:
        words = providers.provider(provider).verify_webhook(headers=dict(request.headers), body=request.body)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    if failed := receive_events(provider=provider, words=words):
        for said, error in failed:
            LOG.error("event %s of %s could not be applied", said.event_id, provider, exc_info=error)
        return JsonResponse({"failed": [said.event_id for said, _error in failed]}, status=500)
    kept = ProviderEvent.objects.filter(provider=provider, event_id__in=[said.event_id for said in words])
    events = [{"id": name, "outcome": outcome} for name, outcome in kept.values_list("event_id", "outcome")]
    return JsonResponse({"events": events})
