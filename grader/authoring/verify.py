"""Proves a course: its files are sound, and its checks catch what they must, and nothing else."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from grader.authoring import lint as files
from grader.authoring.hollow import hollow
from grader.authoring.overlay import written
from grader.authoring.reading import line_of
from grader.course import Check, Course, CourseError, Exercise, Flaw, WrongFile
from grader.engine.grading import grade
from grader.engine.pool import OnStep, in_order, unwatched
from grader.engine.server import Server
from grader.quiz import prove as quiz
from grader.report import LOAD, RED, CheckResult, Report, Verdict

Grade = Callable[..., Report]  # grade(exercise, path, checks=…), by one server, with one seed


def verify(
    course: Course,
    exercises: Sequence[Exercise] | None = None,
    *,
    quick: bool = False,
    seed: int | None = None,
    on_step: OnStep = unwatched,
) -> Iterator[Flaw]:
    """Look for everything that is wrong with a course.

    Args:
        course: the course.
        exercises: those to look at; without it all, and whatever belongs to none.
        quick: whether each misconception is graded only by the check that it names: it may fail
            one before as well, and a check that none names may be failed by none; and accepted
            files only by the checks that train nothing.
        seed: 64 bits for all that is drawn, in each grading; without it each has one of its own.
        on_step: told, from any thread, how many gradings are done, and of how many.

    Yields:
        each flaw, once.

    Raises:
        GradingError: the system refuses what grading needs.
    """
    seen: set[Flaw] = set()
    for flaw in _flaws(course, exercises, quick, seed, on_step):
        if flaw not in seen:
            seen.add(flaw)
            yield flaw


def _flaws(
    course: Course,
    exercises: Sequence[Exercise] | None,
    quick: bool,
    seed: int | None,
    on_step: OnStep,
) -> Iterator[Flaw]:
    if exercises is None:
        yield from files.strays(course)
        exercises = files.exercises(course)
    yield from files.shared_numbers(course, exercises)
    gradable = []
    for exercise in exercises:
        found = list(files.flaws(exercise))
        yield from found
        try:
            # all that a grading reads
            _ = exercise.checks, exercise.functions, exercise.title
            _ = exercise.misconceptions, exercise.wrong
            gradable.append(exercise)
        except CourseError as error:
            if not found:
                yield _unreadable(exercise, error)
    if gradable:
        with tempfile.TemporaryDirectory() as folder, Server(course.root) as server:
            scratch = Path(folder)
            jobs = [job for each in gradable for job in _jobs(each, server, scratch, quick, seed)]
            for some in in_order(jobs, on_step):
                yield from some


def _jobs(
    exercise: Exercise, server: Server, folder: Path, quick: bool, seed: int | None
) -> Iterator[Callable[[], list[Flaw]]]:
    """What has to be graded, each job by itself."""
    graded = partial(grade, server=server, seed=seed)
    proofs: list[Callable[..., Iterator[Flaw]]] = [
        _solution_passes,
        _stub_is_to_do,
        partial(_hollow_passes_nothing, folder=folder / "none", returns_argument=False),
        partial(_hollow_passes_nothing, folder=folder / "argument", returns_argument=True),
        *(
            partial(_misconception_is_caught, misconception=m, quick=quick)
            for m in exercise.misconceptions
        ),
        *(partial(_accepted_passes, path=path, quick=quick) for path in exercise.accepted),
        *(partial(_wrong_file_is_caught, wrong=wrong, folder=folder) for wrong in exercise.wrong),
    ]
    if not quick:
        named = {wrong.fails for wrong in (*exercise.misconceptions, *exercise.wrong)}
        unnamed = {check.name for check in exercise.checks} - named
        proofs.append(partial(_checks_are_failed, names=unnamed))
    for proof in proofs:
        yield partial(_proved, partial(proof, exercise, graded), exercise)
    yield partial(_proved, partial(quiz.flaws, exercise, server), exercise)


def _proved(proof: Callable[[], Iterator[Flaw]], exercise: Exercise) -> list[Flaw]:
    try:
        return list(proof())
    except CourseError as error:
        return [_unreadable(exercise, error)]


def _solution_passes(exercise: Exercise, grade: Grade) -> Iterator[Flaw]:
    report = grade(exercise, exercise.solution)
    for check in report.checks:
        if check.verdict is not Verdict.PASSED:
            what = f"it does not pass {check.name}: {_said(check)} (seed {report.seed:016x})"
            yield Flaw(exercise.solution, None, what, "fix it, or the check", check.trouble)
        for part in check.details.get("parts") or ():
            if check.verdict is Verdict.PASSED and not part["reached"]:
                what = f"never gets to its part {part['title']!r}"
                yield _of_check(exercise, check, what, "let every run begin each part")
    if report.protection.level != "full":
        what = f"it was graded without {', '.join(report.protection.missing)}"
        mend = "verify on Linux 5.13 or later, with Landlock and seccomp"
        yield Flaw(exercise.solution, None, what, mend)


def _stub_is_to_do(exercise: Exercise, grade: Grade) -> Iterator[Flaw]:
    if not exercise.stub.is_file():
        return
    report = grade(exercise, exercise.stub)
    mend = "let the check call a function that is to be written, before all else"
    for check in report.checks:
        if check.verdict is Verdict.PASSED:
            yield _of_check(exercise, check, "passes for the untouched stub", mend)
        elif check.verdict not in (Verdict.TODO, Verdict.BLOCKED):
            what = f"is red for the untouched stub: {_said(check)}"
            yield _of_check(exercise, check, what, mend, check.trouble)
        yield from _earns_nothing(exercise, check, "the untouched stub")


def _hollow_passes_nothing(
    exercise: Exercise, grade: Grade, *, folder: Path, returns_argument: bool
) -> Iterator[Flaw]:
    folder.mkdir(exist_ok=True)
    path = folder / exercise.stub.name
    source = hollow(exercise.solution.read_text("utf-8"), returns_argument=returns_argument)
    path.write_text(source, "utf-8")
    report = grade(exercise, path)
    files_like_it = f"functions return {'their first argument' if returns_argument else 'None'}"
    for check in report.checks:
        if check.name == LOAD:
            what = f"a file whose {files_like_it} can't be loaded: {_said(check)}"
            yield Flaw(exercise.solution, None, what, "use no function of the learner's at import")
        elif check.verdict not in (Verdict.FAILED, Verdict.ERROR, Verdict.BLOCKED):
            ends = "passes" if check.verdict is Verdict.PASSED else f"ends with {check.verdict}"
            what, mend = f"{ends} for a file whose {files_like_it}", "first see the function act"
            yield _of_check(exercise, check, what, mend)
        yield from _earns_nothing(exercise, check, f"a file whose {files_like_it}")


def _earns_nothing(exercise: Exercise, check: CheckResult, file: str) -> Iterator[Flaw]:
    """What a file gets that does not pass; where it passes, that has been said."""
    for part in check.details.get("parts") or ():
        if check.verdict is not Verdict.PASSED and part["points"]:
            what = f"gives {part['points']:g} points for {part['title']!r} to {file}"
            yield _of_check(exercise, check, what, "first see the function act in that part")


def _misconception_is_caught(
    exercise: Exercise, grade: Grade, *, misconception: WrongFile, quick: bool
) -> Iterator[Flaw]:
    path, fails = misconception.path, misconception.fails
    names = [check.name for check in exercise.checks]
    if fails not in names:
        return  # its file has been found wrong
    checks = [fails] if quick else names[: names.index(fails) + 1]
    report = grade(exercise, path, checks=checks)
    red, line = first_red(report), line_of(path, "fails:")
    if red is None:
        what = f"it does not fail {fails} (seed {report.seed:016x})"
        yield Flaw(path, line, what, "sharpen the check, or correct 'fails:'")
    elif red.name != fails:
        what = f"it fails {red.name} before {fails}: {_said(red)}"
        yield Flaw(path, line, what, "make only one mistake in it, or correct 'fails:'")
    elif red.verdict is not Verdict.FAILED:
        what = f"it ends {fails} with {red.verdict}: {_said(red)}"
        yield Flaw(path, line, what, "let the check say what is wrong", red.trouble)
    else:
        yield from _says(misconception, red)
        if red.hint and red.hint in red.message:
            what = f"has a hint that its message repeats: {_said(red)}"
            yield _of_check(exercise, red, what, "let the hint say how to find the cure")


def _accepted_passes(
    exercise: Exercise, grade: Grade, *, path: Path, quick: bool
) -> Iterator[Flaw]:
    names = [check.name for check in exercise.checks if not (quick and check.tensorflow)]
    report = grade(exercise, path, checks=names)
    for check in report.checks:
        if check.verdict is not Verdict.PASSED:
            what = f"it does not pass {check.name}: {_said(check)} (seed {report.seed:016x})"
            yield Flaw(path, None, what, "let the check accept it, or delete it", check.trouble)


def _wrong_file_is_caught(
    exercise: Exercise, grade: Grade, *, wrong: WrongFile, folder: Path
) -> Iterator[Flaw]:
    if wrong.fails not in [check.name for check in exercise.checks]:
        return  # its file has been found wrong
    report = grade(exercise, written(exercise, wrong, folder / "wrong"), checks=[wrong.fails])
    check, line = report.checks[0], line_of(wrong.path, "fails:")
    if check.name == LOAD:
        yield Flaw(wrong.path, None, f"it can't be loaded: {_said(check)}", "let it load")
    elif check.verdict not in RED:
        what = f"it does not fail {wrong.fails} (seed {report.seed:016x})"
        yield Flaw(wrong.path, line, what, "sharpen the check, or correct 'fails:'")
    elif not check.message:
        what = f"it ends {wrong.fails} with {check.verdict} and no message"
        yield Flaw(wrong.path, line, what, "let the check say what is wrong", check.trouble)
    else:
        yield from _says(wrong, check)


def _says(wrong: WrongFile, red: CheckResult) -> Iterator[Flaw]:
    """The texts that the check's message should have in it, and does not."""
    for text in wrong.says:
        if text not in red.message:
            what = f"the message of {red.name} does not have {text!r} in it: {_said(red)}"
            line, mend = line_of(wrong.path, "says:", text), "correct 'says:'"
            mend = f"word the check's message so, or {mend}"
            yield Flaw(wrong.path, line, what, mend, red.trouble)


