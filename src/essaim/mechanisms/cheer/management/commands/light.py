"""Keep lamps at what a campaign's light shows, over Art-Net."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from essaim.mechanisms.cheer import artnet
from essaim.mechanisms.cheer.driver import drive


class Command(BaseCommand):
    help = "Drive lamps over Art-Net from a campaign's light; the address stands at its desk, under Light."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", help="address of the light's state, as the desk shows it")
        parser.add_argument("--to", required=True, help="address of the lamps' node")
        parser.add_argument("--port", type=int, default=artnet.PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["state"].startswith(("https://", "http://")):
            raise CommandError("The address of the state begins with https:// or http://.")
        stop = Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        self.stdout.write(f"Lamps at {options['to']}:{options['port']} follow {options['state']}. Ctrl-C ends it.")
        drive(options["state"], options["to"], options["port"], stop=stop)
