#!/usr/bin/env python
"""Collect, check and compile the French texts, application by application.

    scripts/messages.py            collect new texts into each django.po (needs xgettext), then compile
    scripts/messages.py --compile  compile only
    scripts/messages.py --check    fail when a text is missing, empty or fuzzy, a .mo is out of date, or the
                                   same text is told in two ways

Compiling and checking need no gettext tools: polib writes the .mo. The check reads Python sources itself, and
templates through Django's own lexer, and looks for every marked text in the catalogue.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import shutil
import subprocess
import sys
import tempfile
import tokenize
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "essaim"
LANGUAGE = "fr"
SKIPPED = {"tests", "migrations", "locale", "static", "__pycache__"}
SINGLE = {"gettext", "gettext_lazy", "gettext_noop", "_"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
Key = tuple[str, str]
HEADER = {
    "Project-Id-Version": "Essaim",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


def applications() -> list[Path]:
    """Folders with an `apps.py`: the owners of catalogues, a text belonging to the nearest."""
    return sorted(path.parent for path in PACKAGE.rglob("apps.py"))


def sources(application: Path) -> Iterator[Path]:
    """Python files and templates of one application, without those of applications inside it."""
    inner = [other for other in applications() if other != application and application in other.parents]
    for path in sorted(application.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or SKIPPED & set(path.relative_to(application).parts):
            continue
        if path.is_file() and not any(other in path.parents for other in inner):
            yield path


def as_python(path: Path) -> str:
    """The file as Python source: templates go through Django's own extraction."""
    text = path.read_text()
    return text if path.suffix == ".py" else templatize(text, origin=str(path))


def marked(path: Path) -> set[Key]:
    """(context, text) of every marked text in one file."""
    source = as_python(path)
    return set(_calls(source)) if path.suffix == ".py" else set(_template_calls(source))


