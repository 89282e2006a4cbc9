"""The wizard's two steps: the file, then which column says what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.connectors.tables import domain
from essaim.connectors.tables.domain import Layout

MOST_BYTES = 10 * 1024 * 1024
LABELS = {
    "text": _("text"),
    "published": _("date"),
    "id": _("number"),
    "author": _("author"),
    "url": _("address of the post"),
    "title": _("title"),
    "parent": _("answers the number or address"),
    "language": _("language"),
    "reactions": _("reactions (count)"),
    "reach": _("people reached (count)"),
    "tags": _("tags"),
}
ORDERS = {
    "iso": _("year first: 2026-03-31 18:00"),
    "day-first": _("day first: 31/03/2026 18:00"),
    "month-first": _("month first: 03/31/2026 6:00 pm"),
    "words": _("in words: 31 mars 2026, March 31 2026"),
    "seconds": _("seconds or milliseconds since 1970"),
}
NONE = _("none")


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("table"),
        help_text=_("CSV, JSON Lines or XLSX, 10 MB at most, with the names of the columns first. Larger ones go "
                    "through the command “essaim import mentions table”."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB: use the command, or cut it in parts."))
        return file


class LayoutForm(forms.Form):
    """A select for each field, made of the table's own columns."""

    platform = forms.SlugField(
        label=_("where it was said"), max_length=40, help_text=_("One short word: shop, forum, twitter …")
    )
    dates = forms.ChoiceField(label=_("how dates are written"), choices=list(ORDERS.items()))
    zone = forms.CharField(
        label=_("time zone"), max_length=60, help_text=_("Of dates that do not tell it: Europe/Paris, UTC …")
    )
    handles = forms.BooleanField(label=_("@names in the text are addressed"), required=False)
    labels = forms.MultipleChoiceField(
        label=_("kept beside, to compare"), required=False, widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(
        label=_("save this mapping as"),
        required=False,
        max_length=80,
        help_text=_("For the next table of this kind."),
    )

    def __init__(self, columns: Sequence[str], layout: Layout, data: Any = None) -> None:
        shown = {name: column for name, column in layout.columns.items() if column in columns}
        rest = {"platform": layout.platform, "dates": layout.dates, "zone": layout.zone, "handles": layout.handles}
        kept = [column for column in layout.labels if column in columns]
        super().__init__(data, initial={**shown, **rest, "labels": kept})
        self.layout = layout
        choices = [("", NONE), *((column, column) for column in columns)]
        for name in reversed(domain.FIELDS):
            needed = name in ("text", "published")
            field = forms.ChoiceField(label=LABELS[name], choices=choices, required=needed)
            self.fields = {name: field, **self.fields}
        self.fields["labels"].choices = [(column, column) for column in columns]  # type: ignore[attr-defined]

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        try:
            domain.zone_of(zone)
        except domain.ZoneUnknown as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return zone

    def chosen(self) -> Layout:
        """The mapping as filled in; what the form does not ask for stays."""
        told = self.cleaned_data
        return Layout(
            columns={name: told[name] for name in domain.FIELDS if told.get(name)},
            platform=told["platform"],
            labels=tuple(told["labels"]),
            dates=told["dates"],
            zone=told["zone"],
            handles=told["handles"],
            address=self.layout.address,
            separator=self.layout.separator,
            encoding=self.layout.encoding,
        )
