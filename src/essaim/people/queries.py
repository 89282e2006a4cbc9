"""Reads shared by more than one caller."""

from __future__ import annotations

from contextvars import ContextVar

from django.db.models import QuerySet
from django.utils.translation import get_language

from essaim.kit.kept import Kept
from essaim.kit.text import sort_key
from essaim.people.domain import skeleton
from essaim.people.models import Consent, House, HouseRole, Member

# A list while a request is served, holding the house once it was asked for.
house_of_request: ContextVar[list[House] | None] = ContextVar("house_of_request", default=None)
HOUSE = Kept(lambda pk: House.objects.filter(pk=pk))


def house() -> House:
    """The one row, read once per request."""
    kept = house_of_request.get()
    if kept:
        return kept[0]
    found = HOUSE.only(1) or _built()
    if kept is not None:
        kept.append(found)
    return found


def _built() -> House:
    House.objects.bulk_create([House(pk=1)], ignore_conflicts=True)
    return House.objects.get(pk=1)


def forget_house() -> None:
    """Read the house again at the next question: it was changed."""
    kept = house_of_request.get()
    if kept:
        kept.clear()


def has_owner() -> bool:
    return HouseRole.objects.filter(role=HouseRole.Role.OWNER).exists()


def present_members() -> QuerySet[Member]:
    """Members who are here: not erased, not closed."""
    return Member.objects.filter(is_active=True, erased_at=None)


def find_member(handle: str) -> Member | None:
    return present_members().filter(handle__iexact=handle).first()


def search_members(words: str) -> QuerySet[Member]:
    """Present members whose name or handle holds these words, accents and case folded."""
    key = sort_key(words)
    found = present_members().filter(sort_key__contains=key) | present_members().filter(handle__icontains=words)
    return found.order_by("sort_key", "id")


def staff_skeletons() -> frozenset[str]:
    """What no newcomer's handle may look like: the handles of the team and the name of the house."""
    team = Member.objects.filter(house_roles__isnull=False).values_list("skeleton", flat=True)
    return frozenset({*team, skeleton(house().name)} - {""})


def consents_in_force(member: Member) -> dict[str, Consent]:
    """The latest row of each purpose the member ever decided on; look at its `granted`."""
    rows = Consent.objects.filter(member=member).select_related("evidence")
    return {row.purpose: row for row in rows.order_by("purpose", "-id").distinct("purpose")}


def has_consent(member: Member, purpose: str) -> bool:
    last = Consent.objects.filter(member=member, purpose=purpose).order_by("-id").first()
    return last is not None and last.granted


def consenting(purpose: str) -> QuerySet[Member]:
    """Present members whose consent for this purpose is in force."""
    latest = Consent.objects.filter(purpose=purpose).order_by("member", "-id").distinct("member")
    granted = [row.member_id for row in latest if row.granted]
    return present_members().filter(pk__in=granted)


def reader_language() -> str:
    return (get_language() or "fr").split("-")[0]
