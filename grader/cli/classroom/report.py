"""``grade class report``: gradebook, feedback and the class page, made from the journal."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.classroom.place import ClassCourse, Classroom, OfClass, opened
from grader.cli.exits import PASSED, Complaint
from grader.cli.exports.classes import DueOption, LateOption
from grader.cli.files import relative
from grader.i18n import _, every, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.classroom.copies import Same
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.manifest import Entry
    from grader.classroom.overview import Overview
    from grader.classroom.quizzes import QuizResults
    from grader.classroom.results import Counted

FOLDER, PAGE, FEEDBACK, CHECKS = "report", "class.html", "feedback", "checks.csv"
QUESTIONS, ANSWERS = "questions.csv", "answers.csv"


def report(
    folder: OfClass,
    no_feedback: Annotated[
        bool, typer.Option("--no-feedback", help=_("Write no file for each learner and exercise."))
    ] = False,
    late: LateOption = None,
    due: DueOption = None,
    course: ClassCourse = None,
) -> int:
    """Write the gradebook, feedback for each learner, and a page about the class.

    All of it is made again from the journal each time, in CLASS/report.
    """
    from grader.classroom import roster
    from grader.classroom.adjusting import Rules
    from grader.classroom.gradebook import GRADEBOOK, RESULTS, Gradebook
    from grader.classroom.output import exchanged
    from grader.classroom.overview import Overview
    from grader.classroom.quizzes import quizzes

    place = opened(folder, course)
    entries = place.folder.entries()
    if not entries:
        raise Complaint(
            _("{place} has no submissions yet. Import a download first.").format(place=place.typed)
        )
    exercises = place.context.course
    overview = Overview(exercises)
    book = Gradebook(exercises, Rules.of(place.folder, entries, late, due))
    target = place.folder.root / FOLDER
    ours = (GRADEBOOK, RESULTS, CHECKS, QUESTIONS, ANSWERS, PAGE, FEEDBACK)
    for person in roster.kept(place.folder):  # also those who have handed in nothing
        overview.names.setdefault(person.learner, person.name)
        book.learners.setdefault(person.learner, (person.name, person.ids))
    screen = place.context.console
    with exchanged(target, ours) as made, screen.status(_("Reading results")) as status:
        counted = _read(place, entries, made, (overview, book), not no_feedback, status.update)
        book.add_by_hand()
        status.update(_("Looking for files that are the same"))
        copies = _copies(place, counted)
        status.update(_("Writing the class page"))
        _write(place, made, overview, book, copies, quizzes(place.folder, exercises, entries))
    _show(place, overview, len(counted), not no_feedback, book.rules.doubt(entries))
    return PASSED


def _read(
    place: Classroom,
    entries: "list[Entry]",
    made: Path,
    takers: "tuple[Overview, Gradebook]",
    feedback: bool,
    update: "Callable[[str], None]",
) -> "list[Counted]":
    """Take each result once; what stays in memory has no report."""
    from dataclasses import replace

    from grader.classroom import table
    from grader.classroom.gradebook import RESULT_COLUMNS, RESULTS, result_rows
    from grader.classroom.journal import Journal
    from grader.classroom.output import learner_folders
    from grader.classroom.results import Counted, results

    folders = learner_folders(entries)
    bare: list[Counted] = []

    def rows(journal: Journal) -> "Iterator[dict[str, str]]":
        for found in results(journal, entries, place.settings.policy):
            entry = replace(found.entry, late=takers[1].rules.is_late(found.entry))
            result = Counted(entry, found.mark)
            for taker in takers:
                taker.add(result)
            yield from result_rows(result)
            bare.append(Counted(result.entry, None))
            if feedback:
                _feedback(place, made / FEEDBACK / folders[result.entry.learner], result, takers[1])
            if len(bare) % 50 == 0:
                update(_("Reading results: {count:,}").format(count=len(bare)))

    with (
        Journal.open(place.folder.root) as journal,
        (made / RESULTS).open("w", encoding="utf-8", errors="replace", newline="") as file,
    ):
        table.write(file, RESULT_COLUMNS, rows(journal))
    return bare


def _feedback(place: Classroom, folder: Path, result: "Counted", book: "Gradebook") -> None:
    """Two files for a learner and exercise; none for a file without any report."""
    from grader.pages import feedback

    report = result.mark.report if result.mark is not None else None
    if report is None:
        return
    remarks = [_("You handed this in late.")] if result.entry.late else []
    remarks += book.said(result.entry)
    exercise = place.context.course.exercise(result.entry.exercise)
    folder.mkdir(parents=True, exist_ok=True)
    for ending, write in ((".html", feedback.html), (".md", feedback.markdown)):
        text = write(report, exercise.id, remarks)
        (folder / f"{exercise.stem}{ending}").write_text(text, "utf-8", "replace")


def _copies(place: Classroom, counted: "list[Counted]") -> "dict[str, list[Same[Counted]]]":
    """Files that are the same, by the exercise's stem."""
    from grader.classroom.copies import groups
    from grader.classroom.similar import source_of

    found = {}
    for exercise in place.context.course.exercises:
        sources = {
            result: text
            for result in counted
            if result.entry.exercise == exercise.stem
            and (text := source_of(place.folder, result.entry)) is not None
        }
        found[exercise.stem] = groups(sources, exercise.made_stub())
    return found


