"""Points by rule, and levels."""
