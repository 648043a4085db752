"""Proves a course: its files are sound, and its checks catch what they must, and nothing else."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from grader.authoring import lint
from grader.authoring.hollow import hollow
from grader.authoring.overlay import written
from grader.authoring.prooffiles import check_lines
from grader.authoring.reading import line_of
from grader.course import Check, Course, CourseError, Exercise, Flaw, WrongFile
from grader.engine.grading import grade
from grader.engine.pool import OnStep, in_order, unwatched
from grader.engine.server import Server
from grader.i18n import _
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
        yield from lint.strays(course)
        exercises = lint.exercises(course)
    yield from lint.shared_numbers(course, exercises)
    gradable = []
    for exercise in exercises:
        found = list(lint.flaws(exercise))
        yield from found
        try:
            # all that a grading reads
            exercise.checks, exercise.functions, exercise.title  # noqa: B018
            exercise.misconceptions, exercise.wrong  # noqa: B018
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
            partial(misconception_is_caught, misconception=m, quick=quick)
            for m in exercise.misconceptions
        ),
        *(partial(accepted_passes, path=path, quick=quick) for path in exercise.accepted),
        *(partial(wrong_file_is_caught, wrong=wrong, folder=folder) for wrong in exercise.wrong),
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
            what = _("it does not pass {check}: {check2} (seed {seed:016x})").format(
                check=check.name, check2=_said(check), seed=report.seed
            )
            yield Flaw(exercise.solution, None, what, _("fix it, or the check"), check.trouble)
        for part in check.details.get("parts") or ():
            if check.verdict is Verdict.PASSED and not part["reached"]:
                what = _("never gets to its part {part!r}").format(part=part["title"])
                yield _of_check(exercise, check, what, _("let every run begin each part"))
    if report.protection.level != "full":
        what = _("it was graded without {missing}").format(
            missing=", ".join(report.protection.missing)
        )
        fix = _("verify on Linux 5.13 or later, with Landlock and seccomp")
        yield Flaw(exercise.solution, None, what, fix)


def _stub_is_to_do(exercise: Exercise, grade: Grade) -> Iterator[Flaw]:
    try:
        stub = exercise.made_stub()
    except CourseError:
        return  # so has been said of its solution
    if not exercise.stub.is_file() or exercise.stub.read_text("utf-8") != stub:
        return  # that it is missing, or an older one, has been said
    report = grade(exercise, exercise.stub)
    fix = _("let the check call a function that is to be written, before all else")
    for check in report.checks:
        if check.verdict is Verdict.PASSED:
            yield _of_check(exercise, check, _("passes for the untouched stub"), fix)
        elif check.verdict not in (Verdict.TODO, Verdict.BLOCKED):
            what = _("is red for the untouched stub: {check}").format(check=_said(check))
            yield _of_check(exercise, check, what, fix, check.trouble)
        yield from _earns_nothing(exercise, check, _("the untouched stub"))


def _hollow_passes_nothing(
    exercise: Exercise, grade: Grade, *, folder: Path, returns_argument: bool
) -> Iterator[Flaw]:
    folder.mkdir(exist_ok=True)
    path = folder / exercise.stub.name
    source = hollow(exercise.solution.read_text("utf-8"), returns_argument=returns_argument)
    path.write_text(source, "utf-8")
    report = grade(exercise, path)
    if returns_argument:
        like_it = _("a file whose functions return their first argument")
    else:
        like_it = _("a file whose functions return None")
    for check in report.checks:
        if check.name == LOAD:
            what = _("{file} can't be loaded: {check}").format(file=like_it, check=_said(check))
            yield Flaw(
                exercise.solution, None, what, _("use no function of the learner's at import")
            )
        elif check.verdict not in (Verdict.FAILED, Verdict.ERROR, Verdict.BLOCKED):
            passes = check.verdict is Verdict.PASSED
            template = _("passes for {file}") if passes else _("ends with {verdict} for {file}")
            what, fix = (
                template.format(verdict=check.verdict, file=like_it),
                _("first see the function act"),
            )
            yield _of_check(exercise, check, what, fix)
        yield from _earns_nothing(exercise, check, like_it)


def _earns_nothing(exercise: Exercise, check: CheckResult, file: str) -> Iterator[Flaw]:
    """What a file gets that does not pass; where it passes, that has been said."""
    for part in check.details.get("parts") or ():
        if check.verdict is not Verdict.PASSED and part["points"]:
            what = _("gives {part:g} points for {part2!r} to {file}").format(
                part=part["points"], part2=part["title"], file=file
            )
            yield _of_check(exercise, check, what, _("first see the function act in that part"))


def misconception_is_caught(
    exercise: Exercise, grade: Grade, *, misconception: WrongFile, quick: bool
) -> Iterator[Flaw]:
    """It fails the check that it names, with the words that it names."""
    path, fails = misconception.path, misconception.fails
    names = [check.name for check in exercise.checks]
    if fails not in names:
        return  # its file has been found wrong
    checks = [fails] if quick else names[: names.index(fails) + 1]
    report = grade(exercise, path, checks=checks)
    red, line = next(iter(report.red), None), line_of(path, "fails:")
    if red is None:
        what = _("it does not fail {fails} (seed {seed:016x})").format(
            fails=fails, seed=report.seed
        )
        yield Flaw(path, line, what, _("sharpen the check, or correct 'fails:'"))
    elif red.name != fails:
        what = _("it fails {red} before {fails}: {red2}").format(
            red=red.name, fails=fails, red2=_said(red)
        )
        yield Flaw(path, line, what, _("make only one mistake in it, or correct 'fails:'"))
    elif red.verdict is not Verdict.FAILED:
        what = _("it ends {fails} with {verdict}: {red}").format(
            fails=fails, verdict=red.verdict, red=_said(red)
        )
        yield Flaw(path, line, what, _("let the check say what is wrong"), red.trouble)
    else:
        yield from _says(misconception, red)
        if red.hint and red.hint in red.message:
            what = _("has a hint that its message repeats: {red}").format(red=_said(red))
            yield _of_check(exercise, red, what, _("let the hint say how to find the cure"))


def accepted_passes(exercise: Exercise, grade: Grade, *, path: Path, quick: bool) -> Iterator[Flaw]:
    """It passes all checks, or those that train nothing."""
    names = [check.name for check in exercise.checks if not (quick and check.tensorflow)]
    report = grade(exercise, path, checks=names)
    for check in report.checks:
        if check.verdict is not Verdict.PASSED:
            what = _("it does not pass {check}: {check2} (seed {seed:016x})").format(
                check=check.name, check2=_said(check), seed=report.seed
            )
            yield Flaw(path, None, what, _("let the check accept it, or delete it"), check.trouble)


def wrong_file_is_caught(
    exercise: Exercise, grade: Grade, *, wrong: WrongFile, folder: Path
) -> Iterator[Flaw]:
    """It fails the check that it names; an overlay is made whole in the folder."""
    if wrong.fails not in [check.name for check in exercise.checks]:
        return  # its file has been found wrong
    report = grade(exercise, written(exercise, wrong, folder / "wrong"), checks=[wrong.fails])
    check, line = report.checks[0], line_of(wrong.path, "fails:")
    if check.name == LOAD:
        yield Flaw(
            wrong.path,
            None,
            _("it can't be loaded: {check}").format(check=_said(check)),
            _("let it load"),
        )
    elif check.verdict not in RED:
        what = _("it does not fail {fails} (seed {seed:016x})").format(
            fails=wrong.fails, seed=report.seed
        )
        yield Flaw(wrong.path, line, what, _("sharpen the check, or correct 'fails:'"))
    elif not check.message:
        what = _("it ends {fails} with {verdict} and no message").format(
            fails=wrong.fails, verdict=check.verdict
        )
        yield Flaw(wrong.path, line, what, _("let the check say what is wrong"), check.trouble)
    else:
        yield from _says(wrong, check)


def _says(wrong: WrongFile, red: CheckResult) -> Iterator[Flaw]:
    """The texts that the check's message should have in it, and does not."""
    for text in wrong.says:
        if text not in red.message:
            what = _("the message of {red} does not have {text!r} in it: {red2}").format(
                red=red.name, text=text, red2=_said(red)
            )
            line, fix = line_of(wrong.path, "says:", text), _("correct 'says:'")
            fix = _("word the check's message so, or {other}").format(other=fix)
            yield Flaw(wrong.path, line, what, fix, red.trouble)


def _checks_are_failed(exercise: Exercise, grade: Grade, *, names: set[str]) -> Iterator[Flaw]:
    """Each check that no wrong file names is failed by a misconception after all."""
    left = set(names)
    for misconception in exercise.misconceptions:
        if left:
            report = grade(exercise, misconception.path, checks=left)
            left -= {check.name for check in report.red}
    for check in exercise.checks:
        if check.name in left:
            what, fix = _("is failed by no misconception"), _("add one that it must fail")
            yield _of_check(exercise, check, what, fix)


def _of_check(
    exercise: Exercise, check: Check | CheckResult, what: str, fix: str, trouble: str = ""
) -> Flaw:
    line = check_lines(exercise).get(check.name)
    return Flaw(exercise.checks_file, line, f"{check.name} {what}", fix, trouble)


def _unreadable(exercise: Exercise, error: CourseError) -> Flaw:
    what = str(error).removeprefix(f"{exercise.checks_file} ").rstrip(".")
    return Flaw(exercise.checks_file, None, what, _("fix it and verify again"))


def _said(check: CheckResult) -> str:
    return f"“{' '.join(check.message.split()) or check.verdict}”"
