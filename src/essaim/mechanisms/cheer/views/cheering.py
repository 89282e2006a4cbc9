"""Cheering without scripts, and a guest's way to his pass."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from essaim.initiatives.forms import refuse
from essaim.initiatives.models import Initiative
from essaim.initiatives.typed import ask_to_sign_in
from essaim.kit import clock
from essaim.kit.errors import Forbidden, Refusal
from essaim.mechanisms.cheer import actions, passes, queries
from essaim.mechanisms.cheer.cheers import Answer
from essaim.mechanisms.cheer.domain import NoRound, Outcome
from essaim.mechanisms.cheer.forms.cheering import CheerForm, GuestForm
from essaim.mechanisms.cheer.models import Camp
from essaim.mechanisms.cheer.sheets import Sheet
from essaim.mechanisms.cheer.views.pages import campaign_page
from essaim.mechanisms.cheer.views.sheet import FROM, sheet_of


@require_POST
def cheer(request: HttpRequest, slug: str) -> HttpResponse:
    """Cheer for a camp; whatever the answer, it says the time and keeps what was typed."""
    sheet = sheet_of(request, slug)
    if not sheet.supporter:
        return ask_to_sign_in(request, sheet.campaign.get_absolute_url())
    form = CheerForm(request.POST, camps=Camp.objects.filter(campaign=sheet.campaign))
    if form.is_valid():
        try:
            said = _given(request, sheet, form)
        except Refusal as refusal:
            refuse(form, refusal)
            return campaign_page(request, sheet, form, status=refusal.status)
        messages.success(request, said)
        return redirect("cheer:initiative", slug=slug)
    return campaign_page(request, sheet, form, status=422)


def _given(request: HttpRequest, sheet: Sheet, form: CheerForm) -> str:
    """Give the cheer; what to say of it."""
    lap = sheet.running
    if lap is None:
        raise _too_late(sheet)
    camp, words = form.cleaned_data["camp"], form.cleaned_data["words"]
    if sheet.viewer is not None:
        answer = actions.give_cheer(phase=lap.phase, camp=camp, supporter=sheet.viewer, words=words)
    else:
        answer = actions.cheer_as_guest(phase=lap.phase, camp=camp, supporter=sheet.guest, words=words)
    if answer.outcome is Outcome.DUPLICATE and words:
        actions.write_message(phase=lap.phase, supporter=sheet.supporter, text=words)
    if answer.outcome is Outcome.ACCEPTED and (token := request.session.pop(FROM, "")):
        actions.count_cheer(sheet.campaign, token, sheet.supporter)
    return _said(sheet, answer, bool(words))


def _too_late(sheet: Sheet) -> Refusal:
    last = next((lap for lap in reversed(sheet.laps) if lap.state == "over"), None) or sheet.next_lap
    return queries.too_late(last.phase) if last else NoRound()


def _said(sheet: Sheet, answer: Answer, words: bool) -> str:
    camp = next((camp.name for camp in sheet.camps if camp.pk == answer.camp), "")
    facts = {"camp": camp, "time": f"{timezone.localtime(clock.now()):%H:%M:%S}"}
    told = {
        Outcome.ACCEPTED: _("Your cheer for %(camp)s counts since %(time)s."),
        Outcome.CHANGED: _("Your cheer is for %(camp)s from %(time)s on."),
        Outcome.DUPLICATE: _("Your cheer for %(camp)s stands already; at %(time)s nothing changed in the count."),
    }[answer.outcome] % facts
    return " ".join([told, _("Your words wait for a moderator.")]) if words else told


@require_POST
def ask_for_pass(request: HttpRequest, slug: str) -> HttpResponse:
    """A guest's pass: one letter, or at once on this device, as the rules say."""
    sheet = sheet_of(request, slug)
    if sheet.rules["guest_way"] == "device":
        return _on_device(request, sheet)
    form = GuestForm(request.POST)
    if form.is_valid():
        address = form.cleaned_data["address"]
        try:
            asked = actions.welcome_guest(campaign=sheet.campaign, address=address)
            if asked is not None:
                _send(sheet.campaign, address, asked.supporter)
        except Refusal as refusal:
            refuse(form, refusal)
        except (SMTPException, OSError):
            form.add_error(None, _("The letter could not be sent. Try again in a moment."))
        else:
            messages.success(request, _("Your pass is on its way by mail. Open it on this device."))
            return redirect("cheer:initiative", slug=slug)
    return campaign_page(request, sheet, guest_form=form, status=422)


def _on_device(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if sheet.guest:
        return redirect("cheer:initiative", slug=sheet.campaign.slug)
    given = actions.give_pass(campaign=sheet.campaign)
    messages.success(request, _("This device has its pass. Choose your camp."))
    response = redirect("cheer:initiative", slug=sheet.campaign.slug)
    passes.hand_over(response, request, sheet.campaign, given.supporter)
    return response


def _send(campaign: Initiative, address: str, supporter: str) -> None:
    path = reverse("cheer:pass", args=[campaign.slug, passes.signed(campaign, supporter)])
    facts = {"campaign": campaign.title, "link": f"{settings.BASE_URL}{path}"}
    subject = _("Your pass to cheer: %(campaign)s") % facts
    text = _(
        "Hello,\n\nWith this link you cheer in “%(campaign)s” without an account. It is valid for three days and "
        "opens the campaign on one device:\n\n%(link)s\n\nYou did not ask for it? Then do nothing: nothing will come "
        "after it."
    )
    send_mail(subject, text % facts, None, [address])


@require_GET
def open_pass(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The link of the letter: the pass goes to this browser."""
    sheet = sheet_of(request, slug)
    response = redirect("cheer:initiative", slug=slug)
    if sheet.viewer is not None:
        messages.info(request, _("You are signed in: you cheer as a member, no pass is needed."))
        return response
    try:
        given = actions.give_pass(campaign=sheet.campaign, supporter=passes.read(sheet.campaign.pk, token))
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return response
    messages.success(request, _("Your pass is valid. Choose your camp."))
    passes.hand_over(response, request, sheet.campaign, given.supporter)
    return response
