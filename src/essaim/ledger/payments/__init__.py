"""Money on its way in: what providers say, and what it does to the books."""
