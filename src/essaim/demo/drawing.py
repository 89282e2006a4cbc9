"""Still lifes of the demo house, drawn from a seed: a table, a light, and what an idea is about."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = (1040, 650)
COARSE = 8  # what has no edges is drawn that much smaller
FINE = 2  # drawn twice as large, then made smaller: edges come out smooth

WALLS = ("#f3e3c3", "#e9d8c0", "#dfe3d3", "#f0d9c4", "#dcd6cc")
TABLES = ("#b98a5a", "#a8764a", "#c49a6c", "#8f6a4a")
CRUST, CRUMB, SHADE = "#9a5527", "#d9a15f", "#5b331a"
HONEY, GLASS, LID, LEAF = "#e79a0c", "#f6efe0", "#6b4a2b", "#5f7a4e"

Box = tuple[float, float, float, float]


class Easel:
    """A picture in progress; lengths are hundredths of its height, the origin its upper left corner."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.scale = SIZE[1] * FINE / 100
        self.width = SIZE[0] / SIZE[1] * 100
        self.image = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), self.random.choice(WALLS))
        self.table = self.random.uniform(58, 64)
        self._room()

    def _room(self) -> None:
        """The wall, brighter where the light comes from, and the table."""
        light = ImageChops.invert(Image.radial_gradient("L").crop((128, 128, 256, 256)))
        self.image.paste("#fff8e6", mask=light.resize(self.image.size, Image.Resampling.BILINEAR))
        self.draw = ImageDraw.Draw(self.image)
        colour = self.random.choice(TABLES)
        self.box((0, self.table, self.width, 100), colour)
        for _ in range(26):
            y = self.random.uniform(self.table, 100)
            x = self.random.uniform(-20, self.width)
            self.box((x, y, x + self.random.uniform(20, 70), y + 0.25), mixed(colour, SHADE, 0.22))

    def pixels(self, box: Box) -> tuple[float, float, float, float]:
        left, top, right, bottom = (length * self.scale for length in box)
        return left, top, right, bottom

    def box(self, box: Box, colour: str, radius: float = 0) -> None:
        self.draw.rounded_rectangle(self.pixels(box), radius * self.scale, fill=colour)

    def oval(self, box: Box, colour: str) -> None:
        self.draw.ellipse(self.pixels(box), fill=colour)

    def half(self, box: Box, colour: str) -> None:
        """The upper half of an oval."""
        self.draw.pieslice(self.pixels(box), 180, 360, fill=colour)

    def shape(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        self.draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=colour)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        self.draw.line(scaled, fill=colour, width=round(width * self.scale), joint="curve")

    def shadow(self, box: Box) -> None:
        """A soft shadow under a thing that stands on the table."""
        left, _, right, bottom = box
        across = right - left
        flat = (left - across * 0.04, bottom - across * 0.07, right + across * 0.22, bottom + across * 0.09)
        self.mist(flat, SHADE, dense=150, soft=2.2)

    def mist(self, box: Box, colour: str, *, dense: int, soft: float) -> None:
        """An oval without an edge. Blurred small and made larger: nobody sees the difference, and it costs little."""
        left, top, right, bottom = (round(length / COARSE) for length in self.pixels(box))
        sigma = soft * self.scale / COARSE
        edge = round(3 * sigma)
        veil = Image.new("L", (right - left + 2 * edge, bottom - top + 2 * edge), 0)
        ImageDraw.Draw(veil).ellipse((edge, edge, veil.width - edge, veil.height - edge), fill=dense)
        veil = veil.filter(ImageFilter.GaussianBlur(sigma))
        large = veil.resize((veil.width * COARSE, veil.height * COARSE), Image.Resampling.BILINEAR)
        corner = ((left - edge) * COARSE, (top - edge) * COARSE)
        self.image.paste(colour, (*corner, corner[0] + large.width, corner[1] + large.height), large)

    def finished(self) -> Image.Image:
        """Made smaller, with the grain of paper."""
        small = self.image.reduce(FINE)
        noise = Image.frombytes("L", SIZE, self.random.randbytes(SIZE[0] * SIZE[1]))
        grain = noise.point(lambda grey: 122 + grey // 20)
        return ImageChops.overlay(small, Image.merge("RGB", (grain, grain, grain)))


def mixed(colour: str, other: str, share: float) -> str:
    """`share` of the other colour in this one."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a * (1 - share) + b * share) for a, b in pairs).hex()


def tablet(easel: Easel) -> None:
    """A tablet of gingerbread with squares to break off, a corner already gone."""
    left, top, size, rows, columns = 40.0, 24.0, 13.4, 4, 6
    easel.box((0, 0, easel.width, 100), mixed(TABLES[2], "#ffffff", 0.12))
    easel.shape([(22, 6), (120, 12), (132, 90), (30, 96)], "#f7edd6")
    easel.shadow((left, top, left + columns * size, top + rows * size))
    for row in range(rows):
        for column in range(columns):
            if row + columns - column <= 2:
                continue
            x, y = left + column * size, top + row * size
            easel.box((x, y, x + size - 0.5, y + size - 0.5), CRUST, 1.4)
            tint = mixed(CRUST, CRUMB, easel.random.uniform(0.2, 0.45))
            easel.box((x + 1.4, y + 1.2, x + size - 2.2, y + size - 2.6), tint, 1.2)
    for x, y in ((124, 16), (136, 52)):
        easel.shadow((x, y, x + size, y + size))
        easel.box((x, y, x + size, y + size), CRUST, 1.4)
        easel.box((x + 1.4, y + 1.2, x + size - 1.8, y + size - 2.4), mixed(CRUST, CRUMB, 0.4), 1.2)
    for _ in range(30):
        x, y, r = easel.random.uniform(96, 136), easel.random.uniform(16, 44), easel.random.uniform(0.2, 0.8)
        easel.oval((x, y, x + r, y + r), mixed(CRUST, SHADE, 0.2))


def jar(easel: Easel, left: float, bottom: float, wide: float, high: float, fill: float) -> None:
    """A jar filled to `fill` with honey."""
    top = bottom - high
    easel.shadow((left, top, left + wide, bottom))
    easel.box((left, top, left + wide, bottom), mixed(GLASS, HONEY, 0.18), wide * 0.14)
    level = bottom - 1.2 - (high - 3) * fill
    easel.box((left + 1, level, left + wide - 1, bottom - 1), HONEY, wide * 0.1)
    easel.oval((left + 1, level - 1.3, left + wide - 1, level + 1.3), mixed(HONEY, "#ffd36b", 0.6))
    easel.box((left + wide * 0.12, top + 3, left + wide * 0.19, bottom - 5), mixed(HONEY, "#ffffff", 0.5), 1)
    easel.box((left + wide * 0.08, top - 5, left + wide * 0.92, top + 1.6), LID, 1.4)
    easel.box((left + wide * 0.08, top - 5, left + wide * 0.92, top - 3.4), mixed(LID, "#ffffff", 0.25), 1)


def jars(easel: Easel) -> None:
    """Three jars that come back, each a little less full."""
    jar(easel, 28, 82, 27, 42, 0.9)
    jar(easel, 63, 86, 30, 48, 0.62)
    jar(easel, 104, 81, 25, 36, 0.3)
    tag = [(84, 54), (100, 50), (103, 60), (87, 64)]
    easel.line([(72, 39), (84, 43), (88, 57)], "#7a6a55", 0.5)
    easel.shape(tag, "#fbf3df")
    easel.line([(89, 57), (99, 54.6)], "#8a7b66", 0.6)
    easel.line([(90, 60.4), (97, 58.8)], "#8a7b66", 0.6)


def lamp(easel: Easel) -> None:
    """Jars stacked into a lamp, lit."""
    easel.mist((30, -10, 130, 90), "#ffd98a", dense=190, soft=14)
    for step, fill in enumerate((0.95, 0.8, 0.62)):
        jar(easel, 67 + step * 1.6, 88 - step * 25.4, 27 - step * 3.2, 20.5, fill)
    easel.oval((77, 22, 86, 31), "#fff3c4")
    easel.line([(67, 86), (56, 90), (44, 88), (30, 93), (0, 92)], "#4a3a2a", 0.8)


def loaf(easel: Easel) -> None:
    """A loaf cut on a board, with a sprig beside it."""
    board = mixed("#c49a6c", "#ffffff", 0.2)
    easel.shadow((26, 70, 138, 88))
    easel.box((24, 78, 140, 86), board, 2)
    easel.box((24, 82.5, 140, 86), mixed(board, SHADE, 0.3), 1.6)
    easel.half((34, 34, 120, 118), CRUST)
    easel.half((40, 37, 112, 110), mixed(CRUST, CRUMB, 0.2))
    easel.half((46, 40, 98, 98), mixed(CRUST, CRUMB, 0.4))
    easel.box((38, 74, 116, 78.2), mixed(CRUST, SHADE, 0.25), 2)
    for step in range(5):
        x = 50 + step * 11.0
        easel.line([(x, 64), (x + 3, 55), (x + 8, 47)], mixed(CRUMB, "#fff1d2", 0.6), 1.5)
    easel.line([(122, 79), (140, 46)], LEAF, 0.9)
    for step in range(6):
        x, y = 124 + step * 2.8, 70 - step * 4.3
        easel.oval((x - 5, y - 2, x + 0.4, y + 1.2), LEAF)
        easel.oval((x + 0.6, y - 3.4, x + 6, y - 0.2), mixed(LEAF, "#ffffff", 0.15))


def hives(easel: Easel) -> None:
    """Hives in a row before the hills."""
    for depth, base in enumerate((44, 52)):
        hills = [(0.0, 100.0)] + [
            (x, base + easel.random.uniform(-7, 5)) for x in range(0, round(easel.width) + 20, 20)
        ] + [(easel.width + 20, 100.0)]  # fmt: skip
        easel.shape(hills, mixed(LEAF, "#f2ead2", 0.55 - 0.25 * depth))
    easel.box((0, 64, easel.width, 100), mixed(LEAF, "#d8c48a", 0.3))
    for step, colour in enumerate(("#e8b04a", "#d8dccb", "#c9744e", "#9fb4a8")):
        x, y = 22 + step * 31.0, 58 + easel.random.uniform(-2, 4)
        easel.shadow((x, y, x + 20, y + 26))
        for floor in range(3):
            easel.box((x, y + floor * 8.6, x + 20, y + floor * 8.6 + 8.2), mixed(colour, SHADE, 0.06 * floor), 0.6)
        easel.box((x - 1.2, y - 3, x + 21.2, y), mixed(colour, SHADE, 0.4), 0.6)
        easel.box((x + 5, y + 22, x + 15, y + 23.4), SHADE, 0.5)
    for _ in range(22):
        x, y = easel.random.uniform(20, 146), easel.random.uniform(38, 74)
        easel.oval((x, y, x + 1.1, y + 0.8), "#3a2a12")


MOTIFS: dict[str, Callable[[Easel], None]] = {motif.__name__: motif for motif in (tablet, jars, lamp, loaf, hives)}


def drawn(motif: str, seed: int) -> io.BytesIO:
    """The picture as a file somebody could have sent."""
    easel, out = Easel(seed), io.BytesIO()
    MOTIFS[motif](easel)
    easel.finished().save(out, "JPEG", quality=90)
    out.seek(0)
    return out
