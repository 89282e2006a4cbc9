"""A supporter's own card and link, the link's page for who comes through it, and cards of messages and campaigns."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from essaim.initiatives.typed import ask_to_sign_in
from essaim.mechanisms.cheer import actions, cards, queries
from essaim.mechanisms.cheer.forms.cheering import NameForm
from essaim.mechanisms.cheer.models import Cheer, PersonalLink
from essaim.mechanisms.cheer.sheets import Sheet, readable_campaigns
from essaim.mechanisms.cheer.views.sheet import FROM, sheet_of
from essaim.people.face import face
from essaim.people.models import Member


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """The viewer's card and link, and how many came through it. A POST says whether his name stands on it."""
    sheet = sheet_of(request, slug)
    if not sheet.supporter:
        return ask_to_sign_in(request)
    cheers = list(queries.cheers_of(sheet.campaign, sheet.supporter)[:12])
    link = queries.link_of(sheet.campaign, sheet.supporter)
    if cheers and (link is None or request.method == "POST"):
        form = NameForm(request.POST if request.method == "POST" else None)
        named = form.is_valid() and form.cleaned_data["named"] and sheet.viewer is not None
        link = actions.make_link(campaign=sheet.campaign, supporter=sheet.supporter, named=bool(named))
        if request.method == "POST":
            messages.success(request, _("Your card is drawn anew."))
            return redirect("cheer:mine", slug=slug)
    address = request.build_absolute_uri(reverse("cheer:link", args=[link.token])) if link else ""
    context = {"sheet": sheet, "cheers": cheers, "link": link, "address": address}
    context["rank"] = queries.rank_of(cheers[0]) if cheers else 0
    return render(request, "cheer/mine.html", context)


@require_GET
def link(request: HttpRequest, token: str) -> HttpResponse:
    """What someone sees who was sent a link: whose camp it is, and the way in. Counted once a visit."""
    found = get_object_or_404(PersonalLink.objects.select_related("campaign__community"), token=token)
    campaign = get_object_or_404(readable_campaigns(None), pk=found.campaign_id, opened_at__isnull=False)
    sheet = Sheet(campaign, request.user if isinstance(request.user, Member) else None)
    own = queries.supporter_key(sheet.viewer) if sheet.viewer else ""
    if own != found.supporter and _is_visit(request) and request.session.get(FROM) != token:
        request.session[FROM] = token
        actions.count_arrival(found)
    cheer = queries.cheers_of(campaign, found.supporter).first()
    picture = request.build_absolute_uri(reverse("cheer:link-card", args=[token]))
    context = {"sheet": sheet, "link": found, "cheer": cheer, "name": _name(found), "card": picture}
    return render(request, "cheer/link.html", context)


def _is_visit(request: HttpRequest) -> bool:
    """Somebody opens the page, and no program that looks for a preview."""
    return request.headers.get("Sec-Fetch-Mode", "") == "navigate"


def _name(link: PersonalLink) -> str:
    """The supporter's first name if he wishes, nothing otherwise or once he has left."""
    if not link.named or not link.supporter.startswith("member:"):
        return ""
    member = Member.objects.filter(pk=int(link.supporter.removeprefix("member:")), erased_at=None).first()
    return queries.first_name(member)


@require_GET
@cache_control(public=True, max_age=300)
def link_card(request: HttpRequest, token: str) -> HttpResponse:
    """The supporter's card: his camp's colours, his rank of arrival, his first name if he wishes."""
    found = get_object_or_404(PersonalLink.objects.select_related("campaign"), token=token)
    cheer = get_object_or_404(queries.cheers_of(found.campaign, found.supporter)[:1])
    rank, name = queries.rank_of(cheer), _name(found)
    above = _("%(name)s cheers for") % {"name": name} if name else _("I cheer for")
    below = _("Number %(rank)s to arrive") % {"rank": rank}
    return _picture(_card(found.campaign.title, cheer, above, cheer.camp.name, below))


@require_GET
@cache_control(public=True, max_age=300)
def message_card(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One message of the wall as a card."""
    sheet = sheet_of(request, slug)
    message = get_object_or_404(queries.on_the_wall(sheet.campaign), pk=pk)
    name = queries.first_name(queries.authors_of([message]).get(message.cheer.supporter))
    above = (
        _("%(name)s, for %(camp)s") % {"name": name, "camp": message.cheer.camp.name}
        if name
        else (_("For %(camp)s") % {"camp": message.cheer.camp.name})
    )
    return _picture(_card(sheet.campaign.title, message.cheer, above, message.words, "", quoted=True))


@require_GET
@cache_control(public=True, max_age=60)
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The campaign's own card: who leads."""
    sheet = sheet_of(request, slug)
    first = max(sheet.lanes, key=lambda lane: lane.members, default=None)
    if first is None or not first.members:
        camps = " – ".join(camp.name for camp in sheet.camps)
        colour, second = _two(sheet)
        drawn = cards.Card(face().name, "", _("Choose your camp"), camps or sheet.campaign.title, "", colour, second)
    else:
        said = ngettext("%(count)s cheer", "%(count)s cheers", sheet.total) % {"count": sheet.total}
        drawn = cards.Card(
            face().name, sheet.campaign.title, _("In the lead"), first.camp.name, said, first.camp.colour,
            first.camp.second_colour,
        )  # fmt: skip
    return _picture(drawn)


def _two(sheet: Sheet) -> tuple[str, str]:
    both = [camp.colour for camp in sheet.camps[:2]]
    return (both[0], both[1]) if len(both) == 2 else (face().colours.main, "#ffffff")


def _card(title: str, cheer: Cheer, above: str, words: str, below: str, *, quoted: bool = False) -> cards.Card:
    camp = cheer.camp
    return cards.Card(face().name, title, above, words, below, camp.colour, camp.second_colour, quoted)


def _picture(card: cards.Card) -> HttpResponse:
    return HttpResponse(cards.draw(card), content_type="image/png")
