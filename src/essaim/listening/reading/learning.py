"""Readers trained, compared on the part held back, and put in use only when they are not worse."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from essaim.kit import clock
from essaim.kit.errors import Refusal, gettext_noop
from essaim.listening.reading import card as cards
from essaim.listening.reading.edition import folder
from essaim.listening.reading.examples import (
    HELD,
    Examples,
    Labelled,
    Where,
    read_labelled,
    restored,
    store,
    together,
    turned,
    unpacked,
)
from essaim.listening.reading.grams import SPACE
from essaim.listening.reading.linear import Linear, load, save
from essaim.listening.reading.models import Correction, Reader
from essaim.listening.reading.training import apart, judged, train
from essaim.listening.reading.valence import Valences, read_valences

_ = gettext_noop
SEED = 1
ENOUGH = 40
"""Fewer examples, or fewer than this many corrections alone, teach a reader nothing that lasts."""


class TooFew(Refusal):
    cause = _("There are %(n)s examples to learn from; %(enough)s of at least two classes are needed.")
    remedy = _("Label or correct more, then train again.")


@dataclass(frozen=True)
class Outcome:
    """What came of a training: the reader kept, in use or refused, with its card."""

    reader: Reader
    card: dict[str, Any]

    @property
    def is_in_use(self) -> bool:
        return self.reader.state == Reader.State.ACTIVE


def train_from_files(
    *,
    task: str,
    files: Sequence[Path],
    language: str = "",
    where: Where | None = None,
    valences: Path | None = None,
    seed: int = SEED,
) -> Outcome:
    """Learn from labelled files, from a list of words and numbers if there is one, and from the team's corrections.
    Raises NotExamples, NotValences, TooFew."""
    rows: list[Labelled] = []
    data = []
    for path in files:
        found = read_labelled(path, task, language=language, where=where)
        rows += found
        data.append(_origin(path, len(found)))
    listed = read_valences(valences) if valences else None
    if valences and listed:
        data.append(_origin(valences, len(listed.words)) | {"of": "words"})
    if language:
        rows = [row for row in rows if row.language in {"", language}]
    return _learn(task, language, turned(task, rows, listed), data, seed, again=partial(turned, task, rows))


def _origin(path: Path, n: int) -> dict[str, Any]:
    return {"file": path.name, "n": n, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def retrain(*, task: str, language: str, seed: int = SEED) -> Outcome | None:
    """Learn again with the corrections that came in; None when there is nothing new or too little."""
    current = in_use(task, language)
    corrections = len(_latest(task, language))
    if corrections < (current.corrections + 1 if current else ENOUGH):
        return None
    if tried := Reader.objects.filter(task=task, language=language, corrections=corrections).first():
        return Outcome(tried, tried.card) if tried.state == Reader.State.ACTIVE else None
    base, data = _base(current)
    try:
        return _learn(task, language, base, data, seed)
    except TooFew:
        return None


def in_use(task: str, language: str) -> Reader | None:
    return Reader.objects.filter(task=task, language=language, state=Reader.State.ACTIVE).first()


def tasks_corrected() -> list[tuple[str, str]]:
    """Task and language of every reader that the team's corrections can better."""
    trained = set(Reader.objects.filter(state=Reader.State.ACTIVE).values_list("task", "language"))
    fields = Correction.objects.filter(field__in=Reader.Task.values, space=SPACE)
    spoken = set(fields.exclude(language="").values_list("field", "language").distinct())
    everywhere = {(task, "") for task, language in trained if not language}
    return sorted(trained | {(task, language) for task, language in spoken if (task, "") not in everywhere})


def _base(current: Reader | None) -> tuple[Examples | None, list[dict[str, Any]]]:
    """What the reader in use learned from, apart from corrections."""
    if current is None or not current.file:
        return None, []
    path = folder() / examples_of(current.file)
    return (restored(current.task, path) if path.is_file() else None), list(current.card.get("data", []))


Again = Callable[[Valences | None], Examples]
"""What was learned from, turned into numbers once more with the words that another reader weighs."""


