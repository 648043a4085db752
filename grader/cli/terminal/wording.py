"""How the answer to a question of a quiz is asked for."""

from typing import NamedTuple, assert_never

from grader.i18n import _, ngettext
from grader.quiz import typed
from grader.quiz.questions import Choice, Choices, Number, Own, Question, Trace


class Wording(NamedTuple):
    """How an answer is asked for.

    Attributes:
        request: stands before what is typed.
        mistake: the same once something was typed that is no answer.
        form: what to write in a file.
        lines: how many lines are typed.
    """

    request: str
    mistake: str
    form: str
    lines: int = 1


def wording_of(question: Question) -> Wording:
    match question:
        case Choice() | Own():
            count = len(question.options)
            request = _("Answer with a number from 1 to {options}: ").format(options=count)
            mistake = _("Type one of the numbers 1 to {options}: ").format(options=count)
            return Wording(
                request,
                mistake,
                _("the id of an option, or its number, counted from 1 as it is shown"),
            )
        case Choices():
            count = len(question.options)
            request = _("Type the numbers of all correct answers (1 to {options}): ")
            mistake = _("Type numbers from 1 to {options}, with spaces between: ")
            request, mistake = request.format(options=count), mistake.format(options=count)
            return Wording(
                request,
                mistake,
                _("a list of the ids of options, or of their numbers, as they are shown"),
            )
        case Number():
            return Wording(
                _("Answer with a number: "),
                _("That is not a number. Type digits, such as 1200 or 0.25: "),
                _("a number"),
            )
        case Trace():
            request = _ask_lines(question.lines)
            mistake, form = _("Nothing was typed. Once more: "), _("the text that it prints")
            return Wording(request, mistake, form, question.lines)
        case _:
            assert_never(question)


def two_ways(line: str) -> str:
    """Asks which number was meant, where a typed line may be two; empty if it is clear."""
    found = typed.readings(line)
    if found is None:
        return ""
    # Translators: {line} is "2,500", {whole} 2500 and {decimal} 2.500.
    template = _("Is {line} the number {whole} or {decimal}? Type it without a comma: ")
    return template.format(line=line.strip(), whole=found[0], decimal=found[1])


def _ask_lines(count: int) -> str:
    if count == 1:
        return _("Type what it prints: ")
    template = ngettext(
        "Type what it prints, {count} line:", "Type what it prints, {count} lines:", count
    )
    return template.format(count=count)