def _write(
    place: Classroom,
    made: Path,
    overview: "Overview",
    book: "Gradebook",
    copies: "dict[str, list[Same[Counted]]]",
    quizzes: "list[QuizResults]",
) -> None:
    from grader.classroom import attention, table
    from grader.classroom.gradebook import CHECK_COLUMNS, GRADEBOOK, check_rows
    from grader.classroom.quizzes import (
        ANSWER_COLUMNS,
        QUESTION_COLUMNS,
        answer_rows,
        question_rows,
    )
    from grader.pages import quizzes as pages
    from grader.pages.class_page import Surroundings, class_page

    waiting = place.folder.read(attention.NAME, table.MAX_SIZE)
    around = Surroundings(
        title=place.folder.root.name,
        folder=str(place.typed),
        command=place.context.command,
        copies=copies,
        attention=sum(not row.quiet for row in attention.parsed(waiting)) if waiting else 0,
        quizzes=pages.quizzes(quizzes),
    )
    (made / GRADEBOOK).write_bytes(book.csv())
    (made / CHECKS).write_bytes(table.written(CHECK_COLUMNS, check_rows(overview)))
    if quizzes:
        rows = question_rows(quizzes)
        (made / QUESTIONS).write_bytes(table.written(QUESTION_COLUMNS, rows))
        (made / ANSWERS).write_bytes(table.written(ANSWER_COLUMNS, answer_rows(quizzes)))
    (made / PAGE).write_text(class_page(overview, around), "utf-8", "replace")


def _show(
    place: Classroom, overview: "Overview", submissions: int, feedback: bool, doubt: str
) -> None:
    """What was written, and what to do next."""
    from grader.classroom.gradebook import GRADEBOOK, RESULTS
    from grader.render import guidance, terminal
    from grader.render.lines import Hanging, words

    screen = place.context.console
    folder = place.typed / FOLDER
    learners = len(overview.names)
    points = ngettext("points of {count:,} learner", "points of {count:,} learners", learners)
    checks = ngettext(
        "every check of {count:,} submission", "every check of {count:,} submissions", submissions
    )
    rows = [
        (PAGE, _("the class at a glance, for a browser")),
        (GRADEBOOK, points.format(count=learners)),
        (RESULTS, checks.format(count=submissions)),
        (CHECKS, _("how hard each check is")),
        *([(FEEDBACK, _("what each learner may read"))] if feedback else []),
    ]
    paths = [words(f" {relative(folder / name)}  ") for name, _what in rows]
    width = max(path.cell_len for path in paths)
    for path, (_name, what) in zip(paths, rows, strict=True):
        path.pad_right(width - path.cell_len)
        screen.print(Hanging(path, words(what, "dim")))
    screen.print()
    if changed := overview.changed:
        sentence = _("The checks of {exercises} have changed since files were graded.")
        screen.print(guidance.sentence(sentence.format(exercises=every(changed))))
    if doubt:
        screen.print(guidance.sentence(doubt))
    if waiting := len(overview.not_graded):
        sentence = ngettext(
            "{count:,} submission is not graded; it has no points, not even 0.",
            "{count:,} submissions are not graded; they have no points, not even 0.",
            waiting,
        )
        screen.print(guidance.sentence(sentence.format(count=waiting)))
    if waiting or changed:
        screen.print("", terminal.following([(_("Grade them:"), place.command("run"))]))
