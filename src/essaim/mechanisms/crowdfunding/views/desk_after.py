"""After the campaign: what is asked of backers, the lock, the engraver's list, parcels, delays."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from essaim.initiatives.desk_views import for_the_desk, person, tried
from essaim.kit.errors import Refusal
from essaim.mechanisms.crowdfunding import actions, exports, queries
from essaim.mechanisms.crowdfunding.forms import desk as typed
from essaim.mechanisms.crowdfunding.forms import lists as listed
from essaim.mechanisms.crowdfunding.models import Delay, Delivery, Tier
from essaim.mechanisms.crowdfunding.views.desk import desk_sheet, shown
from essaim.mechanisms.crowdfunding.views.sheet import CampaignUnknown, Sheet

PER_PAGE = 50
LINES_MOST = 20_000


@require_http_methods(["GET", "POST"])
@for_the_desk
def after(request: HttpRequest, slug: str) -> HttpResponse:
    """Parcels and all that leads to them."""
    sheet = desk_sheet(request, slug)
    act = request.POST.get("act", "")
    forms: dict[str, Any] = {
        "lock": typed.LockForm(request.POST if act == "lock" else None, initial={"at": sheet.row.lock_at}),
        "survey": _survey(request, sheet, act),
        "tracking": typed.TrackingFileForm(*(request.POST, request.FILES) if act == "tracking" else (None, None)),
    }
    if act in forms and forms[act].is_valid() and _act(request, sheet, act, forms[act]):
        return redirect("crowdfunding-studio:after", slug=slug)
    rows, state = _parcels(request, sheet)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return shown(
        request, sheet, "after", page=page, state=state, forms=forms, refused=forms.get(act), figures=figures(sheet),
        states=typed.ParcelFilterForm.STATES,
        delays=Delay.objects.filter(campaign=sheet.campaign).select_related("tier"),
        tiers=queries.tiers(sheet.campaign).exclude(delivery_month=None),
    )  # fmt: skip


def _survey(request: HttpRequest, sheet: Sheet, act: str) -> Any:
    known = [{**one, "choices": "\n".join(one.get("choices", ()))} for one in sheet.row.survey]
    return listed.SurveyFormSet(request.POST if act == "survey" else None, prefix="survey", initial=known)


def _act(request: HttpRequest, sheet: Sheet, act: str, form: Any) -> bool:
    row, actor = sheet.campaign, person(request)
    if act == "lock":
        lock: Callable[[], Any] = lambda: actions.lock_choices(  # noqa: E731
            campaign=row, actor=actor, at=form.cleaned_data["at"]
        )
        return tried(request, lock, _("The date is set; backers see it on their pledge."), form)
    if act == "survey":
        questions = [each.question() for each in listed.kept(form)]
        ask = lambda: actions.describe_campaign(campaign=row, actor=actor, survey=questions)  # noqa: E731
        return tried(request, ask, _("The questions are asked on each pledge’s page."))
    return take_tracking(request, sheet, form)


def figures(sheet: Sheet) -> list[tuple[int, str]]:
    """How far the parcels are."""
    rows = queries.parcels(sheet.campaign).order_by()
    sent = rows.filter(delivery__state__in=(Delivery.State.SENT, Delivery.State.DELIVERED)).count()
    return [
        (rows.count(), _("parcels in all")),
        (rows.filter(address={}).count(), _("without an address")),
        (sent, pgettext("several parcels", "sent")),
        (rows.filter(delivery__state=Delivery.State.DELIVERED).count(), pgettext("several parcels", "delivered")),
        (rows.filter(delivery__state=Delivery.State.RETURNED).count(), pgettext("several parcels", "came back")),
    ]


def _parcels(request: HttpRequest, sheet: Sheet) -> tuple[Any, str]:
    rows, state = queries.parcels(sheet.campaign), request.GET.get("state", "")
    if state == "waiting":
        rows = rows.filter(delivery=None)
    elif state == "no-address":
        rows = rows.filter(address={})
    elif state in Delivery.State.values:
        rows = rows.filter(delivery__state=state)
    return rows, state


def take_tracking(request: HttpRequest, sheet: Sheet, form: typed.TrackingFileForm) -> bool:
    """Mark as sent every parcel of the carrier's file; lines that fit no parcel are told one by one."""
    rows = {pledge.number: pledge for pledge in queries.parcels(sheet.campaign)}
    carrier, sent, faults = form.cleaned_data["carrier"], 0, list[str]()
    for line, number, tracking in tracked(form.cleaned_data["file"].read()):
        pledge = rows.get(number) if isinstance(number, int) else None
        if pledge is None:
            faults.append(
                _("line %(line)s: no parcel has the number “%(number)s”") % {"line": line, "number": number}
            )
            continue
        if getattr(pledge, "delivery", None) and pledge.delivery.tracking == tracking:
            continue
        try:
            actions.mark_sent(pledge=pledge, actor=person(request), carrier=carrier, tracking=tracking)
            sent += 1
        except Refusal as refusal:
            faults.append(_("line %(line)s: %(why)s") % {"line": line, "why": refusal})
    messages.success(
        request, ngettext("%(n)d parcel marked as sent.", "%(n)d parcels marked as sent.", sent) % {"n": sent}
    )
    if faults:
        messages.warning(request, " ".join(faults[:10]))
    return True


def tracked(content: bytes) -> list[tuple[int, int | str, str]]:
    """Line, pledge's number and tracking number of each row; a number that is none comes as it stands."""
    text = content.decode("utf-8-sig", errors="replace").replace("\0", "")
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    found: list[tuple[int, int | str, str]] = []
    for row in reader:
        if len(found) == LINES_MOST:
            break
        cells = {str(name).strip().lower(): str(cell or "").strip() for name, cell in row.items() if name}
        number = cells.get("number") or cells.get("numéro") or cells.get("numero") or ""
        tracking = cells.get("tracking") or cells.get("suivi") or ""
        found.append((reader.line_num, int(number) if number.isdigit() and len(number) < 10 else number, tracking))
    return found


@require_http_methods(["GET", "POST"])
@for_the_desk
def delay(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Rewards arrive later than promised: a new promise with a date, and the reason."""
    sheet = desk_sheet(request, slug)
    tier = get_object_or_404(Tier, pk=pk, campaign=sheet.campaign)
    form = typed.DelayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        announce = lambda: actions.announce_delay(tier=tier, actor=person(request), **given)  # noqa: E731
        if tried(request, announce, _("The delay is public, and each who waits is told."), form):
            return redirect("crowdfunding-studio:after", slug=slug)
    return shown(request, sheet, "after", "delay", form=form, tier=tier)


@require_GET
@for_the_desk
def engraving(request: HttpRequest, slug: str) -> HttpResponse:
    """Every text to be cut, and whether its giver has read it over."""
    sheet = desk_sheet(request, slug)
    lines = queries.engraving_list(sheet.campaign)
    unread = sum(1 for pledge, *_rest in lines if pledge.engraving_checked_at is None)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return shown(request, sheet, "after", "engraving", page=page, unread=unread)


@require_GET
@for_the_desk
def export(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A file to take away: pledges for the accountant, parcels for the carrier, names for the engraver."""
    sheet = desk_sheet(request, slug)
    if name not in exports.EXPORTS:
        raise CampaignUnknown
    file, content = exports.EXPORTS[name](sheet.campaign)
    kind = "application/json" if file.endswith(".json") else "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
