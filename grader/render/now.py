"""What happens right now, in words."""

from grader.i18n import _

STARTING = _("Starting the checks")
ENDING = _("Finishing")
TENSORFLOW_LOADS = _("Loading TensorFlow")


def checking(number: int, total: int, what: str) -> str:
    return _("check {number} of {total} · {what}").format(number=number, total=total, what=what)