def _checks_are_failed(exercise: Exercise, grade: Grade, *, names: set[str]) -> Iterator[Flaw]:
    """Each check that no wrong file names is failed by a misconception after all."""
    left = set(names)
    for misconception in exercise.misconceptions:
        if left:
            report = grade(exercise, misconception.path, checks=left)
            left -= {check.name for check in report.checks if check.verdict in RED}
    for check in exercise.checks:
        if check.name in left:
            what, mend = "is failed by no misconception", "add one that it must fail"
            yield _of_check(exercise, check, what, mend)


def first_red(report: Report) -> CheckResult | None:
    """The first check, in the order of the course, that says something is wrong."""
    return next((check for check in report.checks if check.verdict in RED), None)


def _of_check(
    exercise: Exercise, check: Check | CheckResult, what: str, mend: str, trouble: str = ""
) -> Flaw:
    line = files.check_lines(exercise).get(check.name)
    return Flaw(exercise.checks_file, line, f"{check.name} {what}", mend, trouble)


def _unreadable(exercise: Exercise, error: CourseError) -> Flaw:
    what = str(error).removeprefix(f"{exercise.checks_file} ").rstrip(".")
    return Flaw(exercise.checks_file, None, what, "fix it and verify again")


def _said(check: CheckResult) -> str:
    return f"“{' '.join(check.message.split()) or check.verdict}”"
