"""The pictures of docs/students.md show what the commands print today.

Those of commands that need TensorFlow or draw are left to ``python docs/screens.py``.
"""

import html
import importlib.util
import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from grader.course import Course
from grader.workspace import Workspace
from support import ROOT, made_report

pytestmark = pytest.mark.thorough


def screens() -> ModuleType:
    spec = importlib.util.spec_from_file_location("screens", ROOT / "docs/screens.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(picture: str) -> list[str]:
    """What stands in a picture, without numbers, and what differs from machine to machine."""
    found = html.unescape(" ".join(re.findall(r"<text [^>]*>(.*?)</text>", picture)))
    found = re.sub(r"\b[0-9a-f]{16}\b|/\S+|protection \w+|[\d.:]+", " ", found)
    return found.replace("\xa0", " ").split()


def test_pictures_show_what_commands_print(tmp_path: Path) -> None:
    module, course = screens(), Course.open()
    exercise, folder = course.exercise("ex8"), tmp_path / "work"
    files = module.SCREENS
    module.run(f"grade init {folder}", tmp_path)

    def shows(*names: str) -> None:
        for name in names:
            command = files[name][1]
            now = module.picture(command, module.run(command, folder))
            kept = (module.HERE / f"{name}.svg").read_text("utf-8")
            assert words(now) == words(kept), f"python docs/screens.py {name}"

    shows("stub")
    shutil.copy(course.root / files["pass"][0]["ex8"], folder / "exercises" / exercise.stub.name)
    report = made_report(exercise)
    known = replace(report, versions=report.versions | {"grader": "", "python": ""})
    Workspace(folder).progress.save(known)
    shows("solution")
