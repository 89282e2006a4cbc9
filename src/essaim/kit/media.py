"""Files members sent, served by the house: pictures we wrote ourselves, from folders that were opened, and no other.

    media.open_folder("avatars")                 # anyone who knows the address
    media.open_folder("pictures", may_see)       # `may_see(name, reader)`; a reader of None is anyone

from an application's `ready()`. Names are drawn at random and never used twice, so that what anyone may see is
kept by browsers for good; a file put away is simply not there any more.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

Gate = Callable[[str, Any], bool]
SERVED = re.compile(r"[a-z]+/[\w-]+\.webp", re.ASCII)
YEAR = 365 * 24 * 3600
_gates: dict[str, Gate] = {}


def anyone(name: str, reader: Any) -> bool:
    return True


def open_folder(folder: str, gate: Gate = anyone) -> None:
    """Serve the files of this folder of the media to those its gate lets through."""
    _gates[folder] = gate


def fresh_name() -> str:
    """A file's name without its ending: nobody guesses it, nothing had it before."""
    return secrets.token_urlsafe(15)


def discard(file: FieldFile) -> None:
    """Delete a stored file once the transaction that no longer names it has succeeded."""
    if file:
        storage, name = file.storage, str(file.name)
        transaction.on_commit(lambda: storage.delete(name))


def lets(name: str, reader: Any) -> bool:
    """Whether this file is served to this reader."""
    gate = _gates.get(name.partition("/")[0])
    return gate is not None and SERVED.fullmatch(name) is not None and gate(name, reader)


@require_safe
def served(request: HttpRequest, name: str) -> FileResponse:
    """One file, to a reader its gate had to be asked about; what anyone may see is answered before sessions are."""
    if not lets(name, getattr(request, "user", None)):
        raise Http404
    return answer(name, shared=False)


def answer(name: str, *, shared: bool) -> FileResponse:
    """The file, to be kept for good: by all caches on the way when shared, else by the reader's own."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, max_age=YEAR, immutable=True, **{"public" if shared else "private": True})
    return response
