"""Pure decisions of a contest, on frozen data."""
