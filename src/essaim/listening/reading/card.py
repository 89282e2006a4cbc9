"""The card of a trained reader: what it learned from, how often it is right. JSON for programs, Markdown for us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from essaim.listening.reading.grams import SPACE

VALUES = {"negative": "-1", "neutral": "0", "positive": "1"}
"""Classes as readings hold them, for programs that count."""


def card(
    *,
    task: str,
    language: str,
    made: str,
    data: Sequence[Mapping[str, Any]],
    corrections: int,
    trained_on: int,
    quality: Mapping[str, Any],
    beside: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    better: Mapping[str, Mapping[str, Any]],
    seed: int,
) -> dict[str, Any]:
    """`beside` is the quality of the word lists, `before` that of the reader in use, on the same held part; `better`
    by how much this one is better than each."""
    return {
        "task": task,
        "language": language,
        "made": made,
        "method": "logistic regression on hashed n-grams of letters and words, and counts of word lists",
        "space": SPACE,
        "seed": seed,
        "data": list(data),
        "corrections": corrections,
        "trained_on": trained_on,
        "quality": dict(quality),
        "labels": [VALUES.get(name, name) for name in quality["order"]],
        "confusion": quality["confusion"],
        "word_lists": dict(beside),
        "before": dict(before) if before else None,
        "better": {name: dict(one) for name, one in better.items()},
    }


def markdown(content: Mapping[str, Any]) -> str:
    """The card as a page. Every figure stands with its n and its interval."""
    quality, lists = content["quality"], content["word_lists"]
    return "\n".join(
        [
            f"# Reader of {content['task']}, {content['language'] or 'all languages'}",
            "",
            f"Made {content['made']}: {content['method']}; space {content['space']}, seed {content['seed']}.",
            f"Learned from {content['trained_on']} texts, {content['corrections']} of them corrections by the team;"
            f" measured on {quality['n']} held back, which it never saw.",
            "",
            *(_origin(each) for each in content["data"]),
            "",
            "| | macro-F1 | 95 % interval | n | this reader less it, on the same texts | 95 % interval |",
            "|---|---|---|---|---|---|",
            _line("this reader", quality),
            _line("word lists, not trained", lists, content["better"]["word_lists"]),
            *(
                [_line("the reader before", content["before"], content["better"]["before"])]
                if content["before"]
                else []
            ),
            "",
            "Clearly better is a difference whose interval lies above nothing.",
            "",
            *_classes(quality),
            "",
            *_confusion(quality),
            "",
            "## Calibration",
            "",
            f"Mean distance between what it says and what comes true: {quality['expected_error']:.3f}.",
            "",
            "| n | says | is right |",
            "|---|---|---|",
            *(f"| {part['n']} | {part['said']:.2f} | {part['was']:.2f} |" for part in quality["calibration"]),
            "",
        ]
    )


def _origin(each: Mapping[str, Any]) -> str:
    return f"- {each['file']}: {each['n']} {each.get('of', 'texts')}, SHA-256 {each['sha256'][:16]}…"


def _line(name: str, quality: Mapping[str, Any], better: Mapping[str, Any] | None = None) -> str:
    apart = f"{better['by']:+.3f} | {better['low']:+.3f} to {better['high']:+.3f}" if better else " | "
    return (
        f"| {name} | {quality['macro_f1']:.3f} | {quality['low']:.3f} to {quality['high']:.3f} | {quality['n']}"
        f" | {apart} |"
    )


def _classes(quality: Mapping[str, Any]) -> list[str]:
    return [
        "## By class",
        "",
        "Sensitivity and specificity are what a share needs to be corrected (Rogan and Gladen 1978).",
        "",
        "| class | n | precision | recall | F1 | sensitivity | specificity |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {name} | {one['n']} | {_share(one, 'precision')} | {_share(one, 'recall')} | {one['f1']:.2f}"
            f" | {one['sensitivity']:.2f} | {one['specificity']:.2f} |"
            for name, one in _in_order(quality)
        ),
    ]


def _in_order(quality: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, quality["classes"][name]) for name in quality["order"]]


def _share(one: Mapping[str, Any], name: str) -> str:
    low, high = one[f"{name}_interval"]
    return f"{one[name]:.2f} ({low:.2f} to {high:.2f})"


def _confusion(quality: Mapping[str, Any]) -> list[str]:
    names = list(quality["order"])
    return [
        "## Confusion",
        "",
        "A row per true class, a column per class said.",
        "",
        f"| | {' | '.join(names)} |",
        "|---" * (len(names) + 1) + "|",
        *(f"| {name} | {' | '.join(map(str, row))} |" for name, row in zip(names, quality["confusion"], strict=True)),
    ]
