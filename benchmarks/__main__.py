"""Run the benches named, or all."""

from __future__ import annotations

import subprocess
import sys

NAMES = ("house", "books", "web", "crowdfunding", "cheers")


def main() -> int:
    chosen = sys.argv[1:] or NAMES
    unknown = set(chosen) - set(NAMES)
    if unknown:
        sys.stderr.write(f"No bench called {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}." + "\n")
        return 2
    # One process each: a bench sets up its own database and its own Django.
    return max(subprocess.call([sys.executable, "-m", f"benchmarks.{name}"]) for name in chosen)


if __name__ == "__main__":
    sys.exit(main())
