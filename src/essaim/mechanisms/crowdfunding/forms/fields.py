"""Fields of the campaigns' desk: a picture made safe, a month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.domain import PictureNotDescribed
from essaim.kit import images, media
from essaim.kit.errors import Refusal
from essaim.kit.money import NARROW_NO_BREAK

AREA = {"rows": 3}


def percent(rate: int) -> str:
    """Basis points as they are read: “5,5 %” in French, “5.5%” in English."""
    space = NARROW_NO_BREAK if (get_language() or "fr").startswith("fr") else ""
    return f"{number_format(Decimal(rate) / 100)}{space}%"


class PictureField(forms.FileField):
    """A picture made safe: decoded, turned upright, stripped, written anew."""

    def __init__(self, **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": images.ACCEPTED})
        super().__init__(**{"required": False, "widget": widget, **options})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload or upload == initial:
            return None
        try:
            picture = images.clean(upload)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return ContentFile(picture.large, f"{media.fresh_name()}.{picture.extension}")


class StoryPictureField(forms.FileField):
    """A picture for a text; the act makes it safe and keeps it, the text names it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Add a picture"),
            required=False,
            help_text=_(
                "JPEG, PNG or WebP. It is put at the end of the text; move its line where you want it. "
                "The place and the device noted in the file are taken out."
            ),
            widget=forms.FileInput(attrs={"accept": images.ACCEPTED}),
        )


def ask_what_it_shows(form: forms.Form) -> None:
    """A picture comes with its words."""
    if form.cleaned_data.get("picture") and not form.cleaned_data.get("picture_alt"):
        form.add_error("picture_alt", str(PictureNotDescribed()))


class MonthField(forms.DateField):
    """A month, kept as its first day."""

    widget = forms.DateInput(attrs={"type": "month", "placeholder": "2027-05"}, format="%Y-%m")
    input_formats = ("%Y-%m", "%m/%Y", "%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        return day.replace(day=1) if day else None
