"""Initiatives, their phases, what members contribute, and the mechanism contract."""
