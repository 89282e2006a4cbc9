"""A crowd for the bench of cheers, made inside the house: `python -m benchmarks.crowd COUNT CAMPAIGNS` prints JSON.

Members, memberships and sessions are written in bulk: they are what the bench stands on, not what it measures.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any


def gather(count: int, campaigns: int) -> dict[str, Any]:
    from essaim.communities.actions import found
    from essaim.people.models import Member

    manager = Member.objects.get(handle="capitaine")
    community = found(actor=manager, name="Stands", summary="Where we cheer", charter="Be kind.")
    members = _members(count)
    _join(community, members)
    return {
        "sessions": _sessions(members),
        "rounds": [_campaign(manager, community, number) for number in range(campaigns)],
    }


def _members(count: int) -> list[Any]:
    from essaim.kit import clock
    from essaim.people.models import Member

    return Member.objects.bulk_create(
        (
            Member(
                email=f"fan{number}@demo.example",
                handle=f"fan{number}",
                display_name=f"Fan {number}",
                sort_key=f"fan {number}",
                skeleton=f"fan{number}",
                password=f"!{number:040}",
                email_confirmed_at=clock.now(),
            )
            for number in range(count)
        ),
        batch_size=5_000,
    )


def _join(community: Any, members: list[Any]) -> None:
    from essaim.communities.models import CharterVersion, Membership
    from essaim.kit import clock

    charter = CharterVersion.objects.get(community=community)
    Membership.objects.bulk_create(
        (Membership(community=community, member=each, charter=charter, joined_at=clock.now()) for each in members),
        batch_size=5_000,
    )


def _sessions(members: list[Any]) -> list[str]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    from essaim.kit import clock

    store, rows = SessionStore(), []
    for member in members:
        claim = {
            SESSION_KEY: str(member.pk),
            BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
            HASH_SESSION_KEY: member.get_session_auth_hash(),
        }
        until = clock.now() + timedelta(days=1)
        rows.append(Session(session_key=f"{member.pk:032}", session_data=store.encode(claim), expire_date=until))
    Session.objects.bulk_create(rows, batch_size=5_000)
    return [row.session_key for row in rows]


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
    return {"round": phase.pk, "camps": camps}


if __name__ == "__main__":
    from essaim.cli.house import opened

    with opened():
        sys.stdout.write(json.dumps(gather(*(int(word) for word in sys.argv[1:]))) + "\n")
