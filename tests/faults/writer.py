"""Writes rows from several threads and logs each one whose commit was acknowledged: `writer.py URL LOG`."""

from __future__ import annotations

import itertools
import os
import sys
import threading

import psycopg

THREADS = 4


def write(url: str, log: int, thread: int) -> None:
    with psycopg.connect(url) as connection:
        for number in itertools.count():
            connection.execute("INSERT INTO written VALUES (%s, %s)", [thread, number])
            connection.commit()
            os.write(log, f"{thread} {number}\n".encode())


def main(url: str, path: str) -> None:
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    threads = [threading.Thread(target=write, args=(url, log, thread), daemon=True) for thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
