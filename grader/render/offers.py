"""The next steps that several screens offer."""

from grader.i18n import _

FIX = _("Fix it, then run")
FIX_AND_SAVE = _("Fix it and save the file")
OR_ASK = _("or get a hint:")
COMPARE = _("Compare with the solution:")
MAKE_WORKSPACE = _("Make a folder to work in:")
UNDERSTAND = _("Passed. Check your understanding:")


def write(file: str) -> str:
    return _("Write your code in {file}, then run").format(file=file)


def write_and_save(file: str) -> str:
    return _("Write your code in {file} and save the file").format(file=file)
