"""``grade class similar``: folders for JPlag and Dolos, which find files that are alike."""

from pathlib import Path
from typing import Annotated

from grader.cli.classroom.place import ClassCourse, OfClass, opened
from grader.cli.exits import PASSED, Complaint
from grader.cli.files import shown
from grader.cli.options import option
from grader.i18n import _, ngettext


def similar(
    folder: OfClass,
    into: Annotated[Path, option("--into", "DIR", _("A new folder for the files."))],
    course: ClassCourse = None,
) -> int:
    """Write folders that JPlag and Dolos take as they are, with the starter file as base code."""
    from grader.classroom import similar as folders
    from grader.classroom.journal import Journal
    from grader.classroom.output import exchanged
    from grader.classroom.results import results
    from grader.folder import behind_links
    from grader.render import guidance, terminal

    place = opened(folder, course)
    try:
        target = behind_links(into.expanduser().absolute())
        target.parent.mkdir(parents=True, exist_ok=True)
        full = target.exists() and any(target.iterdir())
    except OSError as error:
        raise Complaint(
            _("{into} can't be used ({reason}). Name a new folder.").format(
                into=shown(into), reason=error.strerror or error
            )
        ) from error
    if full:
        raise Complaint(_("{into} is not empty. Name a new folder.").format(into=shown(into)))
    with Journal.open(place.folder.root) as journal:
        counting = results(journal, place.folder.entries(), place.settings.policy)
        entries = [result.entry for result in counting]
    with exchanged(target, ()) as made:
        found = folders.write(place.folder, place.context.course, entries, made)
    screen = place.context.console
    for each in found:
        template = ngettext("{target}  {count:,} file", "{target}  {count:,} files", each.files)
        told = template.format(target=shown(target / each.stem), count=each.files)
        screen.print(guidance.sentence(told))
    for entry in (entry for each in found for entry in each.skipped):
        told = _("{file} of {entry} can't be read, and is left out.")
        screen.print(guidance.sentence(told.format(file=entry.file, entry=entry.name)))
    if not found:
        raise Complaint(
            _("{place} has no submissions yet. Import a download first.").format(place=place.typed)
        )
    stem = found[0].stem
    jplag = f"java -jar jplag.jar -l python3 -bc {folders.BASE} {folders.SUBMISSIONS}"
    dolos = f"dolos run -l python -i {folders.BASE}/{stem}.py {folders.INFO}"
    steps = [(_("In one of these folders:"), jplag), (_("or"), dolos)]
    screen.print("", terminal.following(steps), sep="\n")
    return PASSED
