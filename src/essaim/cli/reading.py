"""`essaim train-reading`: let the house learn to read from labelled texts."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from essaim.cli.house import in_english, opened
from essaim.cli.progress import say


class Task(StrEnum):
    POLARITY = "polarity"
    KIND = "kind"
    HOSTILE = "hostile"


Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Labelled texts: CSV, JSONL, pairs.")]


def mount(app: typer.Typer) -> None:
    app.command("train-reading")(train_reading)


def train_reading(
    task: Task,
    files: Files,
    language: Annotated[str, typer.Option(help="Two letters; one reader for all languages when not given.")] = "",
    texts: Annotated[
        Path | None, typer.Option(help="The folder in which files of references find their sentences.", exists=True)
    ] = None,
    valences: Annotated[
        Path | None,
        typer.Option(help="Words and numbers, separated by tabs, which the reader weighs besides.", exists=True),
    ] = None,
    text_column: Annotated[str, typer.Option(help="The column that holds the text.")] = "text",
    label_column: Annotated[str, typer.Option(help="The column that holds the label.")] = "label",
    seed: Annotated[int, typer.Option(help="The same seed gives the same reader.")] = 1,
) -> None:
    """Train a reader, measure it on the texts held back, and use it unless it is worse than the one in use."""
    with opened(), in_english():
        from essaim.listening.reading.card import markdown
        from essaim.listening.reading.examples import Where
        from essaim.listening.reading.jobs import ring_again
        from essaim.listening.reading.learning import train_from_files

        where = Where(text_column, label_column, texts)
        outcome = train_from_files(
            task=task.value, files=files, language=language, where=where, valences=valences, seed=seed
        )
        say(markdown(outcome.card))
        if outcome.is_in_use:
            ring_again()
            say(f"In use from now on: {outcome.reader.file}. What was read before is read again by the worker.")
        else:
            say("It is worse than the one in use on the same texts, and was put aside.")
