"""What runs before Django under /cheer/live/: the intake of bursts, and the count as it moves.

POST /cheer/live/cheers         give a cheer (`intake`)
GET  /cheer/live/12/tally       the count of campaign 12 as server-sent events (`tally_stream`)
GET  /cheer/live/12/tally.json  the same once, for who cannot hold a connection
"""

from __future__ import annotations

import re
from typing import ClassVar

from essaim.kit.raw import Message, Receive, Send, answer
from essaim.mechanisms.cheer.folding import Folder
from essaim.mechanisms.cheer.intake import Intake
from essaim.mechanisms.cheer.tally_stream import TallyStream

CHEERS = "/cheer/live/cheers"
TALLY = re.compile(r"/cheer/live/(\d{1,18})/tally(\.json)?")


class Live:
    """One in each web process. `is_open` says to the pages of the same process that there is a stream to follow."""

    is_open: ClassVar[bool] = False

    def __init__(self) -> None:
        self._folder = Folder()
        self._stream, self._intake = TallyStream(self._folder.hear), Intake(self._folder.stir)
        self.bursts = {CHEERS: self._intake.answer}

    async def open(self) -> None:
        for part in (self._folder, self._stream, self._intake):
            await part.open()
        Live.is_open = True

    async def close(self) -> None:
        """The intake first: what it has acknowledged is written before anything else ends."""
        for part in (self._intake, self._stream, self._folder):
            await part.close()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        tally = TALLY.fullmatch(scope["path"])
        if scope["path"] == CHEERS:
            await self._intake(scope, receive, send)
        elif tally is None:
            await answer(send, 404, {"outcome": "nowhere"})
        elif tally[2]:
            await self._stream.once(int(tally[1]), send)
        else:
            await self._stream.follow(int(tally[1]), scope, receive, send)
