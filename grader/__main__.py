"""``python -m grader`` is ``grade``."""

import sys

if not sys.flags.safe_path:
    del sys.path[0]  # the folder that one is in may be a stranger's

from grader.cli import main

main()
