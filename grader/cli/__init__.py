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
    """Look for modules in the folders of ``PYTHONPATH`` last: some have a random.py there.

    An empty one is the folder that one is in, which may be a stranger's.
    """
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    try:
        places = [os.path.abspath(each) for each in named]  # noqa: PTH100
    except OSError:  # the folder is gone, and what was in it
        return
    sys.path.sort(key=lambda each: os.path.abspath(each) in places)  # noqa: PTH100
