"""Keeps a house's PostgreSQL and does nothing else, not even wait for it: `keeper.py HOME`.

Prints the server's address and process number.
"""

from __future__ import annotations

import sys
import time

from essaim.server.postgres import Postgres

server = Postgres(sys.argv[1])
print(server.ensure(), server.process.pid, flush=True)  # noqa: T201 - read by the test
time.sleep(600)
