"""``grade replay ex3``: a script that calls the learner's code as the first failed check did."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import nullcontext
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.context import Context, OwnFile, quoted
from grader.cli.exits import PASSED, Complaint
from grader.cli.files import relative, shown, write_new
from grader.cli.options import CourseOption, ExerciseArgument
from grader.render import texts

if TYPE_CHECKING:
    from grader.course import Check
    from grader.replay.script import Script
    from grader.report import CheckResult
    from grader.submission import Code


def replay(exercise: ExerciseArgument, course: CourseOption = None) -> int:
    """Write a script that calls your code as the first failed check did, for a debugger."""
    from grader.render import guidance, terminal
    from grader.report import RED

    context = Context(course)
    mine, screen = context.own(exercise), context.console
    mine.content()  # complains if it can't be read
    check, seed = _first_failed(mine)
    if check is None:
        screen.print(guidance.sentence(texts.replay_nothing(mine.exercise.id)))
        screen.print("", terminal.following([("", mine.command())]), sep="\n")
        return PASSED
    waiting = screen.status(texts.REPLAY_RUNS) if screen.is_interactive else nullcontext()
    with waiting:
        result = _run(mine, check, seed)
    if result.verdict not in RED:
        screen.print(guidance.sentence(texts.replay_passes(check.title)))
        screen.print("", terminal.following([("", mine.command())]), sep="\n")
        return PASSED
    path, data = _write(mine, result, seed)
    file = shown(path)
    screen.print(
        terminal.heading(mine.exercise.id, mine.exercise.title, mine.file),
        "",
        guidance.sentence(texts.replay_written(check.title, file)),
        *([guidance.sentence(texts.replay_arrays(shown(data)))] if data else []),
        "",
        terminal.following(
            [
                (texts.REPLAY_DEBUG, quoted("python", "-m", "pdb", relative(path))),
                (texts.REPLAY_EDITOR, ""),
                (texts.MEND, mine.command()),
            ]
        ),
        sep="\n",
    )
    return PASSED


def _first_failed(mine: OwnFile) -> "tuple[Check | None, int]":
    """The first check that failed in the newest grading, and that grading's seed."""
    from grader.report import LOAD, RED

    with mine.workspace.store.looking():
        progress = mine.workspace.progress
        verdicts, seed = progress.last(mine.exercise), progress.seed(mine.exercise)
    if seed is None:
        raise Complaint(texts.replay_not_graded(mine.exercise.id, mine.command()))
    if verdicts is None:
        raise Complaint(texts.hint_older(mine.exercise.id, mine.command()))
    if LOAD in verdicts:
        raise Complaint(texts.hint_not_loaded(mine.command()))
    failed = (check for check in mine.exercise.checks if verdicts.get(check.name) in RED)
    return next(failed, None), seed


def _run(mine: OwnFile, check: "Check", seed: int) -> "CheckResult":
    """Run one check again, and note what it says to the learner's code."""
    from grader.engine.grading import grade
    from grader.report import LOAD

    report = grade(mine.exercise, mine.path, seed=seed, checks=[check.name], records=True)
    if report.checks[0].name == LOAD:
        raise Complaint(texts.hint_not_loaded(mine.command()))
    return report.checks[0]


def _code(mine: OwnFile) -> "Code":
    """What is graded of the learner's file."""
    from grader.engine.precheck import Refusal, precheck
    from grader.submission import read

    code = precheck(read(mine.path), mine.exercise.functions)
    if isinstance(code, Refusal):  # saved meanwhile
        raise Complaint(texts.hint_not_loaded(mine.command()))
    return code


def _script(mine: OwnFile, result: "CheckResult", seed: int, code: "Code", module: str) -> "Script":
    from grader.replay.names import NotReplayable
    from grader.replay.script import script

    calls = result.details.get("calls") or {"frames": [], "cut": False}
    again = mine.context.command(mine.exercise.id, "--seed", f"{seed:016x}")
    try:
        if calls["cut"] and len(calls["frames"]) < 2:
            raise NotReplayable(texts.REPLAY_TOO_LARGE)
        return script(
            [b64decode(frame) for frame in calls["frames"]],
            module=module,
            stub=mine.exercise.made_stub(),
            tensorflow=code.tensorflow,
            comments=texts.replay_comments(result.title, again, calls["cut"]),
        )
    except NotReplayable as error:
        reason = texts.replay_not(result.title, str(error), mine.command())
        raise Complaint(reason) from None


def _write(mine: OwnFile, result: "CheckResult", seed: int) -> tuple[Path, Path | None]:
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
