"""``grade init``: a folder of one's own with all that is to be written."""

import re
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.context import Context, quoted
from grader.cli.exits import PASSED, Complaint
from grader.cli.files import relative, shown, write_new
from grader.cli.last import remember
from grader.cli.options import CourseOption, option
from grader.i18n import _
from grader.render import offers

ADDRESS = re.compile(r"[\w+~:/@=#%&?.,\[\]][\w+~:/@=#%&?.,\[\]-]{0,300}")  # no word of a shell
NO_ADDRESS = _(
    "--install takes what pip can install: a name or an address, without spaces and quotes."
)
NO_NOTEBOOKS = _("--install is about the first cell of notebooks. Add --notebooks.")
ELSEWHERE = _("VS Code or Jupyter? `{command}` explains --vscode and --notebooks.")


def init(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help=_("The folder; this one if none is named.")),
    ] = None,
    notebooks: Annotated[
        bool, typer.Option("--notebooks", help=_("Write the exercises as notebooks, for Jupyter."))
    ] = False,
    install: Annotated[
        str,
        option("--install", "ADDRESS", _("Where notebooks install the grader from, as on Colab.")),
    ] = "",
    vscode: Annotated[
        bool, typer.Option("--vscode", help=_("Write tasks and a debugger's start for VS Code."))
    ] = False,
    upgrade: Annotated[
        bool,
        typer.Option(
            "--upgrade", help=_("Merge the course's newer starter versions into your files.")
        ),
    ] = False,
    course: CourseOption = None,
) -> int:
    """Make a folder to work in, with a file for each exercise; what is there stays."""
    from grader.cli.beginning import activating, beginning, made, require_folder
    from grader.cli.upgrade import upgraded
    from grader.lab.experiment import labs
    from grader.render import guidance, terminal
    from grader.render.lines import words
    from grader.starters import Starters
    from grader.workspace import Workspace

    if install and not (notebooks and ADDRESS.fullmatch(install)):
        raise Complaint(NO_ADDRESS if notebooks else NO_NOTEBOOKS)
    context = Context(course)
    opened, make = context.course, context.make
    above = context.workspace if folder is None else None
    if upgrade and above is not None and not above.flat:
        folder = above.root  # from whatever folder in it
    root = made(Path.cwd() if folder is None else folder.expanduser(), make)
    if above is not None and above.root != root:
        raise Complaint(
            _(
                "This folder is inside {workspace}, which already has the "
                "exercises. Continue there, or name another folder, such as "
                "`{command}`."
            ).format(workspace=shown(above.root), command=make)
        )
    if other := Workspace(root, make=make).read_only:
        raise Complaint(other)
    for name in ("exercises", *([".vscode"] if vscode else [])):
        require_folder(root / name)
    screen = context.console
    told = False
    if upgrade:
        for sentence in upgraded(context, Workspace(root, make=make)):
            screen.print(guidance.sentence(sentence))  # now: the next may be a complaint
            told = True
    if told:
        screen.print()
    kept: list[str] = []
    wrote: list[str] = []
    for file, content in beginning(opened, root, notebooks, install, vscode):
        (wrote if content and write_new(file, content) else kept).append(shown(file))
    for each in opened.exercises:
        if shown(Workspace(root).submission(each)) in wrote:
            Starters(root).keep(each)
    for title, paths in ((_("kept"), [] if told else kept), (_("wrote"), wrote)):
        for path in paths:
            screen.print(words(f" {title:<5}  {path}"), soft_wrap=True)
    first = opened.exercises[0]
    steps = activating(context.program)
    if root != Path.cwd():
        steps.append(("", quoted("cd", relative(root))))
        context = context.elsewhere()
    if told:
        screen.print(*[""] if wrote else [], terminal.following([*steps, ("", context.command())]))
        return PASSED
    if look := next((each.id for each in labs(opened) if each.exercise is None), ""):
        steps.append((_("Look at the data:"), context.command("lab", look)))
    begin = Workspace(root).submission(first).relative_to(root)
    steps.append((offers.write(str(begin)), context.command(first.id)))
    if notebooks:
        steps.append((_("or open it in Jupyter:"), quoted("jupyter", "lab", str(begin))))
    if vscode:
        steps.append((_("or open this folder in VS Code:"), quoted("code", ".")))
    steps.append((_("or have it graded on every save:"), context.command("watch")))
    if not wrote and not told:
        screen.print(terminal.note(_("Everything was already there. Nothing was changed.")))
    if wrote and not notebooks and not vscode:
        screen.print("", terminal.note(ELSEWHERE.format(command=context.command("init", "--help"))))
    screen.print("", terminal.following(steps), sep="\n")
    if course is None:
        remember(root)
    return PASSED
