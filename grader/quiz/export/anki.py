"""An Anki package: a deck for each quiz, a note for each question.

genanki writes it: Anki's database is a format of its own, which changes. A note's GUID is made from
our question's id, so that a new import updates what is there.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, assert_never

from grader.errors import GraderError
from grader.i18n import _
from grader.quiz.export import content
from grader.quiz.export.content import Export, QuizSheet
from grader.quiz.questions import Choice, Choices, Number, Own, Question, Trace

_STYLE = """
.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 40em;
        margin: 0 auto; line-height: 1.4; }
pre { overflow-x: auto; padding: 0.5em; border: 1px solid #8888; }
.right { font-weight: bold; }
.why { opacity: 0.85; }
"""
_FRONT = "{{Question}}"
_BACK = '{{FrontSide}}<hr id="answer" />{{Answer}}'
_RIGHT = ' class="right"'
_TIME = 0.0  # seconds since 1970: a second export is the same
_INSTALL = "pip install 'eight-questions[anki]'"


def anki(sheets: Sequence[QuizSheet]) -> Export:
    """Quizzes as cards.

    Raises:
        GraderError: genanki is not installed.
    """
    try:
        import genanki
    except ModuleNotFoundError as error:
        raise GraderError(
            _(
                "Anki packages need genanki, which is not installed. Install it with `{command}`."
            ).format(command=_INSTALL)
        ) from error
    made = Export(".apkg")
    model = genanki.Model(
        _number("eight-questions"),
        _("Eight questions"),
        fields=[{"name": "Question"}, {"name": "Answer"}],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    decks = []
    for sheet in sheets:
        deck = genanki.Deck(_number(sheet.exercise.stem), sheet.title.replace("::", ":"))
        for question in made.fitting(sheet, lines=True):
            note: Any = genanki.Note(
                model=model,
                fields=[_front(question), _back(question)],
                guid=genanki.guid_for(sheet.name(question)),
                tags=[concept.replace(" ", "-") for concept in question.concepts],
            )
            deck.add_note(note)
        decks.append(deck)
    made.data = _packed(genanki.Package(decks), sheets) if made.count else b""
    return made


def _packed(package: Any, sheets: Sequence[QuizSheet]) -> bytes:
    """The package's bytes; genanki takes media from files, and writes one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for image in content.images(sheets):
            (folder / _file(image)).write_bytes(content.picture(image))
        package.media_files = [str(path) for path in sorted(folder.iterdir())]
        path = folder / "quizzes.apkg"
        package.write_to_file(str(path), timestamp=_TIME)
        return path.read_bytes()


def _front(question: Question) -> str:
    asked = content.prompt(question, _file)
    match question:
        case Choice() | Choices():
            options = "".join(f"<li>{content.inline(o.text)}</li>" for o in question.options)
            told = escape(_("Several may be right."))
            several = f"<p>{told}</p>" if question.several else ""
            return f'{asked}{several}<ol type="a">{options}</ol>'
        case Number() | Trace():
            return asked
        case Own():
            raise AssertionError("it depends on the learner's file")
        case _:
            assert_never(question)


def _back(question: Question) -> str:
    match question:
        case Choice() | Choices():
            rows = "".join(
                f"<li{_RIGHT if option.correct else ''}>"
                f"{'✓ ' if option.correct else ''}{content.inline(option.text)}"
                f'<div class="why">{content.html(option.why)}</div></li>'
                for option in question.options
            )
            said = f'<ol type="a">{rows}</ol>'
        case Number():
            said = f'<p class="right">{escape(content.number(question.answer))}</p>'
        case Trace():
            answer = escape(content.plain(question.answer.strip()))
            said = f'<pre class="right"><code>{answer}</code></pre>'
        case Own():
            raise AssertionError("it depends on the learner's file")
        case _:
            assert_never(question)
    return f'{said}<div class="why">{content.reasons(question)}</div>'


def _number(name: str) -> int:
    """An id of a deck or model that stays, as Anki wants it: 31 bits."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) >> 1


def _file(image: int) -> str:
    return f"eight-questions-garment-{image}.png"
