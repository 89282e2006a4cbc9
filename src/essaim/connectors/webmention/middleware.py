"""Public pages say where webmentions are taken."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class WebmentionMiddleware:
    """A Link header on pages: no query, no template. The endpoint itself says when the house does not listen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.link = f'<{settings.BASE_URL}/webmention/>; rel="webmention"'

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        page = answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")
        if page and not request.path.startswith(("/studio/", "/accounts/")):
            answer["Link"] = f"{answer['Link']}, {self.link}" if "Link" in answer else self.link
        return answer
