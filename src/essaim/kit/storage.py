"""Static files, hashed and compressed, with each stylesheet and its imports made into one file.

Without this a page would wait for two dozen small stylesheets, found one after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("kit/kit.css",)
IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\(([\w-]+)\))?;')


def bundled(storage: Any, name: str) -> str:
    """The text of a stylesheet with its imports written in place, each in its layer."""
    with storage.open(name) as file:
        text = file.read().decode()
    folder = PurePosixPath(name).parent

    def written(match: re.Match[str]) -> str:
        with storage.open(str(folder / match[1])) as file:
            body = file.read().decode()
        return f"@layer {match[2]} {{\n{body}}}" if match[2] else body

    return IMPORT.sub(written, text)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage, after the bundles are made. Addresses hold as long as the process: they are kept."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        if name not in self._kept or force:
            self._kept[name] = str(super().url(name, force))
        return self._kept[name]

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in BUNDLES:
                if name in paths:
                    self._bundle(name, paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _bundle(self, name: str, paths: dict[str, Any]) -> None:
        text = bundled(paths[name][0], name)
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        paths[name] = (self, name)
