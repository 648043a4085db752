"""What is said where a learner's last grading does not help."""

from grader.i18n import _


def not_loaded(command: str) -> str:
    return _(
        "In your last run Python could not load the file. `{command}` shows the line to fix."
    ).format(command=command)


def older(exercise: str, command: str) -> str:
    return _(
        "The checks of {exercise} have changed since your last run. Run `{command}` first."
    ).format(exercise=exercise, command=command)


def not_graded(exercise: str, command: str) -> str:
    return _("{exercise} has not been graded yet: run `{command}` first.").format(
        exercise=exercise, command=command
    )
