"""Idea contests with a ladder: ideas, votes, a jury, a test panel, and awards paid by rule."""