def _calls(source: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[Key]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
    if name in SINGLE | PLURAL and texts and isinstance(texts[0], str):
        yield "", texts[0]
    elif name in CONTEXT and len(texts) > 1 and isinstance(texts[0], str) and isinstance(texts[1], str):
        yield texts[0], texts[1]


def _template_calls(source: str) -> Iterator[Key]:
    """Calls in the half-Python that `templatize` gives, which does not parse as a whole."""
    tokens = [t for t in _tokens(source) if t.type not in (tokenize.NL, tokenize.NEWLINE)]
    for at, token in enumerate(tokens[:-2]):
        if token.string in SINGLE | PLURAL | CONTEXT and tokens[at + 1].string == "(":
            texts = _leading_strings(tokens[at + 2 :])
            if token.string in CONTEXT and len(texts) > 1:
                yield texts[0], texts[1]
            elif token.string not in CONTEXT and texts:
                yield "", texts[0]


def _tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    flat = re.sub(r"\s+$", "", source.replace("\t", " "), flags=re.MULTILINE)
    lines = io.StringIO("(" + flat.replace("\n", " \n") + "\n)")
    try:
        yield from tokenize.generate_tokens(lines.readline)
    except (tokenize.TokenError, IndentationError):
        return


def _leading_strings(tokens: list[tokenize.TokenInfo]) -> list[str]:
    texts: list[str] = []
    fresh = True
    for token in tokens:
        if token.type == tokenize.STRING:
            text = str(ast.literal_eval(token.string))
            if fresh:
                texts.append(text)
            else:
                texts[-1] += text
            fresh = False
        elif token.string == ",":
            fresh = True
        else:
            break
    return texts


def catalogue_path(application: Path) -> Path:
    return application / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def faults(application: Path) -> Iterator[str]:
    """Everything wrong with one application's catalogue, in words."""
    path = catalogue_path(application)
    wanted = {key: source for source in sources(application) for key in marked(source)}
    if not path.exists():
        if wanted:
            yield f"{path.relative_to(ROOT)} is missing: {len(wanted)} texts have no French"
        return
    book = polib.pofile(str(path), wrapwidth=0)
    name = path.relative_to(ROOT)
    found = {(entry.msgctxt or "", entry.msgid): entry for entry in book if not entry.obsolete}
    for key, source in sorted(wanted.items()):
        if key not in found:
            yield f"{name}: missing “{key[1]}” ({source.relative_to(ROOT)})"
    for (_context, text), entry in found.items():
        if entry.fuzzy:
            yield f"{name}: fuzzy “{text}”"
        elif not entry.translated():
            yield f"{name}: empty “{text}”"
    mo = path.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != book.to_binary():
        yield f"{mo.relative_to(ROOT)} is out of date"


def collect(application: Path) -> None:
    """Bring one catalogue up to date with its sources; texts no longer used are dropped."""
    listed = list(sources(application))
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, path in enumerate(listed):
            copy = Path(folder) / f"{number}.py"
            copy.write_text(as_python(path))
            names.append(str(copy))
        fresh = _extract(names)
    path = catalogue_path(application)
    if not fresh and not path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    _merge(old, fresh).save(str(path))


def _extract(names: list[str]) -> list[polib.POEntry]:
    keywords = ["gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2", "_"]
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--no-location", "--no-wrap", "-o", "-"]
    done = subprocess.run(
        [*command, *(f"--keyword={word}" for word in keywords), *names],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return list(polib.pofile(done.stdout)) if done.stdout else []


def _merge(old: polib.POFile, fresh: list[polib.POEntry]) -> polib.POFile:
    kept = {(entry.msgctxt or "", entry.msgid): entry for entry in old}
    book = polib.POFile(wrapwidth=0)
    book.metadata = dict(HEADER)
    for entry in sorted(fresh, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        known = kept.get((entry.msgctxt or "", entry.msgid))
        if known:
            entry.msgstr = known.msgstr or known.msgstr_plural.get(0, "") if not entry.msgid_plural else ""
            entry.msgstr_plural = _plurals(known) if entry.msgid_plural else {}
        elif entry.msgid_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.comment, entry.occurrences = "", []
        book.append(entry)
    return book


def _plurals(known: polib.POEntry) -> dict[int, str]:
    return dict(known.msgstr_plural) or {0: known.msgstr, 1: known.msgstr}


def compile_catalogue(application: Path) -> None:
    path = catalogue_path(application)
    if path.exists():
        book = polib.pofile(str(path), wrapwidth=0)
        path.with_suffix(".mo").write_bytes(book.to_binary())


def quarrels() -> Iterator[str]:
    """Texts with one French here and another there: Django puts all catalogues in one, and the first one wins."""
    said: dict[tuple[str, str, str], dict[str, str]] = {}
    for application in applications():
        path = catalogue_path(application)
        for entry in polib.pofile(str(path), wrapwidth=0) if path.exists() else []:
            french = "\n".join(entry.msgstr_plural.values()) or entry.msgstr
            key = (entry.msgctxt or "", entry.msgid, entry.msgid_plural)
            said.setdefault(key, {}).setdefault(french, str(application.relative_to(PACKAGE)))
    for (_context, text, _many), told in sorted(said.items()):
        if len(told) > 1:
            words = " and ".join(f"“{french}” in {where}" for french, where in told.items())
            yield f"“{text}” is {words}: say it alike, or give it a context"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def check() -> int:
    wrong = [fault for application in applications() for fault in faults(application)] + list(quarrels())
    for fault in wrong:
        say(fault)
    if wrong:
        say(f"{len(wrong)} faults. Run `make messages`, fill the French, run it again.")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("application", nargs="*", help="folders under src/essaim, for example people")
    options = parser.parse_args()
    if not settings.configured:
        settings.configure()
        django.setup()
    if options.check:
        return check()
    chosen = [PACKAGE / name for name in options.application] or applications()
    if not options.compile and not shutil.which("xgettext"):
        say("xgettext is not installed: nothing collected, compiling only.")
        options.compile = True
    for application in chosen:
        if not options.compile:
            collect(application)
        compile_catalogue(application)
    return 0


if __name__ == "__main__":
    with warnings.catch_warnings(), redirect_stdout(sys.stdout):
        sys.exit(main())
