"""Real data to try on, where the machine has some."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
SAMPLES = Path(os.environ.get("ESSAIM_SAMPLE_DATA", ROOT.parent / "shared" / "data"))


def sample(name: str) -> Path:
    return SAMPLES / name


def needs(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not sample(name).exists(), reason=f"no sample {name} (ESSAIM_SAMPLE_DATA)")
