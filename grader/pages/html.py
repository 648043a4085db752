"""HTML as a tree: whatever a string holds, it stays a string.

``xml.etree`` escapes all that is in a tree when it is written; nothing here joins markup by hand.
"""

import re
from collections.abc import Iterable
from importlib.resources import files
from xml.etree.ElementTree import Element, tostring

from grader.clean import clean

_MARKS = re.compile("[\u200e\u200f\u061c]")  # of direction: isolation does their work
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def tag(
    name: str, /, *children: "str | Element | Iterable | None", **attributes: object
) -> Element:
    """An element.

    Args:
        name: such as ``"p"``.
        children: strings and elements, or lists of them; ``None`` is nothing.
        **attributes: ``class_`` is ``class``, ``aria_label`` is ``aria-label``; ``None`` and
            ``False`` are left out, ``True`` has no value. SVG's names keep their capitals.
    """
    element = Element(name)
    for key, value in attributes.items():
        if value is not None and value is not False:
            shown = "" if value is True else clean(str(value))
            element.set(key.rstrip("_").replace("_", "-"), shown)
    append(element, children)
    return element


def append(element: Element, children: "Iterable | str | Element | None") -> None:
    """Put children at an element's end."""
    if children is None:
        return
    if isinstance(children, str):
        text = clean(children)
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text
    elif isinstance(children, Element):
        element.append(children)
    else:
        for child in children:
            append(element, child)


def name(text: str) -> Element:
    """A person's or a file's name, whose direction of writing stays its own."""
    return tag("bdi", _MARKS.sub("", text))


def wide(table: Element, label: str) -> Element:
    """A table in a box that can be moved sideways where there is too little room."""
    return tag("div", table, class_="wide", role="region", tabindex="0", aria_label=label)


def document(title: str, body: Iterable[Element]) -> str:
    """A whole page, which loads nothing and runs nothing.

    Args:
        title: of the window.
        body: what it shows.
    """
    css = Element("style")
    css.text = (files("grader.pages") / "class.css").read_text("utf-8")
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("title", title),
        css,
    ]
    page = tag("html", tag("head", head), tag("body", body), lang="en")
    return "<!doctype html>\n" + tostring(page, encoding="unicode", method="html") + "\n"
