"""`essaim rebuild PROJECTOR`: empty what a projector drew and draw it again from the whole stream."""

from __future__ import annotations

import typer

from essaim.cli.house import opened
from essaim.cli.progress import progress, say
from essaim.server.obstacles import Obstacle


def mount(app: typer.Typer) -> None:
    app.command()(rebuild)


def rebuild(projector: str) -> None:
    """Draw a projector's conclusions again from the activity stream; nothing is paid or sent twice."""
    with opened():
        from essaim.activity import outbox
        from essaim.activity.projection import projectors

        known = sorted(each.slug for each in projectors() if each.replayable)
        if projector not in known:
            raise Obstacle(
                f"There is no projector “{projector}” to rebuild.", f"Known ones: {', '.join(known) or 'none'}."
            )
        total = outbox.rebuild(projector)
        with progress(f"Rebuilding {projector}") as on_progress:
            outbox.drain(projector, on_progress=_summed(on_progress, total))
        say(f"{total:,} activities delivered again.")


def _summed(on_progress, total: int):  # type: ignore[no-untyped-def]
    """The outbox tells the size of each batch; a bar wants the sum."""
    done = 0

    def tell(batch: int) -> None:
        nonlocal done
        done += batch
        on_progress(done, total)

    return tell
