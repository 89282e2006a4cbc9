"""Bluesky: a search, or the stream of all records; quotes, reposts, likes, deletions, and answers."""
