"""The outside world. Each folder speaks to one kind of system; none imports another."""
