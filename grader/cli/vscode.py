"""What ``grade init --vscode`` writes: tasks that underline what fails, and a debugger's start."""

import json
import sys
from typing import Any

from grader.i18n import _

PATTERN = r"^(.+?):(\d+): (error|warning): (.*)$"  # of the lines that ``--matcher`` prints
_FILE, _HERE = "${fileBasenameNoExtension}", "${workspaceFolder}"


def settings() -> dict[str, str]:
    """The files of ``.vscode/`` by their names; they run the Python that runs now."""
    pattern = {"regexp": PATTERN, "file": 1, "line": 2, "severity": 3, "message": 4}
    matcher = {"owner": "grade", "fileLocation": ["relative", _HERE], "pattern": pattern}
    test = {"kind": "test", "isDefault": True}
    tasks = [
        _task(_("grade this file"), _FILE, "--matcher")
        | {"problemMatcher": matcher, "group": test},
        _task(_("grade whenever I save"), "watch") | {"isBackground": True, "problemMatcher": []},
        _task(_("write the failed check as a script"), "replay", _FILE) | {"problemMatcher": []},
    ]
    launch = {
        "name": _("debug the script that is open"),
        "type": "debugpy",
        "request": "launch",
        "program": "${file}",
        "python": sys.executable,
        "console": "integratedTerminal",
        "cwd": _HERE,
    }
    return {
        "tasks.json": _json({"version": "2.0.0", "tasks": tasks}),
        "launch.json": _json({"version": "0.2.0", "configurations": [launch]}),
    }


def _task(label: str, *words: str) -> dict[str, Any]:
    return {
        "label": label,
        "type": "process",
        "command": sys.executable,
        "args": ["-m", "grader", *words],
        "options": {"cwd": _HERE},
        "presentation": {"clear": True, "showReuseMessage": False},
    }


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=4) + "\n"
