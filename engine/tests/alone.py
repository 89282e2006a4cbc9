"""Install the engine alone in a new environment and run every example of its pages there.

`python tests/alone.py [CONSTRAINTS]` from the engine's folder: nothing but what the engine itself asks for is
installed, and each page is run in an empty folder. It needs a network or a package cache; pytest does not collect it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[1]
PAGES = [ENGINE / "README.md", *sorted((ENGINE / "docs").glob("*.md"))]

# Run by the new environment's own Python, which has no pytest.
WALK = """
import doctest, pathlib, shlex, subprocess, sys
options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
page, scripts = pathlib.Path(sys.argv[1]), pathlib.Path(sys.executable).parent
failed, ran = doctest.testfile(str(page), module_relative=False, optionflags=options)
for block in page.read_text().split("```console\\n")[1:]:
    for part in ("\\n" + block.split("```")[0]).split("\\n$ ")[1:]:
        command, _, expected = part.partition("\\n")
        if command.startswith("waggledance"):
            command = str(scripts / command)
        done = subprocess.run(command, shell=True, capture_output=True, text=True)
        told, ran = done.stdout + done.stderr, ran + 1
        if not doctest.OutputChecker().check_output(expected or "\\n", told or "\\n", options):
            failed += 1
            print(f"{page.name}: $ {command}\\nexpected\\n{expected}\\ngot\\n{told}")
print(f"{page.name}: {ran} examples, {failed} failed", flush=True)
sys.exit(failed > 0)
"""


def main(constraints: list[str]) -> int:
    """The number of pages with an example that failed."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "bin", "python")
        given = [word for file in constraints for word in ("-c", str(Path(file).resolve()))]
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *given, ENGINE]
        subprocess.run(install, check=True)
        plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        wrong = 0
        for page in PAGES:
            with tempfile.TemporaryDirectory() as empty:
                wrong += subprocess.run([python, "-c", WALK, page], cwd=empty, env=plain, check=False).returncode != 0
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
