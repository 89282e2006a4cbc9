"""Where payment providers tell what happened. Signed; everything understood or not is kept."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from essaim.kit.errors import Refusal
from essaim.ledger import providers
from essaim.ledger.events import receive_event


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> JsonResponse:
    """200 once the event is kept (also the second time), 400 without a valid signature, 404 for no such provider."""
    try:
        said = providers.provider(provider).verify_webhook(headers=dict(request.headers), body=request.body)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    event = receive_event(provider=provider, said=said)
    return JsonResponse({"id": event.event_id, "outcome": event.outcome})
