"""How the programs here are called, and how they call those of others."""

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any


def arguments(doc: str | None) -> argparse.ArgumentParser:
    """A parser for a program whose docstring begins with what it does."""
    return argparse.ArgumentParser(description=(doc or "").partition("\n")[0])


def ended(*words: object, folder: Path | None = None) -> str:
    """What another program prints; if it fails, its last words, and this one ends too."""
    command = list(map(str, words))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{shlex.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def answered(*words: object, folder: Path | None = None) -> Any:
    """The JSON document in the last line of what another program prints."""
    found = ended(*words, folder=folder)
    try:
        return json.loads(found.strip().rpartition("\n")[2])
    except ValueError:
        sys.exit(f"{shlex.join(map(str, words))} printed no JSON:\n{found[-2000:]}")
