"""The web processes: uvicorn with Django behind it. Run by the supervisor as `python -m essaim.server.web`."""

from __future__ import annotations

import argparse
import asyncio
import gc
import resource
import socket
from importlib import import_module
from typing import Any

import uvicorn

from essaim.server.door import Door
from essaim.server.workers import Workers

MOST_CONNECTIONS = 30_000  # per worker; who watches a stream holds one. Beyond, nobody else would be let in
WAITING_AT_THE_DOOR = 4_096  # connections the system keeps for us while we are busy
FINISH_WITHIN = 0.6  # seconds for the last answers to be sent, once the house has ended what was under way
IDLE_FOR = 60  # seconds a connection may stay silent


def run(host: str, port: int, workers: int) -> None:
    open_many_files()
    asgi = import_once()
    Door.bursts = asgi.BURSTS
    serve(asgi.application, host, port, workers)


def serve(application: Any, host: str, port: int, workers: int) -> None:
    """Answer at this address from so many processes, until SIGTERM or SIGINT."""

    def work() -> None:
        with listening(host, port) as door:
            Server(settings(application)).run(sockets=[door])

    Workers(workers, work).keep()


def open_many_files() -> None:
    """Everyone who watches a stream holds a connection: as many as the system lets us."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def import_once() -> Any:
    """Import the whole house before the workers are forked: once for all of them, in memory they share.

    The door opens when the house can answer. Nothing here may speak to the database: a connection is not shared.
    """
    gc.disable()  # nearly all of it stays: the collector would look for nothing, a quarter of the time
    asgi = import_module("essaim.config.asgi")
    import_module("essaim.config.urls")
    gc.collect()
    gc.freeze()  # the collector writes on what it looks at, which would copy it
    gc.enable()
    return asgi


def listening(host: str, port: int) -> socket.socket:
    """A socket of this worker's own: the system shares connections out evenly among those of one address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    door.bind((host, port))
    return door


def settings(application: Any) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=Door,
        ws="none",
        loop="uvloop",
        lifespan="on",
        interface="asgi3",
        backlog=WAITING_AT_THE_DOOR,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE_FOR,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
    )


class Server(uvicorn.Server):
    """Ends the house before it waits for connections: who watches a stream would never leave by himself."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await self.lifespan.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=FINISH_WITHIN)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    run(**vars(parser.parse_args()))
