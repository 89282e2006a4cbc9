from __future__ import annotations

import pytest


@pytest.fixture
def home(tmp_path):
    """A home below a folder that other accounts may not enter, as pytest's own is."""
    return tmp_path / "house"
