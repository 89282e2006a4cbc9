"""The first book: what happened, append-only, and its way to the projectors."""
