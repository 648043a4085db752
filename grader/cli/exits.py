"""How a command ends: its exit codes, and the errors that are one sentence."""

from grader.errors import GraderError
from grader.i18n import _

PASSED, NOT_PASSED, FAILURE, ACCIDENT, INTERRUPTED = 0, 1, 2, 3, 130
TRACEBACK = "GRADE_TRACEBACK"  # in the environment: errors are shown as those who wrote them need


class Complaint(GraderError):
    """The command can't do its work; the text says why, and what to do next."""


class Stopped(GraderError):
    """Ctrl-C ended the work; the text says what was kept."""


STOPPED = _("Stopped. Nothing of this run was saved.")
