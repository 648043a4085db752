"""The grades of a class, in the formats of systems that schools have."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli import files
from grader.cli.context import Context
from grader.cli.exits import Complaint
from grader.cli.exports.classes import (
    ClassArgument,
    ClassGrades,
    ColumnOption,
    DueOption,
    ExercisesArgument,
    FillOption,
    IntoOption,
    LateOption,
    OutOfOption,
    downloaded,
)
from grader.cli.options import CourseOption
from grader.i18n import _

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.export.filling import Layout
    from grader.export.sheet import Sheet

    Arrange = Callable[[Sheet, Exercise, str], Layout]


def moodle(
    folder: ClassArgument,
    exercises: ExercisesArgument = None,
    *,
    fill: FillOption,
    into: IntoOption = None,
    column: ColumnOption = "",
    out_of: OutOfOption = None,
    late: LateOption = None,
    due: DueOption = None,
    course: CourseOption = None,
) -> int:
    """Fill a grading worksheet of Moodle; the points of several exercises are added up."""
    from grader.export.grades import total
    from grader.export.moodle import advice, worksheet

    made = ClassGrades(Context(course), folder, exercises, late, due)
    made.require_one_assignment()
    sheet = downloaded(fill)
    return made.filled(
        sheet,
        [(made.named, worksheet(sheet, column), total(made.grades(made.exercises)))],
        into or _beside(fill),
        out_of,
        advice(sheet),
    )


def canvas(
    folder: ClassArgument,
    exercises: ExercisesArgument = None,
    *,
    fill: FillOption,
    into: IntoOption = None,
    column: ColumnOption = "",
    out_of: OutOfOption = None,
    late: LateOption = None,
    due: DueOption = None,
    course: CourseOption = None,
) -> int:
    """Fill a gradebook of Canvas: the column of each exercise."""
    from grader.export.canvas import gradebook

    made = ClassGrades(Context(course), folder, exercises, late, due)
    then = _(
        "Canvas shows what will change before it saves anything. Columns that you do "
        "not want to change may be deleted from the file."
    )
    return _columns(made, gradebook, fill, into, column, out_of, then)


def brightspace(
    folder: ClassArgument,
    exercises: ExercisesArgument = None,
    *,
    fill: FillOption,
    into: IntoOption = None,
    column: ColumnOption = "",
    out_of: OutOfOption = None,
    late: LateOption = None,
    due: DueOption = None,
    course: CourseOption = None,
) -> int:
    """Fill a list of grades of Brightspace: the item of each exercise."""
    from grader.export.brightspace import grades

    made = ClassGrades(Context(course), folder, exercises, late, due)
    then = _("Brightspace checks the file before it saves anything, and lists what it can't use.")
    return _columns(made, grades, fill, into, column, out_of, then)


def moodle_feedback(
    folder: ClassArgument,
    exercises: ExercisesArgument = None,
    into: IntoOption = None,
    late: LateOption = None,
    due: DueOption = None,
    course: CourseOption = None,
) -> int:
    """Write a zip of feedback pages that Moodle takes for an assignment."""
    from grader.export.feedback import for_moodle

    made = ClassGrades(Context(course), folder, exercises, late, due)
    made.require_one_assignment()
    then = _(
        "In the assignment, choose “Upload multiple feedback files in a zip”; the "
        "feedback type “Feedback files” has to be on."
    )
    return made.feedback(for_moodle, into or Path("moodle-feedback.zip"), then)


def canvas_feedback(
    folder: ClassArgument,
    exercises: ExercisesArgument = None,
    into: IntoOption = None,
    late: LateOption = None,
    due: DueOption = None,
    course: CourseOption = None,
) -> int:
    """Write a zip of feedback pages that Canvas takes for an assignment."""
    from grader.export.feedback import for_canvas

    made = ClassGrades(Context(course), folder, exercises, late, due)
    then = _(
        "In the assignment, choose “Upload Submissions”: each learner gets the page as a comment."
    )
    return made.feedback(for_canvas, into or Path("canvas-feedback.zip"), then)


def _columns(
    made: "ClassGrades",
    arrange: "Arrange",
    fill: Path,
    into: Path | None,
    column: str,
    out_of: float | None,
    then: str,
) -> int:
    into = files.require_place(into or _beside(fill))
    sheet = downloaded(fill)
    if column and len(made.exercises) > 1:
        raise Complaint(
            _("--column is the column of one exercise. Name that exercise, such as ex3.")
        )
    parts = [
        (each.id, arrange(sheet, each, column), [grade for __, grade in made.grades([each])])
        for each in made.exercises
    ]
    return made.filled(sheet, parts, into, out_of, then)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-filled{path.suffix or '.csv'}")
