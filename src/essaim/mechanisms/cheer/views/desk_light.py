"""The light's desk: the switch, colours by hand, the lamps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from essaim.initiatives.desk_views import for_the_desk, person, tried
from essaim.kit.errors import Refusal
from essaim.mechanisms.cheer import actions, lit, queries
from essaim.mechanisms.cheer.forms.desk import OverrideForm, RigForm
from essaim.mechanisms.cheer.sheets import Sheet
from essaim.mechanisms.cheer.views.desk import desk_sheet, shown

WHOLE = 10_000  # basis points


@require_http_methods(["GET", "POST"])
@for_the_desk
def light(request: HttpRequest, slug: str) -> HttpResponse:
    """What the light shows, its switch, and the acts on it; each says why, in public."""
    sheet = desk_sheet(request, slug)
    act = request.POST.get("act", "")
    override = OverrideForm(request.POST if act == "override" else None)
    rig = RigForm(request.POST if act == "rig" else None, rig=lit.rig_of(sheet.campaign), camps=sheet.camps)
    if request.method == "POST" and _done(request, sheet, act, override, rig):
        return redirect("cheer-studio:light", slug=slug)
    context: dict[str, Any] = {
        "light": lit.light_of(sheet),
        "orders": list(queries.orders(sheet.campaign)[:20]),
        "address": lit.address_for_lamps(sheet.campaign),
        "override": override,
        "rig": rig,
    }
    return shown(request, sheet, "light", **context)


def _done(request: HttpRequest, sheet: Sheet, act: str, override: OverrideForm, rig: RigForm) -> bool:
    actor, row, reason = person(request), sheet.campaign, request.POST.get("reason", "")
    if act == "kill":
        kill = lambda: actions.kill_light(campaign=row, actor=actor, reason=reason)  # noqa: E731
        return tried(request, kill, _("The light is dark.")) or True
    if act == "release":
        release = lambda: actions.release_light(campaign=row, actor=actor, reason=reason)  # noqa: E731
        return tried(request, release, _("The light follows the count again.")) or True
    if act == "override" and override.is_valid():
        given = override.cleaned_data
        order = lambda: actions.override_light(  # noqa: E731
            campaign=row, actor=actor, colours=[given["colour"]], intensity=given["intensity"] / WHOLE,
            reason=given["reason"], until=given["until"],
        )  # fmt: skip
        return tried(request, order, _("The light shows your colour; everyone can see why."), override)
    if act == "rig" and rig.is_valid():
        try:
            actions.rig_light(campaign=row, actor=actor, rig=rig.rig)
        except Refusal as refusal:
            rig.add_error("lamps", str(refusal))
            return False
        return tried(request, lambda: None, _("The lamps are set."))
    return False
