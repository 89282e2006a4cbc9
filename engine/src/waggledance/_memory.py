"""How much memory this process has held."""

from __future__ import annotations

import resource
import sys


def peak_bytes() -> int:
    """The most resident memory so far (kilobytes on Linux, bytes on macOS, says `getrusage`)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
