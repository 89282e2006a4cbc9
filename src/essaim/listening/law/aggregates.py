"""Figures about people are shown from five people up: fewer could be recognised."""

FEWEST = 5
