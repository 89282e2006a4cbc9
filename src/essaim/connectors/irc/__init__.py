"""Chat logs, and who answers whom in them."""
