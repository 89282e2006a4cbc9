"""A house that has lived two years: built by the real acts, under a simulated clock."""