def _learn(
    task: str,
    language: str,
    base: Examples | None,
    data: list[dict[str, Any]],
    seed: int,
    again: Again | None = None,
) -> Outcome:
    """Train outside any transaction; decide and write inside one."""
    corrected = list(_rows(task, _latest(task, language)))
    examples = _with(base, unpacked(task, corrected, base.valences if base else None))
    if len(examples) < ENOUGH or len(set(examples.labels.tolist())) < 2 or not len(examples.kept_back):
        raise TooFew(n=len(examples), enough=ENOUGH)
    fresh = train(examples.training, seed=seed)
    name = f"{task}-{language or 'all'}-{clock.now():%Y%m%dT%H%M%S%f}.npz"
    digest = save(fresh, folder() / name)
    if base is not None:
        store(base, folder() / examples_of(name))

    def held_for(former: Linear | None) -> Examples:
        """The part held back as a former reader reads it, which may weigh other words."""
        if former is None or again is None or examples.weighs_as(former.valences):
            return examples.kept_back
        return _with(again(former.valences), unpacked(task, corrected, former.valences)).kept_back

    return _decide(task, language, _Fresh(fresh, name, digest, len(corrected)), examples, held_for, data, seed)


def _with(base: Examples | None, corrections: Examples) -> Examples:
    return corrections if base is None else together(base, corrections)


@dataclass(frozen=True)
class _Fresh:
    table: Linear
    name: str
    digest: str
    corrections: int


@transaction.atomic
def _decide(
    task: str,
    language: str,
    fresh: _Fresh,
    examples: Examples,
    held_for: Callable[[Linear | None], Examples],
    data: list[dict[str, Any]],
    seed: int,
) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"reading.{task}.{language}"])
    current = in_use(task, language)
    former, held = _loaded(current), examples.kept_back
    theirs = held_for(former)
    before = judged(former, theirs, task)
    quality = judged(fresh.table, held, task)
    content = cards.card(
        task=task,
        language=language,
        made=clock.now().isoformat(timespec="minutes"),
        data=data,
        corrections=fresh.corrections,
        trained_on=len(examples.training),
        quality=quality,
        beside=judged(None, held, task),
        before=before if current else None,
        better={
            "word_lists": apart(fresh.table, held, None, held, task),
            **({"before": apart(fresh.table, held, former, theirs, task)} if current else {}),
        },
        seed=seed,
    )
    better = is_not_worse(quality, before)
    if better and current is not None:
        Reader.objects.filter(pk=current.pk).update(state=Reader.State.REPLACED, ended_at=clock.now())
    reader = Reader.objects.create(
        task=task,
        language=language,
        state=Reader.State.ACTIVE if better else Reader.State.REFUSED,
        file=fresh.name,
        digest=fresh.digest,
        card=content,
        corrections=fresh.corrections,
        made_at=clock.now(),
    )
    _write_card(fresh.name, content)
    return Outcome(reader, content)


def is_not_worse(quality: dict[str, Any], before: dict[str, Any]) -> bool:
    """On the same texts held back, at least as good as what is in use."""
    return bool(quality["macro_f1"] >= before["macro_f1"])


def examples_of(name: str) -> str:
    return name.removesuffix(".npz") + ".examples.npz"


def _loaded(reader: Reader | None) -> Linear | None:
    return load(folder() / reader.file, expected=reader.digest) if reader and reader.file else None


def _write_card(name: str, content: dict[str, Any]) -> None:
    path = folder() / name
    path.with_suffix(".json").write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
    path.with_suffix(".md").write_text(cards.markdown(content), encoding="utf-8")


def _rows(task: str, corrections: Iterable[Correction]) -> Iterable[tuple[bytes, str, bool]]:
    for each in corrections:
        yield bytes(each.grams), label_of(task, each.value), is_held_back(each.mention_id)


def is_held_back(mention_id: int) -> bool:
    """One corrected mention in five measures and does not teach, always the same."""
    return int(hashlib.sha256(str(mention_id).encode()).hexdigest()[:8], 16) % HELD == 0


def label_of(task: str, value: str) -> str:
    """The class a correction's value stands for."""
    if task == "polarity":
        return {"-1": "negative", "0": "neutral", "1": "positive"}[value]
    return {"0": "no", "1": "yes"}[value] if task == "hostile" else value


def _latest(task: str, language: str) -> list[Correction]:
    """The last word of the team on each mention."""
    found = Correction.objects.filter(field=task, space=SPACE)
    if language:
        found = found.filter(language=language)
    return list(found.order_by("mention_id", "-id").distinct("mention_id"))
