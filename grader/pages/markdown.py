"""Strangers' words in Markdown: whatever they hold, they stay words."""

import re

from grader.clean import sentence

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain(text: str) -> str:
    """Words in which no sign is Markdown or HTML, in one line."""
    escaped = re.sub(r"([\\`*_{}\[\]#|~$@])", r"\\\1", sentence(text)).translate(_ENTITIES)
    return re.sub(r"^(\d*)([-+=.):])", r"\1\\\2", escaped)  # lists, and lines below headings


def fenced(text: str) -> str:
    """A block of code that the text can't end."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
