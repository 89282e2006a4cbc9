"""A crowd for the bench of cheers, made in the house: `python -m benchmarks.crowd COUNT CAMPAIGNS` prints JSON."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any


def gather(count: int, campaigns: int) -> dict[str, Any]:
    from essaim.communities.actions import found
    from essaim.demo import crowd
    from essaim.people.models import Member

    manager = Member.objects.get(handle="capitaine")
    community = found(actor=manager, name="Stands", summary="Where we cheer", charter="Be kind.")
    return {
        "sessions": crowd.gather(count, community),
        "rounds": [_campaign(manager, community, number) for number in range(campaigns)],
    }


def _campaign(manager: Any, community: Any, number: int) -> dict[str, Any]:
    from essaim.initiatives import actions as initiatives
    from essaim.initiatives.domain import PlannedPhase
    from essaim.kit import clock
    from essaim.mechanisms.cheer.actions import add_camp

    draft = initiatives.draft_initiative(
        actor=manager, community=community, mechanism_slug="cheer", preset_slug="evening", title=f"Match {number}"
    )
    camps = [add_camp(campaign=draft, actor=manager, name=name, colour="#c1121f").pk for name in ("Reds", "Blues")]
    begins = clock.now()
    plan = [PlannedPhase("round", begins, begins + timedelta(hours=5))]
    [phase] = initiatives.schedule(initiative=draft, phases=plan, actor=manager)
    initiatives.open_initiative(initiative=draft, actor=manager)
    return {"slug": draft.slug, "campaign": draft.pk, "round": phase.pk, "camps": camps}


if __name__ == "__main__":
    from essaim.cli.house import opened

    with opened():
        sys.stdout.write(json.dumps(gather(*(int(word) for word in sys.argv[1:]))) + "\n")
