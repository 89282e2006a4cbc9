"""The bytes of a file, compressed or not, in blocks that end with a line."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from . import errors

_BLOCK = 1 << 24
_GZIP = b"\x1f\x8b"


class Blocks:
    """A file open for reading, from its start as often as wanted."""

    def __init__(self, path: str, raw: BinaryIO, progress: Callable[[int, int], None] | None) -> None:
        self.path = path
        self._raw = raw
        self._total = os.fstat(raw.fileno()).st_size
        self._progress = progress
        self._packed = raw.read(2) == _GZIP

    def head(self, size: int = 1 << 16) -> bytes:
        """The first bytes, cut after a line when there is more."""
        head = self._read(self._start(), size)
        end = head.rfind(b"\n")
        return head[: end + 1] if len(head) == size and end >= 0 else head

    def rows(self, skipped: int = 0) -> Iterator[NDArray[np.uint8]]:
        """Blocks of whole lines after the first `skipped` ones; every block ends with a line's end."""
        stream = self._start()
        for _ in range(skipped):
            stream.readline()
        rest = b""
        while block := self._read(stream, _BLOCK):
            self._tell()
            end = block.rfind(b"\n") + 1
            if end:
                yield np.frombuffer(rest + block[:end], np.uint8)
                rest = block[end:]
            else:
                rest += block
        if rest:
            yield np.frombuffer(rest + b"\n", np.uint8)

    def _start(self) -> BinaryIO:
        self._raw.seek(0)
        if self._packed:
            return gzip.GzipFile(fileobj=self._raw)  # type: ignore[return-value]
        if self._raw.read(3) != b"\xef\xbb\xbf":  # the mark some programs put before UTF-8
            self._raw.seek(0)
        return self._raw

    def _read(self, stream: BinaryIO, size: int) -> bytes:
        try:
            return stream.read(size)
        except EOFError:
            raise errors.TruncatedFile(
                f"{self.path} ends in the middle of its compressed data: fetch or copy it again"
            ) from None
        except (zlib.error, gzip.BadGzipFile) as damage:
            raise errors.TruncatedFile(f"{self.path} is damaged ({damage}): fetch or copy it again") from None

    def _tell(self) -> None:
        if self._progress:
            self._progress(self._raw.tell(), self._total)


@contextmanager
def open_blocks(path: str | os.PathLike[str], progress: Callable[[int, int], None] | None = None) -> Iterator[Blocks]:
    """Open a file for the length of a `with`."""
    with open(path, "rb") as raw:
        yield Blocks(os.fspath(path), raw, progress)
