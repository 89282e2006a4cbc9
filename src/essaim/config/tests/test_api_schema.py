"""Every operation of the API, with data made up from its schema, right and wrong: never a server error, and
every answer as described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from essaim.config.api.access import PerMinute
from essaim.config.tests.conftest import House, bearer
from essaim.config.wsgi import application

CHECKS = (not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance)


@pytest.fixture
def api_schema(db: None) -> Any:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    return schema


schema = schemathesis.pytest.from_fixture("api_schema")


@pytest.fixture
def headers(small_house: House, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A member who may much, and no fence."""
    monkeypatch.setattr(PerMinute, "allow_request", lambda *_: True)
    return bearer(small_house.manager, "read", "write", "sales")


@pytest.mark.slow
@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_server_error(case: Any, headers: dict[str, str]) -> None:
    case.call_and_validate(headers=headers, checks=CHECKS)
