"""Where the operator lets letters fall: a Maildir, an mbox, or a folder of .eml files."""

from __future__ import annotations

import mailbox
from base64 import b32encode
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from essaim.connectors.maildrop.letter import NotALetter, post
from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.listening.files import MOST_BYTES
from essaim.listening.kinds import Asked, Batch
from essaim.listening.post import Post, Refused

AT_ONCE = 500
TOO_LARGE = _("The letter is too large.")


class FolderNotNamed(Refusal):
    cause = _("The operator did not name “%(path)s” as a place for letters.")
    remedy = _("Ask the operator to add it to ESSAIM_LISTEN_MAIL.")


class NoLetters(Refusal):
    cause = _("“%(path)s” is neither a Maildir, an mbox nor a folder of .eml files.")
    remedy = _("Check where your mail server lets the letters fall.")


def read(asked: Asked) -> Iterator[Batch]:
    """Letters that came since the last visit, in parts. The folder is only read; nothing in it is moved or marked."""
    path = Path(asked.address).resolve()
    if not any(path.is_relative_to(named.resolve()) for named in settings.LISTEN_MAIL):
        raise FolderNotNamed(path=asked.address)
    since = 0 if asked.backfill else int(asked.cursor.get("changed", 0))
    fresh = iter(sorted(place for place in _places(path) if place[0] >= since))
    while some := list(islice(fresh, AT_ONCE)):
        heard = [one for _changed, file in some for one in _letters(file)]
        posts = [one for one in heard if isinstance(one, Post)]
        yield Batch(posts, {"changed": some[-1][0]}, [one for one in heard if isinstance(one, Refused)])


def read_file(path: Path) -> Iterator[Post | Refused]:
    for _changed, file in sorted(_places(path)):
        yield from _letters(file)


def _places(path: Path) -> Iterator[tuple[int, Path]]:
    """When each file came, and where it is; an mbox is one file with many letters."""
    if path.is_file():
        yield path.stat().st_mtime_ns, path
        return
    folders = [path / "new", path / "cur"] if (path / "cur").is_dir() else [path]
    if not path.is_dir():
        raise NoLetters(path=path)
    for folder in folders:
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.is_file() and (folder != path or file.suffix.lower() in (".eml", ".mbox")):
                yield file.stat().st_mtime_ns, file


def _letters(file: Path) -> Iterator[Post | Refused]:
    with file.open("rb") as opened:
        many = opened.read(5) == b"From "
    if many:
        for number, letter in enumerate(_of_mbox(file), start=1):
            yield _read(letter, f"{file.name}#{number}")
    elif file.stat().st_size > MOST_BYTES:
        yield Refused(file.name, TOO_LARGE)
    else:
        yield _read(message_from_bytes(file.read_bytes()), file.name)


def _of_mbox(file: Path) -> Iterator[Message]:
    box = mailbox.mbox(str(file), create=False)
    try:
        yield from box
    finally:
        box.close()


def _read(letter: Message, place: str) -> Post | Refused:
    try:
        return post(letter, hidden)
    except NotALetter as reason:
        return Refused(place, str(reason))


def hidden(address: str) -> str:
    """A name for an address, the same each time, from which nobody finds the address again."""
    digest = salted_hmac("essaim.connectors.maildrop", address, algorithm="sha256").digest()
    return b32encode(digest[:10]).decode().lower()
