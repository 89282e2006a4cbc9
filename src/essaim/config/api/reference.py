"""The API told as a page of ours, from the schema it publishes: no third party, no script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from essaim.config.api import api
from essaim.initiatives.mechanism import mechanisms
from essaim.people.queries import house
from essaim.people.tokens import SCOPES

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Described:
    name: str
    type: str
    required: bool
    description: str = ""


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    summary: str
    id: str
    parameters: list[Described]
    body: list[Described]
    answers: list[tuple[str, str]]


@dataclass
class Chapter:
    name: str
    operations: list[Operation] = field(default_factory=list)


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The schema, for programs."""
    return JsonResponse(published())


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    schema = published()
    context = {
        "chapters": chapters(schema),
        "info": schema["info"],
        "scopes": SCOPES.items(),
    }
    return render(request, "config/api.html", context)


def published() -> dict[str, Any]:
    """The API's schema without the mechanisms the house has switched off, and without what only they speak of."""
    root = reverse("api:api-root")
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=root))
    off = tuple(f"{root}{manifest.slug}/" for manifest in mechanisms() if not house().has_module(manifest.slug))
    schema["paths"] = {path: methods for path, methods in schema["paths"].items() if not path.startswith(off)}
    components = schema["components"]
    named = dict(_referred(schema["paths"], components["schemas"]))
    return {**schema, "components": {**components, "schemas": named}}


def _referred(part: Any, schemas: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schemas a part of the document refers to, and those they refer to."""
    waiting, seen = [part], set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            name = str(found.get("$ref", "")).rpartition("/")[2]
            if name in schemas and name not in seen:
                seen.add(name)
                waiting.append(schemas[name])
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found
    return ((name, schema) for name, schema in schemas.items() if name in seen)


def chapters(schema: dict[str, Any]) -> list[Chapter]:
    """Operations by their first tag, in the order of the schema."""
    found: dict[str, Chapter] = {}
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if operation := methods.get(method):
                tag = operation.get("tags", ["other"])[0]
                found.setdefault(tag, Chapter(tag)).operations.append(_operation(path, method, operation, schema))
    return list(found.values())


def _operation(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> Operation:
    body = _content(operation.get("requestBody", {}))
    answers = [(str(code), _answer(answer)) for code, answer in operation["responses"].items()]
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        id=operation.get("operationId", ""),
        parameters=[_parameter(each) for each in operation.get("parameters", [])],
        body=_fields(body, schema),
        answers=[(code, name) for code, name in answers if name != "Problem"],
    )


def _parameter(parameter: dict[str, Any]) -> Described:
    described = parameter.get("schema", {})
    description = parameter.get("description") or described.get("description", "")
    return Described(parameter["name"], _type(described), parameter.get("required", False), description)


def _fields(described: dict[str, Any], schema: dict[str, Any]) -> list[Described]:
    """The fields of a body, following one reference."""
    if reference := described.get("$ref"):
        described = schema["components"]["schemas"][reference.rsplit("/", 1)[-1]]
    required = described.get("required", [])
    return [
        Described(name, _type(each), name in required, each.get("description", ""))
        for name, each in described.get("properties", {}).items()
    ]


def _type(described: dict[str, Any]) -> str:
    if reference := described.get("$ref"):
        return str(reference.rsplit("/", 1)[-1])
    if choices := described.get("anyOf") or described.get("allOf"):
        return " | ".join(_type(each) for each in choices)
    if described.get("type") == "array":
        return f"[{_type(described.get('items', {}))}]"
    return str(described.get("format") or described.get("type") or "any")


def _answer(answer: dict[str, Any]) -> str:
    described = _content(answer)
    return _type(described) if described else ""


def _content(message: dict[str, Any]) -> dict[str, Any]:
    """The schema of a request's or an answer's content, whatever its media type."""
    for content in message.get("content", {}).values():
        return dict(content.get("schema", {}))
    return {}
