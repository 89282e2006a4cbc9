"""The fixture that gives each test process its database; apart, because it must register after pytest-django."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from essaim.server.clones import Clones


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    clones = Clones(os.environ["ESSAIM_TEST_SERVER"])
    with django_db_blocker.unblock():
        clones.use(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    yield
    with django_db_blocker.unblock():
        clones.drop()
