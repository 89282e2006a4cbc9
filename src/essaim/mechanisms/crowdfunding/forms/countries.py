"""Countries by name, for addresses: ISO 3166-1 alpha-2. Those of the house's neighbours come first in the list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.kit.text import sort_key

NAMES = {
    "FR": _("France"), "BE": _("Belgium"), "CH": _("Switzerland"), "LU": _("Luxembourg"), "MC": _("Monaco"),
    "DE": _("Germany"), "AT": _("Austria"), "IT": _("Italy"), "ES": _("Spain"), "PT": _("Portugal"),
    "NL": _("Netherlands"), "GB": _("United Kingdom"), "IE": _("Ireland"), "DK": _("Denmark"), "SE": _("Sweden"),
    "NO": _("Norway"), "FI": _("Finland"), "IS": _("Iceland"), "PL": _("Poland"), "CZ": _("Czechia"),
    "SK": _("Slovakia"), "HU": _("Hungary"), "SI": _("Slovenia"), "HR": _("Croatia"), "RO": _("Romania"),
    "BG": _("Bulgaria"), "GR": _("Greece"), "CY": _("Cyprus"), "MT": _("Malta"), "EE": _("Estonia"),
    "LV": _("Latvia"), "LT": _("Lithuania"), "UA": _("Ukraine"), "CA": _("Canada"), "US": _("United States"),
    "MX": _("Mexico"), "BR": _("Brazil"), "AR": _("Argentina"), "CL": _("Chile"), "MA": _("Morocco"),
    "DZ": _("Algeria"), "TN": _("Tunisia"), "SN": _("Senegal"), "CI": _("Côte d’Ivoire"), "CM": _("Cameroon"),
    "MG": _("Madagascar"), "ZA": _("South Africa"), "TR": _("Türkiye"), "IL": _("Israel"), "LB": _("Lebanon"),
    "IN": _("India"), "CN": _("China"), "HK": _("Hong Kong"), "JP": _("Japan"), "KR": _("South Korea"),
    "SG": _("Singapore"), "AU": _("Australia"), "NZ": _("New Zealand"),
}  # fmt: skip


def name_of(code: str) -> str:
    """The country's name in the reader's language; its code when we do not know it."""
    return str(NAMES.get(code, code))


def choices(*, first: str = "FR", served: frozenset[str] | None = None) -> list[tuple[str, str]]:
    """Codes and names in the reader's alphabet, `first` on top; `served` leaves out the others."""
    known = [(code, str(name)) for code, name in NAMES.items() if served is None or code in served]
    return sorted(known, key=lambda pair: (pair[0] != first, sort_key(pair[1])))
