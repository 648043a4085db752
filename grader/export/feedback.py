"""Feedback files in a zip, each under the name by which a system finds its person."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from grader.classroom.manifest import Entry
from grader.export import canvas, moodle
from grader.export.bundle import archive

Name = Callable[[Entry, str], str]  # of a submission and a file; empty without the ids


def for_moodle(entry: Entry, file: str) -> str:
    """Its path in the zip that Moodle takes as “Upload multiple feedback files in a zip”."""
    identifier = entry.ids.get("moodle", "")
    return moodle.feedback_path(entry.name, identifier, file) if identifier.isdecimal() else ""


def for_canvas(entry: Entry, file: str) -> str:
    """Its name in the zip that Canvas takes as “Upload Submissions”."""
    user, attachment = entry.ids.get("canvas", ""), entry.ids.get("canvas_attachment", "")
    if not (user.isdecimal() and attachment.isdecimal()):
        return ""
    return canvas.feedback_name(PurePosixPath(entry.source).name, user, attachment, file)


def archived(pages: Iterable[tuple[Entry, bytes]], name: Name) -> tuple[bytes, list[str]]:
    """A zip of pages, and the learners whom the system could not find: they came from elsewhere."""
    files: dict[str, bytes] = {}
    nameless = []
    for entry, page in pages:
        if path := name(entry, f"{entry.exercise}-feedback.html"):
            files[path] = page
        else:
            nameless.append(entry.name)
    return archive(files), nameless
