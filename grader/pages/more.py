"""What a page leaves out, in words."""

from xml.etree.ElementTree import Element

from grader.i18n import ngettext
from grader.pages.html import tag


def _more(sentence: str, number: int) -> list[Element]:
    return [tag("p", sentence.format(number=number))] if number > 0 else []


def files(number: int) -> list[Element]:
    """A line about so many of them; none if there are none."""
    return _more(
        ngettext(
            "And {number:,} more file: see results.csv.",
            "And {number:,} more files: see results.csv.",
            number,
        ),
        number,
    )


def groups(number: int) -> list[Element]:
    """A line about so many of them; none if there are none."""
    return _more(
        ngettext(
            "And {number:,} more group: see results.csv.",
            "And {number:,} more groups: see results.csv.",
            number,
        ),
        number,
    )


def misconceptions(number: int) -> list[Element]:
    """A line about so many of them; none if there are none."""
    return _more(
        ngettext(
            "And {number:,} more misconception: see results.csv.",
            "And {number:,} more misconceptions: see results.csv.",
            number,
        ),
        number,
    )
