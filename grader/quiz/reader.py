"""Reads quizzes, ``quizzes/<stem>.toml``; ``docs/quizzes.md`` is the format's description."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from grader.i18n import _, every
from grader.measured import Measured
from grader.quiz import typed
from grader.quiz.questions import (
    Choice,
    Choices,
    Kind,
    Number,
    Option,
    Own,
    Question,
    Trace,
    Wrong,
)
from grader.quiz.toml import QuizError as QuizError
from grader.quiz.toml import TomlTable, Unreadable, opened

IMAGES = 1000  # in the bundled test set

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OPTION = re.compile(r"(?=.*[a-z])" + _ID.pattern)  # a number is where an option stands

_SHARED = ("id", "kind", "concept", "prompt", "code", "image", "note")
_CHOSEN = ("shuffle", "option")
_TYPED = ("answer", "why", "wrong")


@dataclass(frozen=True)
class Quiz:
    """The questions of one exercise."""

    path: Path
    questions: tuple[Question, ...]

    def question(self, id: str) -> Question | None:
        """The question of that id."""
        return next((question for question in self.questions if question.id == id), None)


def load(path: Path) -> Quiz:
    """Read a quiz.

    Raises:
        QuizError: it can't be read, or is no quiz; the first thing that is wrong.
    """
    questions, errors = read(path)
    if errors:
        raise errors[0]
    return Quiz(path, questions)


def read(path: Path) -> tuple[tuple[Question, ...], list[QuizError]]:
    """The questions of a file, and all that is wrong in it; wrong questions are left out."""
    try:
        quiz = opened(path, Measured(path.absolute().parents[1] / "labs"))
    except QuizError as error:
        return (), [error]
    return tuple(_questions(quiz)), quiz.notes.errors


def _questions(quiz: TomlTable) -> Iterator[Question]:
    quiz.known(("question",), _("A quiz"))
    found = quiz.values.get("question")
    if not isinstance(found, list) or not found:
        fix = _("begin each question with a line [[question]]")
        quiz.note(_("there is no question"), fix, "question")
        return
    seen: dict[str, int] = {}
    for number, each in enumerate(found):
        try:
            table = quiz.table("question", number, each)
            question = _question(table)
        except Unreadable:
            continue
        if question.id in seen:
            what = _("the id {question!r} is that of line {seen} already").format(
                question=question.id, seen=seen[question.id]
            )
            table.note(what, _("give each question an id of its own"), "id")
            continue
        seen[question.id] = table.line("id")
        yield question


def _question(table: TomlTable) -> Question:
    noted = len(table.notes.errors)
    name = table.text("id")
    if not _ID.fullmatch(name):
        table.fail(
            _("{name!r} is no id").format(name=name),
            _("use lower-case words joined by hyphens"),
            "id",
        )
    word = table.text("kind")
    if word not in list(Kind):
        table.fail(
            _("there is no kind {word!r}").format(word=word),
            _("it is one of {kind}").format(kind=", ".join(Kind)),
            "kind",
        )
    question = _of_kind(Kind(word), table, name)
    if len(table.notes.errors) > noted:
        raise Unreadable
    return question


def _of_kind(kind: Kind, table: TomlTable, name: str) -> Question:
    match kind:
        case Kind.CHOICE:
            return Choice(**_shared(table, kind, name, _CHOSEN), **_chosen(table, kind, name))
        case Kind.CHOICES:
            return Choices(**_shared(table, kind, name, _CHOSEN), **_chosen(table, kind, name))
        case Kind.OWN:
            shared = _shared(table, kind, name, _CHOSEN)
            return Own(**shared, **_chosen(table, kind, name, field="value"))
        case Kind.NUMBER:
            shared = _shared(table, kind, name, (*_TYPED, "tolerance"))
            tolerance = table.value("tolerance", float, 0.0)
            if tolerance < 0:
                table.fail(_("a tolerance is not negative"), _("use 0 or more"), "tolerance")
            number = Number(**shared, tolerance=tolerance, **_key(table, float))
            _wrong_is_wrong(table, number)
            return number
        case Kind.TRACE:
            shared = _shared(table, kind, name, _TYPED, code=None)
            trace = Trace(**shared, **_key(table, str), answer_line=table.line("answer"))
            _wrong_is_wrong(table, trace)
            return trace
        case _:
            assert_never(kind)


def _shared(
    table: TomlTable, kind: Kind, name: str, more: tuple[str, ...], code: str | None = ""
) -> dict[str, Any]:
    """The fields of all kinds; ``code`` is what they have without code, ``None`` an error."""
    table.known((*_SHARED, *more), _("A question of kind {kind}").format(kind=kind))
    concepts = table.values.get("concept", [])
    if not isinstance(concepts, list) or not concepts or not all(map(_filled, concepts)):
        fix = _('write a list of at least one tag, such as concept = ["shapes"]')
        table.fail(_("question {name!r} has no concept").format(name=name), fix, "concept")
    code = table.text("code", default=code)
    image, has_image = table.value("image", int, 0), "image" in table.values
    if not 0 <= image < IMAGES:
        table.fail(
            _("there is no image {image}").format(image=image),
            _("use 0 to {images}").format(images=IMAGES - 1),
            "image",
        )
    return {
        "id": name,
        "concepts": tuple(concepts),
        "prompt": table.text("prompt"),
        "code": code.strip("\n"),
        "image": image if has_image else None,
        "note": table.text("note", default=""),
        "line": table.line(),
    }


def _chosen(table: TomlTable, kind: Kind, name: str, field: str = "text") -> dict[str, Any]:
    """The options of a question, whose text is in a field."""
    shuffle = table.value("shuffle", bool, True)
    options: list[Option] = []
    for each in table.tables("option"):
        each.known(("id", field, "correct", "why"), _("An option of kind {kind}").format(kind=kind))
        option = _option(each, field)
        for other in options:
            if typed.same_text(option.text, other.text):
                fix = _("let every option say something else")
                each.fail(_("this option of {name!r} is there twice").format(name=name), fix, field)
            if option.id == other.id:
                what = _("the id {option!r} is that of line {line} already").format(
                    option=option.id, line=other.line
                )
                each.fail(what, _("give each option an id of its own"), "id")
        options.append(option)
    if len(options) < 2:
        if options:
            what = _("question {name!r} has 1 option")
        else:
            what = _("question {name!r} has no options")
        table.fail(what.format(name=name), _("write at least two [[question.option]]"))
    right = [option.line for option in options if option.correct]
    if not right:
        fix = _("mark the right option with correct = true")
        table.fail(_("question {name!r} has no right option").format(name=name), fix)
    if len(right) > 1 and kind is not Kind.CHOICES:
        what = _("question {name!r} has {count} right options (lines {lines})").format(
            name=name, count=len(right), lines=every([str(line) for line in right])
        )
        if kind is Kind.CHOICE:
            fix = _('leave correct = true at one of them, or use kind = "{choices}"')
        else:
            fix = _("leave correct = true at one of them")
        table.fail(what, fix.format(choices=Kind.CHOICES))
    return {"options": tuple(options), "shuffle": shuffle}


def _option(table: TomlTable, field: str) -> Option:
    name = table.text("id")
    if not _OPTION.fullmatch(name):
        fix = _("use lower-case words joined by hyphens, and not only digits")
        table.fail(_("{name!r} is no id of an option").format(name=name), fix, "id")
    text, correct = table.text(field).strip(), table.value("correct", bool, False)
    return Option(name, text, correct, table.text("why"), table.line())


def _key(table: TomlTable, type_: type) -> dict[str, Any]:
    """The answer of a question without options, and the typical wrong ones."""
    answer, wrong = table.value("answer", type_), []
    for each in table.tables("wrong"):
        each.known(("value", "why"), _("A wrong answer"))
        wrong.append(Wrong(each.value("value", type_), each.text("why")))
    return {"answer": answer, "why": table.text("why"), "wrong": tuple(wrong)}


def _wrong_is_wrong(table: TomlTable, question: Number | Trace) -> None:
    for number, wrong in enumerate(question.wrong):
        if question.judge(wrong.value) == 1:
            what = _("this wrong answer would be taken for the right one")
            table.fail(what, _("change it or remove it"), "wrong", number, "value")


def _filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
