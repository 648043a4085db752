"""A class whose grades are exported: its options, what is read, and what is said."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader import folder as folders
from grader.cli import files
from grader.cli.context import Context, quoted
from grader.cli.exits import PASSED, Complaint
from grader.cli.options import above_zero, option
from grader.cli.words import either
from grader.i18n import _, ngettext

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.export.feedback import Name
    from grader.export.filling import FinalGrade, Layout, RowFate
    from grader.export.sheet import Sheet
    from grader.report import Report

ClassArgument = Annotated[
    Path, typer.Argument(metavar="CLASS", help=_("The class's folder."), show_default=False)
]
ExercisesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="EXERCISE", help=_("All of the class without one."), show_default=False),
]
FillOption = Annotated[Path, option("--fill", "FILE", _("The file that you downloaded."))]
IntoOption = Annotated[
    Path | None,
    option("--into", "FILE", _("Where to write it."), callback=files.require_place),
]
ColumnOption = Annotated[
    str,
    typer.Option("--column", metavar="TITLE", help=_("The column to fill, if it is not clear.")),
]
OutOfOption = Annotated[
    float | None,
    option(
        *("--out-of", "N", _("Scale the points, so that N is the most.")),
        parser=above_zero(
            "--out-of",
            _(
                "{option} {text} is no number of points. Give one above 0 and below {most:,}, such "
                "as 100."
            ),
        ),
    ),
]
LateOption = Annotated[
    str | None, option("--late", "RULE", _("What late work costs: 10%/day or 2%/hour, max 50%."))
]
DueOption = Annotated[
    datetime | None,
    typer.Option(
        "--due",
        metavar="TIME",
        formats=["%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M"],
        help=_(
            "The deadline, such as 2026-11-02T18:00, with +01:00 if that is not this "
            "computer's zone; without it, what the download calls late is late."
        ),
        show_default=False,
    ),
]


class ClassGrades:
    """A class whose grades are written, by the options of a command."""

    def __init__(
        self,
        context: Context,
        folder: Path,
        exercises: list[str] | None,
        late: str | None,
        due: datetime | None,
    ) -> None:
        from grader.classroom.adjusting import Rules
        from grader.classroom.classfolder import ClassFolder
        from grader.classroom.manifest import Status

        self.context, self.folder = context, ClassFolder.open(folder)
        self.course, settings = context.course, self.folder.settings()
        if context.named is None and settings is not None and settings.course:
            self.course = settings.open_course(self.folder.root)
        self.entries = self.folder.entries()
        stems = {entry.exercise for entry in self.entries if entry.status is Status.GRADE}
        if strange := next(iter(stems - {each.stem for each in self.course.exercises}), None):
            raise Complaint(
                _(
                    "The class has submissions of {strange}, and the course has no such "
                    "exercise. Name the course that it was graded with: --course DIR"
                ).format(strange=strange)
            )
        wanted = {self.course.exercise(name).stem for name in exercises or ()} or stems
        self.exercises = [each for each in self.course.exercises if each.stem in wanted]
        if none := next((each for each in self.exercises if each.stem not in stems), None):
            raise Complaint(
                _("{folder} has no submission of {none}.").format(
                    folder=files.shown(folder), none=none.id
                )
            )
        self.rules = Rules.of(self.folder, self.entries, late, due)
        if due is not None and self.rules.late is None:
            raise Complaint(
                _("--due alone changes no grade. Say what late work costs, such as --late 10%/day")
            )
        own = [entry for entry in self.entries if entry.exercise in wanted]
        if doubt := self.rules.doubt(own):
            self._remark(doubt)

    @property
    def named(self) -> str:
        """The exercises, in few words."""
        return ", ".join(each.id for each in self.exercises)

    def require_one_assignment(self) -> None:
        """Raise Complaint if exercises come from several assignments of Moodle."""
        from grader.export.moodle import several_assignments

        stems = {each.stem for each in self.exercises}
        if several_assignments(e for e in self.entries if e.exercise in stems):
            raise Complaint(
                _(
                    "{exercises} come from several Moodle assignments, and what Moodle takes is "
                    "of one. Name its exercises after the class, such as {first}."
                ).format(exercises=self.named, first=self.exercises[0].id)
            )

    def grades(self, exercises: "list[Exercise]") -> "list[tuple[str, FinalGrade]]":
        """The grades of some of its exercises."""
        from grader.export.grades import grades

        changed: set[str] = set()
        found = list(grades(self.folder, self.entries, exercises, self.rules, changed.add))
        for each in exercises:
            if each.stem in changed:
                self._remark(
                    _(
                        "The checks of {exercise} have changed since files were graded. "
                        "Grade them again: `{command}`."
                    ).format(exercise=each.id, command=self._run)
                )
        return found

    @property
    def _run(self) -> str:
        # without --course: a class knows its own
        folder = files.relative(self.folder.root)
        return quoted(*self.context.program, "class", "run", folder)

    def _remark(self, sentence: str) -> None:
        """Say something beside what is written, which may be standard output."""
        print(sentence, file=sys.stderr)

    def reports(self) -> "Iterator[tuple[str, Report]]":
        """The names of learners and the reports of what counts; also those of accidents."""
        from grader.export.grades import counted

        stems = [each.stem for each in self.exercises]
        for result in counted(self.folder, self.entries, stems):
            if result.mark is not None and result.mark.report is not None:
                yield result.entry.name, result.mark.report

    def feedback(self, name: "Name", into: Path, then: str) -> int:
        """Write a zip with a page for each submission that counts and was graded."""
        from grader.classroom.adjusting import said
        from grader.export.feedback import archived
        from grader.export.grades import graded
        from grader.pages.feedback import html

        files.require_place(into)
        ids = {each.stem: each.id for each in self.exercises}
        pages = [
            (
                entry,
                html(
                    report, ids[entry.exercise], said(grade.points, grade.most, grade.note)
                ).encode(),
            )
            for entry, report, grade in graded(
                self.folder, self.entries, self.exercises, self.rules
            )
        ]
        if not pages:
            raise Complaint(
                _("Nothing of this class is graded yet. Grade it with `{command}`.").format(
                    command=self._run
                )
            )
        content, nameless = archived(pages, name)
        if len(nameless) == len(pages):
            raise Complaint(
                _(
                    "No submission of this class came from there: manifest.csv has none "
                    "of its ids. Import what you downloaded there with `grade "
                    "class import`."
                )
            )
        files.put(into, content)
        screen, count = self.context.console, len(pages) - len(nameless)
        screen.print(
            ngettext("{into}: {count} page. {then}", "{into}: {count} pages. {then}", count).format(
                into=files.shown(into), count=count, then=then
            )
        )
        if nameless:
            screen.print(
                _("Left out, as they did not come from there: {nameless}").format(
                    nameless=", ".join(nameless)
                )
            )
        return PASSED

    def filled(
        self,
        sheet: "Sheet",
        parts: "list[tuple[str, Layout, list[FinalGrade]]]",
        into: Path,
        out_of: float | None,
        then: str,
    ) -> int:
        """Fill grades into columns of a file, write it, and say what becomes of each row."""
        from rich.text import Text

        from grader.export.filling import Fate, fill
        from grader.export.grades import scaled
        from grader.render.lines import Hanging, words

        screen, changed = self.context.console, 0
        for name, layout, grades in parts:
            found = [scaled(grade, out_of) for grade in grades] if out_of else grades
            lines = fill(sheet, layout, found)
            changed += sum(line.fate is Fate.FILLED for line in lines)
            most = {grade.most for grade in found}
            screen.print(f"{name}", *_told(lines), sep="\n")
            if layout.possible is not None and most and most != {layout.possible}:
                of = either([f"{each:g}" for each in sorted(most)])
                told = _(
                    "The file says {possible:g} points, and {name} has {of}. To scale them: "
                    "`--out-of {possible:g}`."
                ).format(possible=layout.possible, name=name, of=of)
                screen.print(Hanging(Text("  "), words(told)))
        files.put(into, sheet.data())
        screen.print(
            "",
            ngettext(
                "{into}: {count} grade filled in. {then}",
                "{into}: {count} grades filled in. {then}",
                changed,
            ).format(into=files.shown(into), count=changed, then=then),
            sep="\n",
        )
        return PASSED


def downloaded(path: Path) -> "Sheet":
    """The file that a person has downloaded.

    Raises:
        Complaint: it can't be read.
    """
    from grader.export.sheet import MAX_SIZE, Sheet

    try:
        data = folders.read(path.expanduser(), MAX_SIZE + 1, follow="typed")
    except OSError as error:
        reason = error.strerror or str(error)
        raise Complaint(
            _("{path} can't be read ({reason}).").format(path=files.shown(path), reason=reason)
        ) from None
    return Sheet.parsed(data, files.shown(path))


def _told(lines: "list[RowFate]") -> list[str]:
    """What becomes of the rows: how many of each kind, and each one that needs a look."""
    from grader.export.filling import Fate

    said = []
    for fate in Fate:
        those = [line for line in lines if line.fate is fate]
        if those:
            said.append(f"  {len(those)} {fate}")
        for line in those:
            if line.why or fate is Fate.MISSING:
                who = (
                    _("row {row}, {name}").format(row=line.row, name=line.who)
                    if line.row
                    else line.who
                )
                said.append("    " + ": ".join(filter(None, (who, line.why))))
    again = sum(line.graded for line in lines)
    if again:
        said.append(_("  {again} of those filled in had another grade").format(again=again))
    return said
