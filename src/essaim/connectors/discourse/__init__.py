"""Discourse forums, asked or saved."""
