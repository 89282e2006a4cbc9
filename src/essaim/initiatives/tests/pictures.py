"""Picture files as members send them: with the place and the device noted inside."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

CAMERA = b"Secret camera"


def photograph(colour: str = "orange", *, size: tuple[int, int] = (2000, 1000), kind: str = "JPEG"):
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0110] = CAMERA.decode()
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", size, colour).save(out, kind, exif=exif)
    assert CAMERA in out.getvalue()
    return SimpleUploadedFile(f"holiday.{kind.lower()}", out.getvalue(), f"image/{kind.lower()}")
