"""Labels above and beside what a report shows."""

from grader.i18n import _

# Translators: before the value that the check expected, and the one that the code returned.
EXPECTED = _("expected")
GOT = _("got")
PRINTED = _("Your code printed:")
NOT_LOADED = _("The file could not be loaded")
VERIFIED = _("verified")


def shape(value: tuple[int, ...]) -> str:
    return _("shape {value}").format(value=value)


LEARNED = _("The lesson itself is done. What is left is craft: writing good programs.")
