"""Roles, parts and steps in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from essaim.kit.dates import length
from essaim.projectors.influence.domain import Role
from essaim.projectors.influence.models import Run

Lazy = str | Promise

ROLES: dict[str, Lazy] = {
    Role.ENTHUSIAST: gettext_lazy("enthusiast"),
    Role.CRITIC: gettext_lazy("critic"),
    Role.EXPERT: gettext_lazy("expert"),
    Role.BRIDGE: gettext_lazy("bridge"),
    Role.NEWCOMER: gettext_lazy("newcomer to watch"),
}
MANY: dict[str, Lazy] = {
    Role.ENTHUSIAST: gettext_lazy("Enthusiasts"),
    Role.CRITIC: gettext_lazy("Critics"),
    Role.EXPERT: gettext_lazy("Experts"),
    Role.BRIDGE: gettext_lazy("Bridges"),
    Role.NEWCOMER: gettext_lazy("Newcomers to watch"),
}
BADGES = {Role.ENTHUSIAST: "good", Role.CRITIC: "bad", Role.NEWCOMER: "open"}
PARTS: dict[str, Lazy] = {
    "helpfulness": gettext_lazy("Helpfulness"),
    "love": gettext_lazy("Love"),
    "knowledge": gettext_lazy("Knowledge"),
    "bridging": gettext_lazy("Bridging"),
    "honesty": gettext_lazy("Honesty"),
}
TIES: dict[str, Lazy] = {
    "reply": gettext_lazy("an answer"),
    "repost": gettext_lazy("a post passed on"),
    "quote": gettext_lazy("a quotation"),
    "like": gettext_lazy("a like"),
    "name": gettext_lazy("somebody called by name"),
}
STEPS: dict[str, Lazy] = {
    "ties": gettext_lazy("reading the ties"),
    "circles": gettext_lazy("looking for circles"),
    "names": gettext_lazy("recognising the circles of last time"),
    "scores": gettext_lazy("letting the word pass, a hundred thousand times"),
    "quarters": gettext_lazy("looking for quarters"),
    "reach": gettext_lazy("counting who is reached"),
    "posts": gettext_lazy("reading the posts that came in"),
    "storing": gettext_lazy("keeping what was found"),
}


def step(run: Run) -> dict[str, Any]:
    """How far a calculation is; nothing when it waits."""
    names = list(STEPS)
    if run.step not in STEPS:
        return {}
    return {"told": STEPS[run.step], "number": names.index(run.step) + 1, "of": len(names)}


def took(run: Run | None) -> str:
    """How long a calculation took, in words; nothing where there was none."""
    seconds = sum(run.durations.values()) if run is not None else 0
    if not seconds:
        return ""
    whole = max(round(seconds), 1)
    return ngettext("%(n)d second", "%(n)d seconds", whole) % {"n": whole} if whole < 90 else length(whole)


def circle_title(topics: Sequence[Mapping[str, Any]], hosts: Sequence[str], number: int) -> str:
    """What a circle speaks of most; else around whom it forms; else its number."""
    if topics:
        told: str = topics[0]["topic"]
        return told[:1].upper() + told[1:]
    if hosts:
        return _("Around %(names)s") % {"names": _(" and ").join(hosts[:2])}
    return _("Circle %(number)d") % {"number": number}


def why(parts: Sequence[Mapping[str, Any]], topics: Sequence[Mapping[str, Any]], heard: int) -> str:
    """What was seen of somebody who bears no role."""
    seen = {part["name"]: part for part in parts}
    told = []
    if acts := seen.get("love", {}).get("n", 0):
        told.append(ngettext("%(n)d act since the consent", "%(n)d acts since the consent", acts) % {"n": acts})
    if (answers := seen.get("helpfulness", {})).get("seen", 0):
        told.append(_helpful(answers))
    if topics:
        best = topics[0]
        on = ngettext("answered by %(people)d person on “%(topic)s”", "answered by %(people)d people on “%(topic)s”",
                      best["people"])  # fmt: skip
        told.append(on % best)
    if not told and heard:
        told.append(ngettext("%(n)d person took up what was said", "%(n)d people took up what was said", heard)
                    % {"n": heard})  # fmt: skip
    return ", ".join(told)


def reason(role: Mapping[str, Any]) -> str:
    """Why somebody bears a role, with the figures that make it."""
    return _REASONS[role["role"]](role)


def _enthusiast(role: Mapping[str, Any]) -> str:
    return _("%(count)d favourable posts of %(n)d: surely more than half of those that take sides") % role


def _critic(role: Mapping[str, Any]) -> str:
    return _("%(count)d unfavourable posts of %(n)d: surely more than half of those that take sides") % role


def _expert(role: Mapping[str, Any]) -> str:
    return _("%(people)d people answered %(answers)d times on “%(topic)s”") % role


def _bridge(role: Mapping[str, Any]) -> str:
    told = _("%(ties)d ties, spread over several quarters (participation %(participation)s, at most 1)")
    return told % {"ties": role["ties"], "participation": number_format(role["participation"], 2)}


def _newcomer(role: Mapping[str, Any]) -> str:
    since = ngettext("first seen %(days)d day ago", "first seen %(days)d days ago", role["days"]) % role
    heard = ngettext("taken up by %(people)d person", "taken up by %(people)d people", role["people"]) % role
    return f"{since}, {heard}"


_REASONS = {
    Role.ENTHUSIAST: _enthusiast,
    Role.CRITIC: _critic,
    Role.EXPERT: _expert,
    Role.BRIDGE: _bridge,
    Role.NEWCOMER: _newcomer,
}


def part_seen(part: Mapping[str, Any]) -> str:
    """What was counted for a part of the score."""
    if part["share"] is None:
        return _NO_DATA[part["name"]]()
    return _SEEN[part["name"]](part)


def _helpful(part: Mapping[str, Any]) -> str:
    if not part["n"]:
        return _("no answer to somebody else's contribution yet")
    return _("%(seen)d of %(n)d answers to others were thanked for") % {"seen": part["seen"], "n": part["n"]}


def _love(part: Mapping[str, Any]) -> str:
    return _(
        "%(n)d acts, each a tenth less for every month that passed: %(seen)s together. Ten give half of the part."
    ) % {"n": part["n"], "seen": number_format(part["seen"], 1)}


def _bridging(part: Mapping[str, Any]) -> str:
    return _("participation %(seen)s: 0 with all ties in one quarter of the map, near 1 with ties in many") % {
        "seen": number_format(part["seen"], 2)
    }


def _no_courses() -> str:
    return _("not measured: this house has no courses yet")


def _no_disclosure() -> str:
    return _("not measured: nothing in this house asks to disclose gifts and pay yet")


_SEEN = {"helpfulness": _helpful, "love": _love, "bridging": _bridging}
_NO_DATA = {"knowledge": _no_courses, "honesty": _no_disclosure}
