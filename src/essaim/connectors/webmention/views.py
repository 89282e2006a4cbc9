"""The endpoint others tell, and the pages of our answers."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from essaim.connectors.webmention import jobs, receiving
from essaim.connectors.webmention.models import Reply
from essaim.kit.errors import Refusal


@csrf_exempt
@require_POST
def endpoint(request: HttpRequest) -> HttpResponse:
    """Checked later: the answer says only that it was understood (202)."""
    given = request.POST
    try:
        receiving.receive(source=given.get("source", "").strip(), target=given.get("target", "").strip())
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=refusal.status, content_type="text/plain; charset=utf-8")
    transaction.on_commit(jobs.ring, robust=True)
    thanks = _("Thank you. Your page is read in a moment.")
    return HttpResponse(thanks, status=202, content_type="text/plain; charset=utf-8")


@require_safe
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "webmention/reply.html", {"reply": get_object_or_404(Reply, pk=pk)})
