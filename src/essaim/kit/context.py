"""What every template may use without asking: `house`, `scheme` and the address of the theme."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from essaim.kit import theme
from essaim.kit.house import house as face

SCHEMES = ("light", "dark")


def house(request: HttpRequest) -> dict[str, object]:
    now = face()
    scheme = request.COOKIES.get("scheme", "")
    return {
        "house": now,
        "scheme": scheme if scheme in SCHEMES else "",
        "theme_url": f"{reverse('kit:theme')}?v={theme.version(now.colours)}",
    }
