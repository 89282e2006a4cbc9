"""The words of the papers: receipts of payment and of withdrawal, the certificate."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essaim.kit import clock
from essaim.kit.dates import when
from essaim.kit.money import format_amount
from essaim.mechanisms.crowdfunding import papers, queries
from essaim.mechanisms.crowdfunding.forms import countries
from essaim.mechanisms.crowdfunding.forms.fields import percent
from essaim.mechanisms.crowdfunding.models import Pledge, Withdrawal
from essaim.mechanisms.crowdfunding.views.sheet import Sheet
from essaim.people.queries import house, reader_language


def as_file(content: bytes, kind: str, pledge: Pledge) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}-{pledge.campaign.slug}-{pledge.number}.pdf"'
    return response


def letterhead() -> papers.Letterhead:
    row = house()
    imprint = row.legal_person.strip()[:400]
    language = reader_language()
    return papers.Letterhead(row.name, imprint, language, row.colour_main, row.colour_accent, clock.now())


def _money(amount: int, pledge: Pledge) -> str:
    return format_amount(amount, pledge.unit, reader_language())


def name_of(pledge: Pledge) -> str:
    return str(pledge.backer) if pledge.backer else pledge.name or pledge.email


def _to(pledge: Pledge) -> Sequence[str]:
    where = pledge.address or {}
    lines = [where.get("name") or name_of(pledge), *where.get("lines", "").splitlines()]
    lines.append(f"{where.get('postcode', '')} {where.get('city', '')}".strip())
    lines.append(countries.name_of(pledge.country) if where and pledge.country else "")
    return [line for line in lines if line]


def _number(pledge: Pledge) -> str:
    return _("Pledge %(number)s – %(campaign)s") % {"number": pledge.number, "campaign": pledge.campaign.title}


def _bought(pledge: Pledge) -> list[tuple[str, str]]:
    lines = []
    for line in pledge.lines.select_related("tier"):
        title = f"{line.quantity} × {line.tier.title}" if line.quantity > 1 else line.tier.title
        chosen = ", ".join(line.options.values())
        lines.append(
            (f"{title} ({chosen})" if chosen else title, "" if pledge.waived else _money(line.amount, pledge))
        )
    if pledge.gift:
        lines.append((_("Gift"), _money(pledge.gift, pledge)))
    if pledge.shipping:
        lines.append((_("Shipping"), _money(pledge.shipping, pledge)))
    return lines


def receipt(pledge: Pledge) -> bytes:
    """What was paid for what, and what went back since."""
    rules = queries.rules_of(pledge.campaign)
    back = pledge.refunded + pledge.lost + pledge.credited
    lines = _bought(pledge)
    if back:
        lines.append((_("Paid back since"), _money(-back, pledge)))
    gift = _("A gift, collected by %(partner)s.") % {"partner": rules.partner.name}
    facts = [
        (_("Confirmed"), when(pledge.confirmed_at) if pledge.confirmed_at else "–"),
        (_("Paid by"), pledge.get_method_display()),
    ]
    words = papers.Receipt(
        title=_("Receipt"),
        number=_number(pledge),
        to=_to(pledge),
        facts=facts,
        lines=lines,
        total=(_("Received"), _money(pledge.captured - back, pledge)),
        notes=_vat(pledge) if rules.is_sale else [gift],
    )
    return papers.receipt(letterhead(), words)


def _vat(pledge: Pledge) -> list[str]:
    """The VAT in what was received, rate by rate."""
    found = [
        _("VAT %(rate)s: %(vat)s in %(gross)s (%(net)s without VAT)")
        % {
            "rate": percent(part.rate),
            "vat": _money(part.vat, pledge),
            "gross": _money(part.gross, pledge),
            "net": _money(part.net, pledge),
        }
        for part in queries.vat_of(pledge)
    ]
    if pledge.gift or pledge.waived:
        found.append(_("What is given beyond the price is a gift: it bears no VAT."))
    return found or [_("A purchase: prices include VAT.")]


def withdrawal(found: Withdrawal) -> bytes:
    """The receipt the law asks for: what was declared, its content, the date and the hour it was received."""
    pledge, at = found.pledge, found.confirmed_at
    assert at is not None
    moment = date_format(localtime(at), "j F Y, H:i:s T")
    words = papers.Receipt(
        title=_("Receipt of withdrawal"),
        number=_number(pledge),
        to=_to(pledge),
        facts=[
            (_("Declared"), date_format(localtime(found.declared_at), "j F Y, H:i:s T")),
            (_("Confirmed"), moment),
        ],
        lines=_bought(pledge),
        total=(_("To be paid back"), _money(found.amount, pledge)),
        notes=[*(line for line in found.receipt.splitlines() if line.strip()), f"SHA-256 {found.sha256}"],
    )
    return papers.receipt(letterhead(), words)


def certificate(pledge: Pledge, sheet: Sheet) -> bytes:
    others = max(sheet.backers - 1, 0)
    said = [_("made “%(campaign)s” possible") % {"campaign": sheet.campaign.title}]
    if others:
        said.append(ngettext("with %(n)d other person.", "with %(n)d other people.", others) % {"n": others})
    closed = sheet.row.closed_at or clock.now()
    words = papers.Certificate(
        title=_("Thank you"),
        to=name_of(pledge),
        said=said,
        engraved=_cut(pledge),
        engraved_label=_("Engraved"),
        signed=_("%(house)s, %(day)s · pledge %(number)s")
        % {"house": house().name, "day": date_format(localtime(closed), "j F Y"), "number": pledge.number},
    )
    return papers.certificate(letterhead(), words)


def _cut(pledge: Pledge) -> list[str]:
    """What is engraved for this pledge."""
    lines = pledge.lines.select_related("tier")
    options = [(option, line.options) for line in lines for option in line.tier.as_offer().options]
    return [
        chosen[option.slug] for option, chosen in options if option.kind == "engraving" and chosen.get(option.slug)
    ]
