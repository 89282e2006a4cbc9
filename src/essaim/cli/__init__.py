"""The `essaim` command."""

from essaim.cli.main import main

__all__ = ["main"]
