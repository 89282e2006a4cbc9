"""`essaim import …`, `essaim export …`: what each folder can take in and give out.

The commands are not written here. A mechanism names its own in the manifest (`importers`, `exports`); any other
folder has a module `commands.py` with two dictionaries, `importers` and `exporters`. See README.md.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from essaim.cli.house import in_english, opened
from essaim.cli.progress import progress, say
from essaim.server.obstacles import Obstacle

GROUPS = {
    "import": "Bring data in, through the same acts as the pages.",
    "export": "Take data out.",
}


def mount(app: typer.Typer) -> None:
    """Placeholders for the list of commands; `groups_open` puts the real groups in their place."""
    for name, help_ in GROUPS.items():
        app.add_typer(typer.Typer(), name=name, help=help_)


@contextmanager
def groups_open(app: typer.Typer, arguments: Sequence[str]) -> Iterator[None]:
    """Fill the group that `arguments` call. What it holds is known only while the house is open."""
    if not arguments or arguments[0] not in GROUPS:
        yield
        return
    name = arguments[0]
    group = typer.Typer(no_args_is_help=True)
    app.registered_groups = [each for each in app.registered_groups if each.name != name]
    app.add_typer(group, name=name, help=GROUPS[name])
    with opened():
        _ready(name)
        _fill(group, name)
        yield


def _ready(direction: str) -> None:
    """What is brought in may come first, into a house that was never served: its tables are made."""
    if direction == "import":
        from essaim.config.prepare import migrate

        migrate()


def _fill(group: typer.Typer, direction: str) -> None:
    for name, function in _plain(direction):
        group.command(name)(_command(direction, name, function))
    from essaim.initiatives.mechanism import mechanisms

    for manifest in mechanisms():
        functions = _of_mechanism(manifest, direction)
        if set(functions) == {""}:  # one kind of file: the mechanism's own name is enough
            group.command(manifest.slug, help=str(manifest.summary))(
                _command(direction, manifest.slug, functions[""])
            )
        elif functions:
            inner = typer.Typer(no_args_is_help=True)
            for name, function in functions.items():
                inner.command(name)(_command(direction, f"{manifest.slug} {name}", function))
            with in_english():
                group.add_typer(inner, name=manifest.slug, help=str(manifest.summary))


def _plain(direction: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Name and function from every folder's `commands.py`."""
    from django.apps import apps
    from django.utils.module_loading import module_has_submodule

    for config in apps.get_app_configs():
        if config.name.startswith("essaim.") and module_has_submodule(config.module, "commands"):
            module = import_module(f"{config.name}.commands")
            yield from getattr(module, f"{direction}ers", {}).items()


def _of_mechanism(manifest: Any, direction: str) -> Mapping[str, Callable[..., Any]]:
    if direction == "import":
        return dict(manifest.importers)
    return {name: _of_initiative(function) for name, function in manifest.exports.items()}


def _of_initiative(function: Callable[[Any], tuple[str, bytes]]) -> Callable[..., tuple[str, bytes]]:
    def export(initiative: str) -> tuple[str, bytes]:
        from essaim.initiatives.models import Initiative

        found = Initiative.objects.filter(slug=initiative).first()
        if found is None:
            raise Obstacle(f"There is no initiative “{initiative}”.", "Give its slug, the last part of its address.")
        return function(found)

    export.__doc__ = function.__doc__
    return export


def _command(direction: str, title: str, function: Callable[..., Any]) -> Callable[..., None]:
    """`function` as a typer command: `on_progress` becomes a bar, an export's bytes a file, unless it writes `file`
    itself."""
    signature = inspect.signature(function, eval_str=True)
    shown = [each for name, each in signature.parameters.items() if name != "on_progress"]
    given = direction == "export" and "file" not in signature.parameters
    if given:
        shown.append(_destination())

    def command(**values: Any) -> None:
        to = values.pop("to", None)
        with progress(f"{direction.capitalize()} {title}") as on_progress:
            if "on_progress" in signature.parameters:
                values["on_progress"] = on_progress
            result = function(*_positional(signature, values), **values)
        _keep(result, to) if given else _tell(result)

    command.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in shown}
    command.__doc__ = inspect.getdoc(function)
    return command


def _positional(signature: inspect.Signature, values: dict[str, Any]) -> list[Any]:
    """Take out of `values` what the function wants without a name."""
    kinds = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    names = [name for name, each in signature.parameters.items() if each.kind in kinds and name in values]
    return [values.pop(name) for name in names]


def _destination() -> inspect.Parameter:
    option = typer.Option(None, "--to", help="The file to write; by default the name the export gives, here.")
    return inspect.Parameter("to", inspect.Parameter.KEYWORD_ONLY, default=option, annotation=Path | None)


def _keep(result: tuple[str, bytes], to: Path | None) -> None:
    name, content = result
    path = to or Path(name)
    if path.exists() and to is None:
        raise Obstacle(f"{path} exists already.", "Move it away, or say where to write with --to FILE.")
    path.write_bytes(content)
    say(f"Written: {path} ({len(content):,} bytes)")


def _tell(result: object) -> None:
    if isinstance(result, Mapping):
        result = ", ".join(f"{name}: {value}" for name, value in result.items())
    if result is not None:
        say(str(result))
