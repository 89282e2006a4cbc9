"""Pictures members send, made safe: decoded, turned upright, stripped of all they carry, in two sizes.

The bytes received are never kept or served. Size and pixel limits are checked before anything is decoded, so
that a small file hiding a huge picture is refused cheaply.
"""

from __future__ import annotations

import io
import threading
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from essaim.kit.errors import Refusal, gettext_noop

FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPTED = "image/jpeg,image/png,image/webp"
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LARGE, SMALL = 1600, 480

# A picture at the limit takes some 200 MB while it is decoded: two at a time in a process, the others wait.
_decoders = threading.BoundedSemaphore(2)


class PictureTooHeavy(Refusal):
    cause = gettext_noop("This picture weighs more than %(limit)s MB.")
    remedy = gettext_noop("Choose a smaller one, or reduce it first.")


class PictureTooLarge(Refusal):
    cause = gettext_noop("This picture has more than %(limit)s million pixels.")
    remedy = gettext_noop("Choose a smaller one, or reduce it first.")


class PictureUnreadable(Refusal):
    cause = gettext_noop("This file is not a picture we can read.")
    remedy = gettext_noop("Send a JPEG, PNG or WebP file.")


@dataclass(frozen=True)
class Picture:
    """The two WebP files to keep, and the size in pixels of the larger one."""

    large: bytes
    small: bytes
    width: int
    height: int
    extension: str = "webp"


def clean(upload: BinaryIO, *, most_bytes: int = MOST_BYTES, large: int = LARGE, small: int = SMALL) -> Picture:
    """The picture made safe, each copy within a square of so many pixels, or a refusal.

    Reads at most `most_bytes` and one byte.
    """
    data = upload.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise PictureTooHeavy(limit=most_bytes // 1024**2)
    with _decoders:
        image = _fit(_upright(data), large)
        return Picture(_encode(image), _encode(_fit(image, small)), *image.size)


def _upright(data: bytes) -> Image.Image:
    """The first frame with the rotation its camera noted applied, as plain colours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise PictureTooLarge(limit=MOST_PIXELS // 10**6)
        image.draft("RGB", (LARGE, LARGE))
        upright = ImageOps.exif_transpose(image)
        transparent = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        return upright.convert("RGBA" if transparent else "RGB")
    except Image.DecompressionBombError:
        raise PictureTooLarge(limit=MOST_PIXELS // 10**6) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError):
        raise PictureUnreadable from None


def _fit(image: Image.Image, most: int) -> Image.Image:
    """A copy that fits a square of `most` pixels, never enlarged, without metadata."""
    scale = min(most / max(image.size), 1.0)
    size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
    fitted = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    fitted.info.clear()
    return fitted


def _encode(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
