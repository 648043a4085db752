"""What the author of a check needs to know when it does not pass: where, why, what it printed.

Learners do not see it: it shows lines of the checks.
"""

import io
import traceback
from pathlib import Path

from grader.i18n import _

MOST_FRAMES = 10
MOST_TEXT = 4000  # characters


class Said(io.StringIO):
    """What a check prints, as far as anyone would read it."""

    def write(self, text: str) -> int:
        """Keep the text, if there is room."""
        super().write(text[: max(MOST_TEXT - self.tell(), 0)])
        return len(text)


def trouble(error: BaseException, root: Path, case: str = "") -> str:
    """A traceback through the course's own files, and for which parameters.

    Args:
        error: what the check raised.
        root: the course; other frames are pytest's and the grader's.
        case: pytest's name for the parameters, if there are any.
    """
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(root)
    ][-MOST_FRAMES:]
    told = [_("parameters: {case}").format(case=case)] if case else []
    for frame in frames:
        told.append(f"{Path(frame.filename).relative_to(root)}:{frame.lineno}, in {frame.name}")
        told.append(f"    {frame.line}")
    told.append("".join(traceback.format_exception_only(error)).strip())
    return "\n".join(told)[:MOST_TEXT]
