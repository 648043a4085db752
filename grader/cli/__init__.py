"""The command line: ``grade ex3``."""

import os
import sys


def main() -> None:
    """Run the command line."""
    _prefer_own_library()
    from grader.render.plain import tolerate_terminals

    tolerate_terminals()
    from grader.cli.app import run

    run()


def _prefer_own_library() -> None:
    """Look for modules in the folders of ``PYTHONPATH`` last: some have a random.py there."""
    named = [each for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each]
    places = [os.path.abspath(each) for each in named]  # noqa: PTH100
    sys.path.sort(key=lambda each: os.path.abspath(each) in places)  # noqa: PTH100
