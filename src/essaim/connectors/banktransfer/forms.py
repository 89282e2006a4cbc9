"""Forms of the treasurer's desk at the bank."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 10 * 1024 * 1024


class StatementForm(forms.Form):
    file = forms.FileField(
        label=_("bank statement"),
        help_text=_("CAMT.053 (XML) or CSV, as your bank gives it. Read again, it adds nothing."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB: ask for a shorter period."))
        return file
