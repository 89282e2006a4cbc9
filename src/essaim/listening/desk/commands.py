"""`essaim export mentions FILE`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

OnProgress = Callable[[int, int | None], None]


def export_mentions(
    file: Path,
    since: datetime | None = None,
    until: datetime | None = None,
    source: str = "",
    brand: str = "",
    addresses: bool = False,
    over: bool = False,
    on_progress: OnProgress | None = None,
) -> Mapping[str, object]:
    """Write what was heard, what was read in it and done about it, into FILE (.csv or .jsonl). People stand in it by
    pseudonym, and names in the texts are covered. --since and --until name days, --source and --brand one of either
    by its name; --addresses adds where each post stands, which mostly tells who wrote it: only with a lawful reason.
    --over writes over a file that is there."""
    from essaim.listening.desk import giving
    from essaim.listening.desk.errors import FileThere, NotSuchFile
    from essaim.listening.desk.queries.giving import rows
    from essaim.listening.desk.queries.inbox import Wanted

    forms = {".csv": giving.csv_lines, ".jsonl": giving.json_lines}
    if file.suffix.lower() not in forms:
        raise NotSuchFile(file=file)
    if file.exists() and not over:
        raise FileThere(file=file)
    wanted = Wanted(
        state="all",
        since=since.date() if since else None,
        until=until.date() if until else None,
        source=_named("source", source),
        brand=_named("brand", brand),
    )
    written = 0
    with file.open("w", encoding="utf-8", newline="") as held:
        for line in forms[file.suffix.lower()](rows(wanted, addresses=addresses)):
            held.write(line)
            written += 1
            if on_progress is not None and written % 1_000 == 0:
                on_progress(written, None)
    return {"mentions": written - (file.suffix.lower() == ".csv"), "file": file}


def _named(what: str, name: str) -> int | None:
    """The number of the source or brand of this name; None when none is asked for."""
    from essaim.listening.desk.errors import NoSuchName
    from essaim.listening.desk.models import Brand
    from essaim.listening.models import Source

    if not name:
        return None
    names: dict[str, int] = dict((Source if what == "source" else Brand).objects.values_list("name", "pk"))
    if name not in names:
        raise NoSuchName(name=name, known=", ".join(sorted(names)[:20]) or "—")
    return names[name]


exporters = {"mentions": export_mentions}
