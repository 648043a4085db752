"""Proves what a quiz claims: that its file is sound, and that its keys are what Python gives."""

from collections.abc import Iterator
from typing import assert_never

from grader.course import Exercise, Flaw
from grader.engine.run import RunError, printed
from grader.engine.server import Server
from grader.i18n import _
from grader.parsing import parse
from grader.quiz import own
from grader.quiz.questions import Choice, Choices, Number, Own, Question, Trace
from grader.quiz.reader import read
from grader.quiz.typed import same_text


def flaws(exercise: Exercise, server: Server) -> Iterator[Flaw]:
    """What is wrong in an exercise's quiz; nothing if it has none.

    Args:
        exercise: the exercise.
        server: runs the code of ``trace`` questions and the reference solution, confined.
    """
    if not exercise.quiz.is_file():
        return
    questions, errors = read(exercise.quiz)
    yield from (Flaw(each.path, each.line, each.what, each.fix) for each in errors)
    for question in questions:
        for line, what, fix in _flaws(exercise, question, server):
            yield Flaw(
                exercise.quiz,
                line,
                _("question {question!r}: {what}").format(question=question.id, what=what),
                fix,
            )


def _flaws(
    exercise: Exercise, question: Question, server: Server
) -> Iterator[tuple[int, str, str]]:
    known = {check.concept for check in exercise.checks} - {None}
    for concept in question.concepts:
        if concept not in known:
            names = ", ".join(sorted(map(str, known))) or _("none yet")
            what = _("no check of {exercise} has the concept {concept!r}").format(
                exercise=exercise.id, concept=concept
            )
            yield (
                question.line,
                what,
                _("use one of the checks' concepts: {names}").format(names=names),
            )
    try:
        if question.code:
            parse(question.code)
        match question:
            case Trace():
                yield from _trace(question, server)
            case Own():
                yield from _own(exercise, question, server)
            case Choice() | Choices() | Number():
                pass  # nothing but its author knows what is right
            case _:
                assert_never(question)
    except SyntaxError as error:
        what = _("Python can't read its code ({msg}, in its line {lineno})").format(
            msg=error.msg, lineno=error.lineno
        )
        yield question.line, what, _("fix the code")
    except RunError as error:
        yield (
            question.line,
            _("its code does not run ({reason})").format(reason=str(error).rstrip(".")),
            _("fix the code"),
        )


def _trace(question: Trace, server: Server) -> Iterator[tuple[int, str, str]]:
    text = printed(question.code, server, filename=_("the code"))
    if not same_text(text, question.answer):
        what = _("the code prints {text!r}, not {answer!r}").format(
            text=text.rstrip(), answer=question.answer
        )
        yield question.answer_line, what, _("write what it prints as the answer")


def _own(exercise: Exercise, question: Own, server: Server) -> Iterator[tuple[int, str, str]]:
    values = own.values(exercise.solution, [o.text for o in question.options], server)
    seen: dict[str, str] = {}
    for option, value in zip(question.options, values, strict=True):
        if value in seen:
            what = _("{text} is {value} for the solution, as {seen} is").format(
                text=option.text, value=value, seen=seen[value]
            )
            yield option.line, what, _("let every option have a value of its own")
        seen.setdefault(value, option.text)
