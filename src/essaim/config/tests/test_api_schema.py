"""Every operation of the API, with data made up from its schema, right and wrong: never a server error, and
every answer as described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from essaim.config.api import api
from essaim.config.api.access import PerMinute
from essaim.config.tests.conftest import House, bearer
from essaim.config.wsgi import application
from essaim.products.actions import launch_product

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(api.get_openapi_schema()).get_all_operations()]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests share the test's transaction instead of closing its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(small_house: House, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A member who may much, and no fence."""
    monkeypatch.setattr(PerMinute, "allow_request", lambda *_: True)
    return bearer(small_house.manager, "read", "write", "sales")


@pytest.fixture
def live(small_house: House) -> dict[str, str]:
    """Slugs that lead somewhere, by the part of the API: made-up ones alone would try little but the 404."""
    product = launch_product(actor=small_house.manager, name="Rye bread", royalty_rate=1_000)
    return {"/api/v1/products/": product.slug, "/api/v1/communities/": small_house.village.slug}


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_no_server_error(operation: Any, mode: GenerationMode, headers: dict[str, str], live: dict[str, str]) -> None:
    slug = next((found for part, found in live.items() if operation.path.startswith(part)), None)

    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        case.call_and_validate(app=application, headers=headers, checks=CHECKS)
        if slug is not None and "slug" in case.path_parameters:
            case.path_parameters["slug"] = slug
            case.call_and_validate(app=application, headers=headers, checks=CHECKS)

    check()
