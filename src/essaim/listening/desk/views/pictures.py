"""The pictures, and all of their figures as one table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from essaim.kit import clock
from essaim.listening.desk import pictures
from essaim.listening.desk.domain import Mood
from essaim.listening.desk.forms import day
from essaim.listening.desk.giving import Echo
from essaim.listening.desk.models import Brand
from essaim.listening.desk.queries import pictures as sums
from essaim.listening.desk.queries.pictures import Period
from essaim.listening.desk.queries.progress import is_uncounted
from essaim.listening.desk.queries.progress import progress as found
from essaim.listening.desk.views.entering import listeners_only

DAYS = 28
LONGEST = 3_660  # days


class PeriodForm(forms.Form):
    """Of which brand, over which days, beside which others."""

    brand = forms.ChoiceField(label=_("Brand"), required=False)
    since = day(label=_("From"), required=False)
    until = day(label=_("To"), required=False)
    other_since = day(label=_("Compared: from"), required=False, help_text=_("Empty: as many days, just before."))
    other_until = day(label=_("Compared: to"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.brands = {str(one.pk): one for one in Brand.objects.filter(retired_at=None)}
        choices = [("all", _("all that is heard")), *((pk, one.name) for pk, one in self.brands.items())]
        self.fields["brand"].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> pictures.Asked:
        """What was asked for; what was left out or typed wrong is our own brand over the last four weeks."""
        self.is_valid()
        given = self.cleaned_data
        own = next((one for one in self.brands.values() if one.own), None)
        brand = None if given.get("brand") == "all" else self.brands.get(given.get("brand", ""), own)
        until = given.get("until") or timezone.localdate(clock.now())
        since = given.get("since") or until - timedelta(days=DAYS - 1)
        since = max(min(since, until), until - timedelta(days=LONGEST))
        period = Period(since, until)
        other = given.get("other_since"), given.get("other_until")
        versus = Period(*other) if other[0] and other[1] and other[0] <= other[1] else period.before()  # type: ignore[arg-type]
        return pictures.Asked(brand, period, versus)


@require_safe
@listeners_only
def progress(request: HttpRequest) -> HttpResponse:
    """How far the figures are, asked again and again by their page; where nothing was to be seen, it is now."""
    far = found()
    if not far and "first" in request.GET:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "listening_desk/_progress.html", {"far": far, "asked_again": True})


@require_safe
@listeners_only
def index(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.GET)
    asked = form.asked()
    shown = pictures.all_pictures(asked)
    before = sums.total(asked.brand, asked.versus) if asked.versus else None
    whole = sums.total(asked.brand, asked.period)
    chosen = {
        "brand": "all" if asked.brand is None else str(asked.brand.pk),
        "since": asked.period.since.isoformat(),
        "until": asked.period.until.isoformat(),
        "other_since": request.GET.get("other_since", ""),
        "other_until": request.GET.get("other_until", ""),
    }
    context = {
        "form": PeriodForm(chosen),
        "asked": asked,
        "pictures": shown,
        "charts": {one.slug: one.chart for one in shown if one.chart},
        "whole": whole if whole.is_told else None,
        "before": before if before is not None and before.is_told else None,
        "change": pictures.whole_change(asked, before, whole),
        "url": asked.inbox(),
        "far": found(),
        "uncounted": not whole.is_told and is_uncounted(asked.period),
        "query": request.GET.urlencode(),
    }
    return render(request, "listening_desk/pictures.html", context)


COLUMNS = (
    "picture", "label", "brand", "from", "to", "mentions", "n", "share", "share_low", "share_high",
    "favourable", "unfavourable", "net_sentiment", "net_low", "net_high", "neutral_share", "neutral_low",
    "neutral_high", "corrected", "times", "times_low", "times_high", "mentions_page",
)  # fmt: skip


@require_safe
@listeners_only
def figures(request: HttpRequest) -> StreamingHttpResponse:
    """Every figure of the page, as CSV; numbers are written as programs read them."""
    asked = PeriodForm(request.GET).asked()
    answer = StreamingHttpResponse(_lines(asked, request), content_type="text/csv; charset=utf-8")
    name = f"listening-{asked.period.since}-{asked.period.until}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _lines(asked: pictures.Asked, request: HttpRequest) -> Iterator[str]:
    writer: Any = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for picture in pictures.all_pictures(asked):
        for row in picture.rows:
            yield writer.writerow([_cell(value) for value in _values(asked, picture, row, request)])


def _values(asked: pictures.Asked, picture: pictures.Picture, row: pictures.Row, request: HttpRequest) -> list[Any]:
    share, mood, change = row.share, row.mood, row.change
    return [
        picture.slug, row.label, asked.brand.name if asked.brand else "", asked.period.since, asked.period.until,
        row.mentions, *((share.n, share.share, share.low, share.high) if share else (None,) * 4),
        *((mood.favourable, mood.unfavourable, mood.net, mood.low, mood.high, *_neutral(mood), mood.corrected)
          if mood else (None,) * 9),
        *((change.ratio, change.low, change.high) if change else (None,) * 3),
        request.build_absolute_uri(row.url) if row.url else "",
    ]  # fmt: skip


def _neutral(mood: Mood) -> tuple[float | None, ...]:
    found = mood.of_neutral
    return (found.share, found.low, found.high) if found else (None,) * 3


def _cell(value: Any) -> Any:
    """A word that begins like a formula is not one for the spreadsheet that opens it."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    return "" if value is None else value
