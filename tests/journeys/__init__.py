"""Journeys across folders, in a real Chromium, as a person would take them."""
