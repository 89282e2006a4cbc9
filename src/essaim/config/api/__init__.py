"""The API under `/api/v1/`: the kernel's routers and one per mechanism, calling the same acts as the pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja import NinjaAPI, Router
from ninja.errors import HttpError
from ninja.parser import Parser

from essaim.activity.api import router as activity
from essaim.communities.api import router as communities
from essaim.config.api import problems
from essaim.config.api.access import BySession, ByToken, PerMinute, by_anyone
from essaim.initiatives.api import router as initiatives
from essaim.initiatives.mechanism import mechanisms
from essaim.ledger.api import router as books
from essaim.people.api import router as people
from essaim.products.api import router as products

DESCRIPTION = """
The same acts as on the pages, for programs. Reading what is public needs no account; everything else takes a
personal token (`Authorization: Bearer essaim_…`, made under *Settings*, *Security*) or the session of a page
with its CSRF token.
Amounts are whole numbers of minor units (cents) beside their unit. Moments are ISO 8601 with their offset.
Refusals are RFC 9457 problems in the language asked for by `Accept-Language`.
"""


class StrictParser(Parser):
    """Refuses text no database can keep: NUL characters and half surrogates."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            body = json.loads(request.body)
        except (UnicodeDecodeError, RecursionError) as error:
            raise HttpError(400, "The body is not JSON in UTF-8.") from error
        if any(map(_unstorable, _texts(body))):
            raise HttpError(400, "A text holds characters that cannot be kept.")
        return body

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        if any(_unstorable(str(value)) for values in data.lists() for value in values[1]):
            raise HttpError(400, "A text holds characters that cannot be kept.")
        return super().parse_querydict(data, list_fields, request)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON document, names of fields included."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            waiting += [*found.keys(), *found.values()]
        elif isinstance(found, list):
            waiting += found


def _unstorable(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)


class HouseAPI(NinjaAPI):
    """Publishes problems under their own media type."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for answer in operation["responses"].values():
                    _name_problem(answer)
        return schema


def _name_problem(answer: dict[str, Any]) -> None:
    content = answer.get("content", {})
    described = content.get("application/json", {}).get("schema", {})
    if described.get("$ref", "").endswith("/Problem"):
        answer["content"] = {problems.CONTENT_TYPE: content["application/json"]}


def build() -> NinjaAPI:
    api = HouseAPI(
        title="Essaim",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        openapi_url="",  # published by `reference.openapi`, which knows what the house has switched off
        urls_namespace="api",
        parser=StrictParser(),
        auth=[ByToken(), BySession(), by_anyone],
        throttle=[PerMinute(member=600, stranger=240)],
    )
    problems.install(api)
    kernel: dict[str, Router] = {
        "": people,
        "communities/": communities,
        "initiatives/": initiatives,
        "activity/": activity,
        "books/": books,
        "products/": products,
    }
    for prefix, router in kernel.items():
        api.add_router(prefix, router)
    for manifest in mechanisms():
        if manifest.router is not None:
            api.add_router(f"{manifest.slug}/", manifest.router, tags=[manifest.slug])
    return api


api = build()
