"""A house that has lived two years: built by the real acts, under a simulated clock."""

from __future__ import annotations

from essaim.demo.build import build
from essaim.demo.world import LOGINS

__all__ = ["LOGINS", "build"]
