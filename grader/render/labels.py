"""Labels above and beside what a report shows."""

from grader.i18n import _

# Translators: before the value that the check expected, and the one that the code returned.
EXPECTED = _("expected")
GOT = _("got")
PRINTED = _("Your code printed:")
NOT_LOADED = _("The file could not be loaded")
VERIFIED = _("verified")

_LEVELS = {  # of protection
    "full": _("full"),
    "partial": _("partial"),
    "none": _("none"),
    "not known yet": _("not known yet"),
    "not needed": _("not needed"),
}


def level(name: str) -> str:
    """A level of protection, as ``Protection`` has it, in the reader's language."""
    return _LEVELS.get(name, name)


def shape(value: tuple[int, ...]) -> str:
    return _("shape {value}").format(value=value)


LEARNED = _("The lesson itself is done. What is left is craft: writing good programs.")
