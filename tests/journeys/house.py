"""The little that stands before a journey begins, and the worker's rounds between its steps."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.core import mail

from essaim.activity import outbox
from essaim.communities import actions as communities
from essaim.communities.models import Community
from essaim.connectors.sandbox import jobs as sandbox
from essaim.initiatives import actions as kernel
from essaim.initiatives import jobs as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.ledger import jobs as ledger
from essaim.mechanisms.crowdfunding import actions as campaigns
from essaim.mechanisms.crowdfunding import jobs as crowdfunding
from essaim.mechanisms.crowdfunding.domain.rules import Rules, freeze
from essaim.mechanisms.crowdfunding.domain.tiers import LETTERS
from essaim.people import actions as people
from essaim.people.models import Member
from essaim.projectors.notices import jobs as notices
from essaim.projectors.royalties import jobs as royalties

PASSWORD = "le-pain-de-demain"


def account(handle: str, language: str, name: str = "") -> Member:
    """Someone who has an account already."""
    return people.sign_up(
        email=f"{handle}@example.org",
        handle=handle,
        display_name=name or handle.title(),
        password=PASSWORD,
        language=language,
        confirmed=True,
    )


def open_house(language: str) -> Member:
    return people.create_owner(
        email="ada@example.org",
        handle="ada",
        display_name="Ada",
        password=PASSWORD,
        language=language,
        house_name="La Ruche",
    )


def settle(owner: Member, *members: Member, charter: str = "Be kind.") -> Community:
    """A community of the owner's with these members in it."""
    community = communities.found(actor=owner, name="Pain", summary="Le pain.", charter=charter, slug="pain")
    for member in members:
        communities.join(actor=member, community=community)
    return community


def contest_in(community: Community, owner: Member, **rules: Any) -> Initiative:
    """A contest that takes ideas and votes at once, from now."""
    contest = kernel.draft_initiative(
        actor=owner,
        community=community,
        mechanism_slug="contest",
        preset_slug="open-box",
        title="Le pain de demain",
        summary="Quel pain ?",
        brief="Un pain nouveau.",
        slug="pain-de-demain",
        rules={"ballot": "support", **rules},
    )
    now = clock.now()
    phases = [
        PlannedPhase("together", now, now + timedelta(days=30)),
        PlannedPhase("decide", now + timedelta(days=30), now + timedelta(days=60)),
    ]
    kernel.schedule(initiative=contest, phases=phases, actor=owner)
    kernel.open_initiative(initiative=contest, actor=owner)
    return contest


HIVE = {
    "title": "Une ruche à votre nom",
    "amount": 20_000,
    "stock": 5,
    "ships": True,
    "shipping": {"fr": 900},
    "options": [{"slug": "name", "label": "Le nom à graver", "kind": "engraving", "longest": 24, "allowed": LETTERS}],
}
JAR = {"title": "Un pot de miel", "amount": 2_000}


def campaign_in(community: Community, owner: Member, *, goal: int = 20_000, **rules: Any) -> Initiative:
    """A campaign of forty days from now, with a jar of honey and an engraved hive."""
    campaign = kernel.draft_initiative(
        actor=owner,
        community=community,
        mechanism_slug="crowdfunding",
        preset_slug="all-or-nothing",
        title="La ruche du verger",
        summary="Une ruche de chêne.",
        brief="Nous la bâtissons ensemble.",
        slug="la-ruche-du-verger",
        rules=freeze(Rules(goal=goal, vat=550, **rules)),
    )
    now = clock.now()
    days = timedelta(days=1)
    phases = [
        PlannedPhase("round", now, now + 40 * days),
        PlannedPhase("after", now + 40 * days, now + 400 * days),
    ]
    kernel.schedule(initiative=campaign, phases=phases, actor=owner)
    campaigns.describe_campaign(campaign=campaign, actor=owner, risks="Un printemps humide.")
    campaigns.set_budget(campaign=campaign, actor=owner, lines=[("Le bois", goal)])
    month = (now + 120 * days).date().replace(day=1)
    for tier in (JAR, HIVE):
        campaigns.add_tier(campaign=campaign, actor=owner, delivery_month=month, **tier)
    kernel.open_initiative(initiative=campaign, actor=owner)
    return campaign


def work() -> None:
    """One round of the worker: every periodic job once, and what waits for the projectors before and after."""
    outbox.drain_all()
    initiatives.turn(0)
    royalties.keep_calendar(0)
    ledger.send_payouts(0)
    crowdfunding.work_off(0)
    ledger.send_requests(0)
    sandbox.deliver(0)
    ledger.apply_events(0)
    crowdfunding.expire(0)
    crowdfunding.letters(0)
    outbox.drain_all()
    notices.deliver(0)


def close_books() -> None:
    """The night's check and seal."""
    ledger.prove(0)


def letter_to(email: str) -> str:
    """The text of the last letter to this address."""
    return next(letter.body for letter in reversed(mail.outbox) if email in letter.to)


def code_in(letter: str) -> str:
    """The code of confirmation in a letter, on a line of its own."""
    found = re.search(r"^\s*([A-Z0-9]{3,4}-[A-Z0-9]{3,4})\s*$", letter, re.MULTILINE)
    assert found, letter
    return found[1]
