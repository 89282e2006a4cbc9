"""The design system is tested on its own: the default house, no database."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def plain_house(settings):
    settings.KIT_HOUSE = ""
