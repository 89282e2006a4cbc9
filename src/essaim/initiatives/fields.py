"""Fields of forms at a desk: what is typed in euros or percent is kept in cents or basis points."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from essaim.kit.errors import Refusal
from essaim.kit.money import parse_amount, unit
from essaim.people.models import Member
from essaim.people.queries import find_member

LOCAL = "%Y-%m-%dT%H:%M:%S"
HUNDRED = Decimal(100)


class UnitInput(forms.TextInput):
    """A text input with its unit beside it."""

    template_name = "initiatives/widgets/unit.html"

    def __init__(self, symbol: str, **attrs: Any) -> None:
        super().__init__({"inputmode": "decimal", **attrs})
        self.symbol = symbol

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "symbol": self.symbol}


class MoneyField(forms.CharField):
    """Typed as money is written, kept in minor units."""

    def __init__(self, *, code: str = "EUR", **options: Any) -> None:
        self.code = code
        super().__init__(**{"max_length": 24, "widget": UnitInput(unit(code).symbol), **options})

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / unit(self.code).scale:f}".replace(".00", "") if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        typed = super().clean(value)
        if not typed:
            return 0
        try:
            amount = parse_amount(typed, self.code, get_language() or "fr")
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        if amount < 0:
            raise ValidationError(forms.IntegerField(min_value=0).error_messages["invalid"])
        return amount


class PercentField(forms.DecimalField):
    """Typed in percent, kept in basis points."""

    def __init__(self, **options: Any) -> None:
        settings = {"min_value": 0, "max_value": 100, "max_digits": 5, "decimal_places": 2, "localize": True}
        super().__init__(**{**settings, "widget": UnitInput("%"), **options})

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / HUNDRED:.2f}".rstrip("0").rstrip(".") if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        percent = super().clean(value)
        return int(percent * HUNDRED) if percent else 0


class CountField(forms.IntegerField):
    """A count of something; empty means none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 1_000_000, "required": False, **options})

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class MomentField(forms.DateTimeField):
    """A moment picked in the browser's own way, to the second, in the house's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format=LOCAL)
    input_formats = (LOCAL, "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")


class MemberField(forms.CharField):
    """A member, by handle."""

    def clean(self, value: Any) -> Member | None:
        typed = super().clean(value).strip().removeprefix("@")
        if not typed:
            return None
        member = find_member(typed)
        if member is None:
            raise forms.ValidationError(_("Nobody here answers to this handle. Check it on the person's page."))
        return member


class MembersField(forms.CharField):
    """Several members, by handle, separated by commas, spaces or lines."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[Member]:
        typed = super().clean(value).replace(",", " ").split()
        found = {name: find_member(name.removeprefix("@")) for name in typed}
        unknown = [name for name, member in found.items() if member is None]
        if unknown:
            raise forms.ValidationError(
                _("Nobody here answers to: %(names)s.") % {"names": ", ".join(unknown)}, code="unknown"
            )
        return [member for member in found.values() if member is not None]
