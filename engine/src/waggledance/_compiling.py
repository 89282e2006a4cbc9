"""The three ways in which kernels are compiled."""

from __future__ import annotations

from typing import Any

import numba

njit: Any = numba.njit  # `_nrt` is not among the options it is typed with

# Entered from Python; may allocate. Machine code is kept between runs.
kernel = njit(nogil=True, cache=True, error_model="numpy")

# Called from kernels, allocates nothing, counts no references: an atomic increment costs as much as a random draw.
bare = njit(nogil=True, cache=True, error_model="numpy", _nrt=False)

# As `bare`, pasted into its caller.
inlined = njit(error_model="numpy", forceinline=True, _nrt=False)
