"""The dump of a Stack Exchange site."""
