"""The front door and a member's own place."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from essaim.communities.models import Community
from essaim.home import mine, queries
from essaim.kit.passing import same_for_passers_by
from essaim.people.models import Member
from essaim.people.policy import is_manager

GREETING_ERRANDS = 3


@require_GET
@same_for_passers_by
def home(request: HttpRequest) -> HttpResponse:
    """What is open, what was achieved, the communities, recent life."""
    viewer = request.user if isinstance(request.user, Member) else None
    communities = list(queries.communities_shown(viewer))
    empty = not communities and not Community.objects.exists()
    context: dict[str, Any] = {"empty": empty, "may_found": viewer is not None and is_manager.test(viewer)}
    if viewer is not None:
        waiting = mine.errands(viewer)
        context |= {"errands": waiting[:GREETING_ERRANDS], "errand_count": len(waiting)}
    if not empty:
        cards = queries.open_now(viewer)
        context |= {
            "open_cards": cards,
            "has_contests": any(card.initiative.mechanism == "contest" for card in cards),
            "achieved": queries.achieved(viewer),
            "communities": communities,
            "feed": queries.lately(viewer),
        }
    return render(request, "home/home.html", context)


@login_required
@require_GET
def my(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is mine, what I agreed to."""
    member = request.user
    assert isinstance(member, Member)
    context = {
        "errands": mine.errands(member),
        "parts": mine.parts(member),
        "accounts": mine.accounts(member),
        "standing": mine.standing(member),
        "memberships": mine.memberships(member),
        "consents": mine.consents(member),
    }
    return render(request, "home/my.html", context)
