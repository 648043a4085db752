"""The guide in a new workspace."""

from grader.course import Course
from grader.i18n import _


def guide(course: Course, activate: str) -> str:
    """What ``grade init`` writes as README.md: a course's exercises, and the commands for it.

    Args:
        course: whose guide it is.
        activate: the command after which a new terminal finds ``grade``; empty if each does.
    """
    from grader.lab.experiment import labs
    from grader.lab.lesson import lessons

    exercises = [(each.id, each.title) for each in course.exercises]
    first = exercises[0][0]
    commands = [
        ("grade", _("shows how far you are, and what is next")),
        (f"grade {first}", _("grades your file")),
        (f"grade open {first}", _("opens it in your editor")),
        ("grade watch", _("grades again whenever you save")),
        (f"grade run {first}", _("runs your file, without TensorFlow's log lines")),
        (f"grade hint {first}", _("gives a hint; run it again for a bigger one")),
        (
            f"grade reset {first}",
            _("restores the starter version; your file is kept under another name"),
        ),
        (f"grade replay {first}", _("writes a script with the calls of the check that failed")),
        (
            f"grade solution {first}",
            _("shows a sample solution next to your code, once everything passes"),
        ),
    ]
    if lessons(course):
        commands.append((f"grade lesson {first}", _("explains the idea, with a picture")))
    if labs(course):
        commands.append(
            ("grade lab", _("lists experiments: you predict the result, then they run"))
        )
    if (course.root / "docs/glossary.md").is_file():
        commands.append(("grade words", _("explains the words of the course")))
    if any(each.quiz.is_file() for each in course.exercises):
        commands += [
            (f"grade quiz {first}", _("asks questions about what you learned")),
            ("grade review", _("asks the questions that you missed again")),
        ]
    commands += [
        ("grade doctor", _("checks that this computer is set up correctly")),
        ("grade --help", _("shows all commands")),
    ]
    # Translators: the guide in each new workspace, in Markdown. Keep `grade …` as it is.
    template = _("""# Your exercises

Each file in `exercises/` is one exercise. Its first lines say what it is about; write what is
missing, save, and grade it:

    grade {first}

Fix the first ✗ and grade again. You can't break anything: grading never changes your files, and you
can do it as often as you like.

{found}{exercises}

| command | what it does |
|---|---|
{commands}

Your progress is saved in the folder `.grade`.
""")
    # Translators: in that guide, where a terminal finds `grade` only after a command.
    found = _("In each new terminal, `{command}` lets it find `grade`.\n\n")
    return template.format(
        first=first,
        found=found.format(command=activate) if activate else "",
        exercises="\n".join(f"- {name}: {title}" for name, title in exercises),
        commands="\n".join(f"| `{command}` | {what} |" for command, what in commands),
    )
