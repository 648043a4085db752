"""``grade class import``: add what learners handed in to a class."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.classroom.place import Classroom, opened
from grader.cli.exits import PASSED, Complaint
from grader.cli.files import relative, shown
from grader.cli.options import CourseOption, option
from grader.i18n import _, ngettext

if TYPE_CHECKING:
    from grader.classroom.intake.importing import Imported
    from grader.classroom.roster import Person

_MOST = 16 << 20  # bytes of a roster
_PROBLEMS = 6  # kinds of problems that are shown


def import_class(
    downloads: Annotated[
        list[Path],
        typer.Argument(metavar="DOWNLOAD...", help=_("Folders and ZIP files."), show_default=False),
    ],
    into: Annotated[
        Path, option("--into", "CLASS", _("The class's folder; it is made if needed."))
    ],
    layout: Annotated[
        str | None,
        option(
            "--from",
            "SYSTEM",
            _(
                "Where it is from: moodle, canvas, brightspace, blackboard, gradescope, nbgrader, "
                "plain for folders that people have made, or names if each file is called after "
                "its learner. Found out without it."
            ),
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        option("--roster", "CSV", _("Who is in the class: a column name, and ids such as email.")),
    ] = None,
    course: CourseOption = None,
) -> int:
    """Add downloads to a class; grade nothing.

    Each file becomes a row of manifest.csv or of attention.csv, which you may edit. Run it again
    with a newer download: it adds what is new.
    """
    from grader.classroom.intake.importing import LAYOUTS, NAMES, PLAIN, import_downloads

    if layout is not None and layout not in (*LAYOUTS, PLAIN, NAMES):
        known = ", ".join([*LAYOUTS, PLAIN, NAMES])
        raise Complaint(
            _("There is no layout {layout!r}. Choose one of {known}, or leave it out.").format(
                layout=layout, known=known
            )
        )
    for download in downloads:
        if not download.expanduser().exists():
            raise Complaint(
                _("There is no {download}. Name a folder or a ZIP file.").format(
                    download=shown(download)
                )
            )
        if into.expanduser().resolve().is_relative_to(download.expanduser().resolve()):
            raise Complaint(
                _("{into} is inside {download}. Name a folder elsewhere for the class.").format(
                    into=shown(into), download=shown(download)
                )
            )
    place = opened(into, course, make=True)
    with place.folder.locked():
        people = _people(place, roster)
        screen = place.context.console
        with screen.status(_("Reading the downloads")) as status:
            done = 0

            def on_file(name: str) -> None:
                nonlocal done
                done += 1
                if done % 50 == 0:
                    status.update(_("Reading the downloads: {done:,} files").format(done=done))

            imported = import_downloads(
                place.folder,
                place.context.course,
                downloads,
                layout=layout,
                people=people,
                on_file=on_file,
            )
        if place.settings != place.folder.settings():  # else what a person wrote there stays
            place.folder.keep_settings(place.settings)
    _show(place, imported)
    return PASSED


def _people(place: Classroom, typed: Path | None) -> "list[Person]":
    """Those of the roster; a new one is kept with the class."""
    from grader import folder
    from grader.classroom import roster

    if typed is None:
        return roster.kept(place.folder)
    try:
        data = folder.read(typed.expanduser().absolute(), _MOST, follow=True)
    except OSError as error:
        raise Complaint(
            _("{typed} can't be read ({reason}). Name a CSV file.").format(
                typed=shown(typed), reason=error.strerror or error
            )
        ) from error
    people = roster.parsed(data, shown(typed))
    place.folder.replace(roster.NAME, roster.written(people))
    return people


def _show(place: Classroom, imported: "Imported") -> None:
    """What became of the downloads, and what to do next."""
    from collections import Counter

    from rich.table import Table
    from rich.text import Text

    from grader.render import guidance, terminal

    screen, new = place.context.console, imported.new
    systems: dict[str, list[str]] = {}
    for name, layout in imported.layouts.items():
        systems.setdefault(layout, []).append(shown(Path(name)))
    rows = [terminal.note(f"{layout}: {', '.join(names)}") for layout, names in systems.items()]
    screen.print(*rows, "", sep="\n")
    counts = Counter(entry.exercise for entry in new)
    table = Table.grid(padding=(0, 2))
    for exercise in place.context.course.exercises:
        if count := counts[exercise.stem]:
            learners = len({e.learner for e in new if e.exercise == exercise.stem})
            versions = ngettext("{count:,} submission", "{count:,} submissions", count)
            people = ngettext("of {count:,} learner", "of {count:,} learners", learners)
            versions, people = versions.format(count=count), people.format(count=learners)
            table.add_row(Text(f"   {exercise.id}", "cyan"), versions, Text(people, "dim"))
    if new:
        screen.print(table, "", sep="\n")
    screen.print(*map(guidance.sentence, _sentences(place, imported)), "", sep="\n")
    if new or imported.known:  # else there is nothing to grade
        screen.print(terminal.following([("", place.command("run"))]))


def _sentences(place: Classroom, imported: "Imported") -> list[str]:
    from collections import Counter

    from grader.classroom import attention, manifest

    def file(name: str) -> str:
        return relative(place.typed / name)

    found = []
    new, converted = len(imported.new), sum(bool(e.converted) for e in imported.new)
    found.append(
        _("{new:,} new in {file}.").format(new=new, file=file(manifest.NAME))
        if new
        else _("Nothing is new.")
    )
    if imported.known:
        # Translators: submissions
        were = ngettext(
            "{count:,} were there already.", "{count:,} were there already.", imported.known
        )
        found.append(were.format(count=imported.known))
    if converted:
        found.append(
            _("{converted:,} had another encoding and are UTF-8 now: column “converted”.").format(
                converted=converted
            )
        )
    if count := len(imported.attention):
        template = ngettext(
            "{count:,} file needs your attention: {file} says why.",
            "{count:,} files need your attention: {file} says why.",
            count,
        )
        found.append(template.format(count=count, file=file(attention.NAME)))
        problems = Counter(row.problem for row in imported.attention).most_common()
        found += [f"  {times} × {problem}" for problem, times in problems[:_PROBLEMS]]
    if count := len(imported.beside):
        template = ngettext(
            "{count:,} file lies beside submissions and is no code, such as a README.",
            "{count:,} files lie beside submissions and are no code, such as a README.",
            count,
        )
        found.append(template.format(count=count))
    if count := imported.left_out:
        template = ngettext(
            "{count:,} file of systems and editors, such as .DS_Store, is left out.",
            "{count:,} files of systems and editors, such as .DS_Store, are left out.",
            count,
        )
        found.append(template.format(count=count))
    return found
