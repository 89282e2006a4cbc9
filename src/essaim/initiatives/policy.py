"""Who may: predicates on the member's role and the initiative's phase, and `allow()`, the second beat of an act.

A predicate takes the member and the object (an initiative, or anything with `.initiative`). Predicates are
combined with `&`, `|` and `~`; each carries the refusal that says which of them was in the way.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from rules.predicates import Predicate

from essaim.communities import policy as communities
from essaim.communities.policy import is_host
from essaim.initiatives import queries
from essaim.initiatives.domain import (
    InitiativeHalted,
    NotAMember,
    NotOfficial,
    NotOpenYet,
    NotRunningHere,
    NotVisible,
    NotYours,
    PhaseShut,
    SignedOut,
)
from essaim.initiatives.models import Contribution, Initiative
from essaim.kit.errors import Forbidden
from essaim.people.models import Member
from essaim.people.policy import is_designer, is_manager, is_present

_in_the_way: ContextVar[type[Forbidden] | None] = ContextVar("predicate_in_the_way", default=None)


def because(predicate: Callable[..., Any], refusal: type[Forbidden]) -> Predicate:
    """The predicate, with the refusal `allow()` raises when it is the one in the way."""
    asked = predicate if isinstance(predicate, Predicate) else Predicate(predicate)

    def explained(member: Any = None, thing: Any = None) -> bool:
        if asked.test(member, thing):
            return True
        _in_the_way.set(refusal)
        return False

    return Predicate(explained, name=asked.name)


def explained_by(refusal: type[Forbidden]) -> Callable[[Callable[..., bool]], Predicate]:
    """Decorator form of `because`."""
    return lambda predicate: because(predicate, refusal)


def allow(predicate: Predicate, actor: Member | None, thing: Any = None) -> None:
    """Raise the Forbidden of the predicate in the way, unless the member may."""
    token = _in_the_way.set(None)
    try:
        if not predicate.test(actor, thing):
            raise (_in_the_way.get() or Forbidden)
    finally:
        _in_the_way.reset(token)


def may(predicate: Predicate, actor: Member | None, thing: Any = None) -> bool:
    """For pages: whether to offer the act."""
    return predicate.test(actor, thing)


def initiative_of(thing: Any) -> Initiative:
    return thing if isinstance(thing, Initiative) else thing.initiative


@explained_by(SignedOut)
def is_signed_in(member: Any, thing: Any = None) -> bool:
    return bool(is_present.test(member))


@explained_by(NotRunningHere)
def runs_initiative(member: Any, thing: Any) -> bool:
    """A host of the community, or a manager or owner of the house."""
    return bool((is_manager | is_host).test(member, initiative_of(thing)))


@explained_by(NotOfficial)
def speaks_officially(member: Any, thing: Any) -> bool:
    """Who answers for the house: its owners, managers and designers; or a host of the community."""
    return bool((is_designer | is_host).test(member, initiative_of(thing)))


@explained_by(NotAMember)
def is_active_member(member: Any, thing: Any) -> bool:
    """An active member of the initiative's community."""
    return bool(communities.is_active_member.test(member, initiative_of(thing)))


@explained_by(NotOpenYet)
def is_opened(member: Any, thing: Any) -> bool:
    return initiative_of(thing).opened_at is not None


@explained_by(InitiativeHalted)
def is_not_halted(member: Member | None, thing: Any) -> bool:
    return initiative_of(thing).halted_at is None


@explained_by(NotYours)
def is_author(member: Member | None, thing: Any) -> bool:
    return member is not None and thing.author_id == member.pk


@explained_by(NotVisible)
def is_visible(member: Member | None, thing: Any) -> bool:
    return bool(thing.state == Contribution.State.PUBLISHED)


def phase_opens(act: str) -> Predicate:
    """The initiative is opened, not halted, and the phase that runs opens the act (as the manifest names it)."""

    def opens(member: Member | None, thing: Any) -> bool:
        return queries.opens(initiative_of(thing), act)

    return is_opened & is_not_halted & because(Predicate(opens, name=f"phase_opens:{act}"), PhaseShut)


takes_part = is_signed_in & is_active_member
run_initiative = is_signed_in & runs_initiative
comment = takes_part & is_opened & is_not_halted & is_visible
comment_officially = is_signed_in & speaks_officially & is_opened & is_visible
react = comment
edit_own = is_signed_in & is_author & is_visible & is_not_halted
withdraw_own = is_signed_in & is_author
