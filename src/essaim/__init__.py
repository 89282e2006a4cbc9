"""Essaim: a house in which a brand and its people act together."""
