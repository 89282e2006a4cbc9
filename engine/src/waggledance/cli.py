"""The command line: a verb per question, one module each in `waggledance.verbs`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from . import __version__
from ._memory import peak_bytes
from .errors import EngineError

VERBS = ("info", "communities", "circles", "seeds", "spread", "simulate", "score", "learn", "compare")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb: 0 when it answered, 2 when it refused, with the reason and the remedy on one line.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after `waggledance`; those of the process when left out.
    """
    parser = _parser()
    asked = parser.parse_args(arguments)
    started = time.process_time()
    try:
        answer = asked.run(asked)
    except (EngineError, OSError) as refusal:
        print(f"waggledance {asked.verb}: {_one_line(refusal)}", file=sys.stderr)  # noqa: T201
        return 2
    print(_told(asked, answer, time.process_time() - started))  # noqa: T201
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="waggledance", description="Who carries the word, how far it goes, whom to ask first."
    )
    parser.add_argument("--version", action="version", version=f"waggledance {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name in VERBS:
        module = import_module(f".verbs.{name}", __package__)
        verb = verbs.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(verb)
        verb.add_argument("--json", action="store_true", help="answer in JSON, with parameters, CPU time and memory")
        verb.set_defaults(run=module.run)
    return parser


def _told(asked: argparse.Namespace, answer: Any, seconds: float) -> str:
    if not asked.json:
        return str(answer)
    parameters = {name: value for name, value in vars(asked).items() if name not in ("run", "verb", "json")}
    content = {
        "command": asked.verb,
        "parameters": parameters,
        "result": answer.to_dict(),
        "cpu_seconds": round(seconds, 6),
        "peak_bytes": peak_bytes(),
    }
    return json.dumps(content, indent=1, ensure_ascii=False, default=str)


def _one_line(refusal: Exception) -> str:
    if isinstance(refusal, OSError) and refusal.strerror:
        return f"{refusal.filename}: {refusal.strerror}; check the path"
    return " ".join(str(refusal).split())
