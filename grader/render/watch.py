"""What stands below a grading while files are watched."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.text import Text

from grader.render.lines import Hanging


def keys(words: Iterable[tuple[str, str]], passed: str) -> RenderableType:
    """The keys that there are, each with a word for what it does; how far the course is."""
    each = [Text.assemble((key, "cyan"), f" {word}") for key, word in words]
    between = Text.assemble((" · ", "dim"))  # a style of its own would be that of all
    return Hanging(Text(" "), between.join(each), Text(passed, "dim"))
