"""Sessions for the vote benchmark, made inside the house: `python -m benchmarks.voters COUNT` prints JSON."""

from __future__ import annotations

import json
import sys


def open_sessions(count: int) -> dict[str, object]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from essaim.communities.actions import join
    from essaim.initiatives.models import Initiative
    from essaim.mechanisms.contest.models import Idea
    from essaim.people.actions import sign_up

    contest = Initiative.objects.select_related("community").get(slug="le-pot-qui-revient")
    ideas = list(Idea.objects.filter(initiative=contest, state="published").values_list("number", flat=True))
    keys = []
    for number in range(count):
        voter = sign_up(
            email=f"bench{number}@demo.example", handle=f"bench{number}", display_name="Bench", confirmed=True
        )
        join(actor=voter, community=contest.community)
        session = SessionStore()
        session[SESSION_KEY] = str(voter.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = voter.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return {"contest": contest.slug, "ideas": ideas, "sessions": keys}


if __name__ == "__main__":
    from essaim.cli.house import opened

    with opened():
        sys.stdout.write(json.dumps(open_sessions(int(sys.argv[1]))) + "\n")
