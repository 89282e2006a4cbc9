"""What every test of the engine is given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from numba.core import config as jit

# An example may take long on a busy machine: that is no finding.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Random numbers wrap around by design; compiled code does so silently."""
    if jit.DISABLE_JIT:
        config.addinivalue_line("filterwarnings", "ignore:overflow encountered:RuntimeWarning")


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """The folder of real data; the test is skipped where there is none."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("ESSAIM_SAMPLE_DATA", root.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no sample data in {folder} (set ESSAIM_SAMPLE_DATA)")
    return folder
