"""Writes the script of a check's calls beside the learner's file, and what it needs."""

from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli import gradings
from grader.cli.context import OwnFile
from grader.cli.exits import Complaint
from grader.cli.files import write_new
from grader.i18n import _

if TYPE_CHECKING:
    from grader.replay.script import Script
    from grader.report import CheckResult
    from grader.submission import Code


def _code(mine: OwnFile) -> "Code":
    """What is graded of the learner's file."""
    from grader.engine.precheck import Refusal, prechecked
    from grader.submission import read

    code = prechecked(read(mine.path), mine.exercise)
    if isinstance(code, Refusal):  # saved meanwhile
        raise Complaint(gradings.not_loaded(mine.command()))
    return code


def _script(mine: OwnFile, result: "CheckResult", seed: int, code: "Code", module: str) -> "Script":
    from grader.replay.names import NotReplayable
    from grader.replay.script import script

    calls = result.details.get("calls") or {"frames": [], "cut": False}
    again = mine.context.command(mine.exercise.id, "--seed", f"{seed:016x}")
    try:
        if calls["cut"] and len(calls["frames"]) < 2:
            raise NotReplayable(_("its inputs take more than 32 MB"))
        return script(
            [b64decode(frame) for frame in calls["frames"]],
            module=module,
            stub=mine.exercise.made_stub(),
            tensorflow=code.tensorflow,
            comments=_replay_comments(result.title, again, calls["cut"]),
        )
    except NotReplayable as error:
        reason = _(
            "“{title}” can't be replayed: {reason}. Print what your function gets "
            "instead; `{command}` shows what it printed."
        ).format(title=result.title, reason=str(error), command=mine.command())
        raise Complaint(reason) from None


def written(mine: OwnFile, result: "CheckResult", seed: int) -> tuple[Path, Path | None]:
    """Write the script beside the learner's file, under a name that is free, and its arrays.

    Beside a notebook, which no script can import, the code of its cells is written as well.
    """
    from numpy import savez_compressed

    code = _code(mine)
    for path in _names(mine):
        data, cells = path.with_suffix(".npz"), path.with_name(f"{path.stem}_cells.py")
        if path.exists() or data.exists() or cells.exists():
            continue
        module = cells.stem if code.cells else mine.exercise.stem
        script = _script(mine, result, seed, code, module)
        if code.cells and not write_new(cells, code.text.encode()):
            continue
        if script.arrays:
            packed = BytesIO()
            savez_compressed(packed, allow_pickle=False, **script.arrays)
            if not write_new(data, packed.getvalue()):
                continue
        if write_new(path, script.text.encode()):
            return path, data if script.arrays else None
        if script.arrays:
            data.unlink(missing_ok=True)
    raise AssertionError("there are infinitely many names")


def _names(mine: OwnFile) -> Iterator[Path]:
    folder, stem = mine.path.parent, f"replay_{mine.exercise.id}"
    yield folder / f"{stem}.py"
    for number in count(2):
        yield folder / f"{stem}_{number}.py"


def _replay_comments(title: str, command: str, cut: bool) -> list[str]:
    lines = [
        _("The calls that this check made to your code:"),
        f"    {title}",
        _("To see what it expected and what it got, run"),
        f"    {command}",
    ]
    if cut:
        lines.append(_("Calls before these are left out: they were too large."))
    return lines
