"""The file, and the sentence one agrees to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 50 * 1024 * 1024
WORDING = _(
    "I give these posts to this house. It may count and read them like anything said in public, under a pseudonym. "
    "I may take them back at any time; they then go."
)


class ExportForm(forms.Form):
    file = forms.FileField(
        label=_("your export"),
        help_text=_(
            "The ZIP as Mastodon, Reddit, YouTube (Google Takeout) or Discord sent it to you, 50 MB at most. Only "
            "what you said in public yourself is read; the file is not kept."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 50 MB: take pictures and films out of it."))
        return file
