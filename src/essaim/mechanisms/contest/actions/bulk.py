"""Many rows at once, by PostgreSQL's COPY: some ten times faster than inserts, within the act's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb

from essaim.initiatives.models import Contribution
from essaim.mechanisms.contest.models import Idea


def copy_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows whose values stand in the order of `names`; every column without a default must be among them."""
    known = {field.name: field.column for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{known[name]}"' for name in names)
    into = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row([Jsonb(value) if isinstance(value, dict) else value for value in row])


def create_ideas(ideas: Sequence[Idea]) -> None:
    """Write the two rows of each idea, the contribution's and its own, and give the ideas their keys."""
    shared = [field.attname for field in Contribution._meta.concrete_fields if not field.primary_key]
    parents = [Contribution(**{name: getattr(idea, name) for name in shared}) for idea in ideas]
    for idea, parent in zip(ideas, Contribution.objects.bulk_create(parents, batch_size=2_000), strict=True):
        idea.pk = idea.id = parent.pk
    own = Idea._meta.local_concrete_fields
    copy_rows(
        Idea, [field.name for field in own], ([getattr(idea, field.attname) for field in own] for idea in ideas)
    )
