"""The second book: who owes what. Double entry, append-only, guarded by the database."""
