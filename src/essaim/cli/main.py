"""The `essaim` command: one file per family of commands."""

from __future__ import annotations

import sys

from essaim.cli import manage
from essaim.server.obstacles import Obstacle


def main() -> None:
    if sys.argv[1:2] == ["manage"]:
        try:
            manage.run(sys.argv[2:])
        except Obstacle as obstacle:
            sys.exit(str(obstacle))
