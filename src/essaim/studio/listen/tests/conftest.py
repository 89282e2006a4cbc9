"""The house of the contest's tests, in which things are heard as well."""

from essaim.mechanisms.contest.tests.conftest import house, noon

__all__ = ["house", "noon"]
