"""What every mechanism must be, checked over the listed ones and over yours while you write it.

    faults(manifest, readme)             what a reading of the manifest finds; nothing when all is well
    prove_round_trip(manifest, stage)    seed, export, show a member his data, erase him, and look again

Each fault is a sentence that says where it is and what to do.
"""

from essaim.initiatives.conformance.manifest import faults
from essaim.initiatives.conformance.readme import readme_of
from essaim.initiatives.conformance.round_trip import Stage, prove_round_trip

__all__ = ["Stage", "faults", "prove_round_trip", "readme_of"]
