"""We answered on a page of our own: the page that is answered is told (3.1)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings

from essaim.connectors.webmention.domain import NoEndpoint, endpoint_of
from essaim.connectors.webmention.models import Reply
from essaim.listening.kinds import Asked


def answer(asked: Asked, parent: str, text: str) -> str:
    """Publish the reply on a page of the house and tell the page it answers. Raises NoEndpoint before anything is
    published when that page takes no webmentions."""
    page = asked.client.get(parent)
    endpoint = endpoint_of(page.headers.get("link", ""), page.body, page.url)
    if not endpoint.startswith(("http://", "https://")):
        raise NoEndpoint()
    reply = Reply.objects.create(parent=parent, text=text)
    here = f"{settings.BASE_URL}{reply.get_absolute_url()}"
    told = urlencode({"source": here, "target": parent}).encode()
    try:
        asked.client.post(endpoint, body=told, headers={"content-type": "application/x-www-form-urlencoded"})
    except Exception:
        reply.delete()
        raise
    return here
