"""`essaim import mentions KIND PATH`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from django.utils.translation import gettext

from essaim.listening.kinds import file_kind, file_kinds

OnProgress = Callable[[int, int | None], None]


def import_mentions(
    kind: str, path: Path, source: str = "", options: str = "", on_progress: OnProgress | None = None
) -> Mapping[str, object]:
    """Take in a file of what was said elsewhere; a second time adds nothing. --source names it (its file name, when
    left out); --options gives the kind what it asks for, as name=value,name=value: “mapping=NAME” a saved mapping for
    a table, “site=HOST” where topics or a dump come from. A kind or an option that does not exist tells those that
    do."""
    from essaim.listening.intake.bulk import import_posts
    from essaim.listening.intake.errors import KindNotKnown, NothingThere, OptionNotKnown

    if kind not in {each.slug for each in file_kinds()}:
        known = ", ".join(f"{each.slug} ({each.name})" for each in sorted(file_kinds(), key=lambda one: one.slug))
        raise KindNotKnown(kind=kind, known=known)
    if not path.exists():
        raise NothingThere(path=path)
    given = dict(each.split("=", 1) for each in options.split(",") if "=" in each)
    if unknown := set(given) - set(file_kind(kind).options):
        raise OptionNotKnown(
            kind=kind, option=", ".join(sorted(unknown)), known=", ".join(sorted(file_kind(kind).options)) or "—"
        )

    def told(read: int) -> None:
        if on_progress is not None:
            on_progress(read, None)

    taken = import_posts(path, kind=kind, name=source, progress=told, **given)
    refused = "\n".join(f"{each.place}: {gettext(each.reason)}" for each in taken.refusals)
    counts = {
        "read": taken.read,
        "new": taken.added,
        "known": taken.again,
        "alike": taken.alike,
        "changed by their author": taken.edited,
        "deleted by their author": taken.gone,
        "objected to": taken.objected,
        "refused": taken.refused,
    }
    return {**counts, **({"the first of those refused": f"\n{refused}"} if refused else {})}


importers = {"mentions": import_mentions}
