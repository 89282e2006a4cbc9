"""Who answers whom in chats: our inference beside the links made by hand, and beside "answers the message before".

    python -m benchmarks.replies          precision and recall on hours the weights were not fitted to
    python -m benchmarks.replies --fit    fit the weights again and print them

Data: Kummerfeld et al., ACL 2019 (CC BY 4.0), in ESSAIM_SAMPLE_DATA/open/irc_disentanglement. A link joins a
message to one it answers or goes on from. As in that paper a beginning is a link to itself; the second table leaves
these out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from essaim.connectors.irc.read import day_of, lines
from essaim.listening.replies import Line, infer, reader_of

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = Path(os.environ.get("ESSAIM_SAMPLE_DATA", ROOT.parent / "shared" / "data")) / "open/irc_disentanglement"
FITTED_TO = ("2004-11-15_03", "2005-08-08_01", "2009-02-23_10", "2009-10-01_17", "2011-11-13_02")
Links = set[tuple[int, int]]
Infer = Callable[[list[Line]], list[int | None]]


@dataclass(frozen=True)
class Chat:
    """One log: its messages, the number of each in the file, and the links made by hand (later, earlier)."""

    name: str
    said: list[Line]
    numbers: list[int]
    links: Links

    @property
    def annotated(self) -> set[int]:
        return {later for later, _earlier in self.links}


@dataclass(frozen=True)
class Measured:
    links: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.links if self.links else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def chats(folder: Path = SAMPLES) -> Iterator[Chat]:
    """The hours of the channel `ubuntu`, and the second channel as one."""
    for path in sorted([*folder.glob("dev/*.annotation.txt"), *folder.glob("channel-two/*.all.annotation.txt")]):
        name = path.name.removesuffix(".annotation.txt")
        text = path.with_name(f"{name}.raw.txt").read_text(errors="replace")
        day = day_of(name) or datetime(2007, 1, 1)
        heard = [(n, one) for n, one in lines(text, name=name, day=day, zone=UTC) if isinstance(one, Line)]
        pairs = (tuple(map(int, row.split()[:2])) for row in path.read_text().splitlines())
        said = {number for number, _line in heard}
        links = {(max(pair), min(pair)) for pair in pairs if max(pair) in said}
        yield Chat(name, [line for _n, line in heard], [n for n, _line in heard], links)


def the_one_before(said: list[Line]) -> list[int | None]:
    return [place - 1 if place else None for place in range(len(said))]


def found(chat: Chat, infer: Infer) -> Links:
    parents = infer(chat.said)
    numbers, wanted = chat.numbers, chat.annotated
    return {
        (numbers[place], numbers[place if parent is None else parent])
        for place, parent in enumerate(parents)
        if numbers[place] in wanted
    }


def measure(chosen: list[Chat], infer: Infer, *, beginnings: bool) -> Measured:
    links = right = told = 0
    for chat in chosen:
        ours, theirs = found(chat, infer), chat.links
        if not beginnings:
            ours, theirs = ({(a, b) for a, b in some if a != b} for some in (ours, theirs))
        links, told, right = links + len(theirs), told + len(ours), right + len(ours & theirs)
    return Measured(links, told, right)


def fit(chosen: list[Chat], *, rounds: int = 300, penalty: float = 1e-3) -> dict[str, float]:
    """Multinomial logistic regression over each message's choices, by gradient (Adam), with the links made by hand
    as what was decided before."""
    import numpy as np

    names: dict[str, int] = {}
    groups = [group for chat in chosen for group in _choices(chat, names)]
    width = len(names)
    rows, owner, right = [], [], []
    for number, group in enumerate(groups):
        for features, gold in group:
            row = np.zeros(width)
            for name, value in features.items():
                row[names[name]] = value
            rows.append(row)
            owner.append(number)
            right.append(gold)
    x, group_of, gold = np.array(rows), np.array(owner), np.array(right, dtype=float)
    shares = gold / np.bincount(group_of, gold)[group_of]
    w, m, v = np.zeros(width), np.zeros(width), np.zeros(width)
    starts = np.flatnonzero(np.r_[True, group_of[1:] != group_of[:-1]])
    for step in range(1, rounds + 1):
        score = x @ w
        score -= np.maximum.reduceat(score, starts)[group_of]
        chance = np.exp(score)
        chance /= np.add.reduceat(chance, starts)[group_of]
        slope = x.T @ (chance - shares) / len(groups) + penalty * w
        m, v = 0.9 * m + 0.1 * slope, 0.99 * v + 0.01 * slope**2
        w -= 0.1 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(w[place]), 2) for name, place in names.items()}


def _choices(chat: Chat, names: dict[str, int]) -> Iterator[list[tuple[dict[str, float], bool]]]:
    """For each message linked by hand to something within reach: its choices, and which are right."""
    reader, place_of = reader_of(chat.said), {number: place for place, number in enumerate(chat.numbers)}
    golds: dict[int, set[int | None]] = {}
    for later, earlier in chat.links:
        if earlier in place_of:
            place = place_of[later]
            golds.setdefault(place, set()).add(None if later == earlier else place_of[earlier])
    for line in chat.said:
        here = reader.take(line)
        gold = golds.get(here, set())
        group = [(features, there in gold) for there, features in reader.choices(here)] if gold else []
        for features, _right in group:
            for name in features:
                names.setdefault(name, len(names))
        if any(right for _features, right in group):
            yield group
        known = [place for place in gold if place is not None]
        reader.settle(here, max(known) if known else None)


def main() -> int:
    everything = list(chats())
    if not everything:
        sys.stderr.write("No sample of chats (ESSAIM_SAMPLE_DATA).\n")
        return 2
    if "--fit" in sys.argv:
        for name, weight in fit([chat for chat in everything if chat.name in FITTED_TO]).items():
            print(f'    "{name}": {weight},')  # noqa: T201
        return 0
    held = [chat for chat in everything if chat.name not in FITTED_TO]
    places = {
        "ubuntu, five hours held out": [chat for chat in held if day_of(chat.name)],
        "a second channel, never seen": [chat for chat in held if not day_of(chat.name)],
    }
    for title, beginnings in (("With beginnings", True), ("Links between two messages only", False)):
        print(f"\n{title:50}{'links':>7}{'precision':>11}{'recall':>8}{'F1':>7}")  # noqa: T201
        for place, some in places.items():
            for how, name in ((infer, "ours"), (the_one_before, "the message before")):
                got = measure(some, how, beginnings=beginnings)
                figures = f"{got.links:7}{got.precision:11.3f}{got.recall:8.3f}{got.f1:7.3f}"
                print(f"{place + ': ' + name:50}{figures}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
