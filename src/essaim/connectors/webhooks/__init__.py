"""Telling other systems, signed."""
