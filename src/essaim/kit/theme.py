"""The house's colours as a stylesheet: given three colours, every text on them is made readable."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from essaim.kit.colour import adjust, mix, parse, readable_ink, write
from essaim.kit.house import Colours

DARK_INK, LIGHT_INK = "#211a10", "#fffaf0"
POPPY = "#b83a26"


@dataclass(frozen=True)
class Ground:
    """One scheme's surfaces, the same values as tokens.css; `tint` is how much colour a soft surface takes."""

    paper: str
    raised: str
    sunk: str
    tint: float


DAY = Ground(paper="#fffaf0", raised="#fffdf8", sunk="#f8efdd", tint=0.16)
NIGHT = Ground(paper="#17130d", raised="#201b13", sunk="#110e09", tint=0.17)


def tokens(colours: Colours, ground: Ground) -> dict[str, str]:
    """Token by name for one scheme. Every `on-x` reads on `x`; amber, leaf and poppy read on every surface."""
    main = write(parse(colours.main))
    values = {"honey": main, "on-honey": readable_ink(main, DARK_INK, LIGHT_INK)}
    values["honey-soft"] = mix(main, ground.paper, ground.tint + 0.06)
    soft = {
        name: mix(colour, ground.paper, ground.tint * 0.8)
        for name, colour in (("amber", colours.accent), ("leaf", colours.calm), ("poppy", POPPY))
    }
    grounds = (ground.paper, ground.raised, ground.sunk, values["honey-soft"])
    for name, colour in (("amber", colours.accent), ("leaf", colours.calm), ("poppy", POPPY)):
        shade = adjust(write(parse(colour)), (*grounds, soft[name]))
        values |= {
            name: shade,
            f"on-{name}": readable_ink(shade, LIGHT_INK, DARK_INK),
            f"{name}-soft": soft[name],
        }
    return values


@lru_cache(maxsize=8)
def stylesheet(colours: Colours) -> str:
    """The text of theme.css."""
    day, night = tokens(colours, DAY), tokens(colours, NIGHT)
    lines = [f"    --{name}: light-dark({day[name]}, {night[name]});" for name in day]
    return "\n".join(["@layer tokens {", "  :root {", *lines, "  }", "}", ""])


@lru_cache(maxsize=8)
def version(colours: Colours) -> str:
    """Changes when the stylesheet does, so that browsers may keep it for good."""
    return hashlib.sha256(stylesheet(colours).encode()).hexdigest()[:12]
