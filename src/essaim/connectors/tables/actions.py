"""Keeping a table for the wizard, saving a mapping, taking the table in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from essaim.activity.record import record
from essaim.connectors.tables import reading
from essaim.connectors.tables.domain import Layout
from essaim.connectors.tables.models import SavedLayout, Upload
from essaim.connectors.tables.verbs import TableTakenIn
from essaim.kit import clock
from essaim.listening.intake import Taken, take_in
from essaim.listening.models import Run, Source
from essaim.listening.policy import runs_sources
from essaim.people.models import Member
from essaim.people.policy import allow

KEPT = timedelta(days=1)
KIND = "table"


@transaction.atomic
def keep_upload(*, name: str, content: bytes, actor: Member) -> Upload:
    """Keep a table until it is taken in, a day at most; what lay longer goes."""
    allow(runs_sources, actor)
    Upload.objects.filter(made_at__lt=clock.now() - KEPT).delete()
    return Upload.objects.create(name=Path(name).name[:200], content=content, made_by=actor)


@transaction.atomic
def save_layout(*, name: str, layout: Layout, actor: Member) -> SavedLayout:
    """Keep a mapping under a name; one of the same name is replaced."""
    allow(runs_sources, actor)
    made = {"written": layout.as_written(), "made_by": actor, "made_at": clock.now()}
    return SavedLayout.objects.update_or_create(name=name, defaults=made)[0]


@transaction.atomic
def forget_layout(*, layout: SavedLayout, actor: Member) -> None:
    allow(runs_sources, actor)
    layout.delete()


def take_in_upload(*, upload: Upload, layout: Layout, actor: Member) -> tuple[Run, Taken]:
    """Take the table in, and let it go. Refused as a whole before the first row when the mapping does not fit."""
    allow(runs_sources, actor)
    with unpacked(upload) as path:
        posts = reading.read(path, layout, upload.name)
        run = _begin(upload, layout, actor)
        taken = take_in(posts, source=run.source, run=run)
    _end(run, upload, taken, actor)
    return run, taken


@transaction.atomic
def _begin(upload: Upload, layout: Layout, actor: Member) -> Run:
    names = {"name": upload.name, "state": Source.State.DONE, "next_run_at": None, "created_by": actor}
    source, _new = Source.objects.get_or_create(
        kind=KIND, address=f"{layout.platform}: {upload.name}", defaults=names
    )
    return Run.objects.create(source=source, purpose=Run.Purpose.IMPORT)


@transaction.atomic
def _end(run: Run, upload: Upload, taken: Taken, actor: Member) -> None:
    run.ended_at, run.total = clock.now(), taken.read + taken.refused
    run.save(update_fields=["ended_at", "total"])
    Source.objects.filter(pk=run.source_id).update(last_run_at=run.ended_at, last_success_at=run.ended_at)
    record(TableTakenIn(upload.name, taken.added), actor=actor)
    upload.delete()


@contextmanager
def unpacked(upload: Upload) -> Iterator[Path]:
    """The table as a file, under its own name, while it is read."""
    with TemporaryDirectory(prefix="essaim-table-") as folder:
        path = Path(folder) / f"table{Path(upload.name).suffix.lower()}"
        path.write_bytes(bytes(upload.content))
        yield path
