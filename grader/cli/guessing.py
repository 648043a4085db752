"""How a prediction is asked for, before an experiment runs."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from grader.cli.terminal.wording import two_ways
from grader.i18n import _
from grader.quiz import typed

if TYPE_CHECKING:
    from grader.lab.experiment import Experiment, Guess, HowMuch


def ask(experiment: "Experiment", line: Callable[[str], str]) -> "Guess | None":
    """Ask until something fits; ``None`` where nothing is to be predicted.

    Args:
        experiment: what will run.
        line: shows a request, and returns what is typed.

    Raises:
        EOFError: there is no more input.
    """
    from grader.lab.experiment import LETTERS, HowMuch, InOrder, WhichOne

    predict = experiment.predict
    match predict:
        case HowMuch():
            first = _("Your guess, a number: ")
        case WhichOne(options=found):
            first = _("Your guess, a letter from a to {last}: ").format(
                last=LETTERS[len(found) - 1]
            )
        case InOrder(rows=rows):
            last = LETTERS[len(rows) - 1]
            first = _("Your order, from the smallest: all letters from a to {last}: ").format(
                last=last
            )
        case None:
            return None
    request = first
    while (guess := read_guess(experiment, given := line(request))) is None:
        request = _("That is not a possible answer.\n {request}").format(request=first)
        if isinstance(predict, HowMuch):
            number = typed.plain(given).strip().removesuffix("%")
            request = two_ways(number) or beyond(predict, given) or request
    return guess


def beyond(asked: "HowMuch", line: str) -> str:
    """What to say of a typed number that can't be the result; empty if it is none."""
    number = typed.number(line)
    if number is None:
        return ""
    least, most = f"{asked.least:,g}", f"{asked.most:,g}"
    if asked.most == 1 < number <= 100 and "%" not in typed.plain(line):
        # Translators: the learner typed 85 where a share from 0 to 1 was expected.
        template = _(
            "The answer is from {least} to {most}. Did you mean {number}%? Your guess, a number: "
        )
        return template.format(least=least, most=most, number=f"{number:g}")
    template = _("The answer is from {least} to {most}. Your guess, a number: ")
    return template.format(least=least, most=most)


def read_guess(experiment: "Experiment", line: str) -> "Guess | None":
    """A typed line as a guess, if it fits: a number, a letter, or letters in an order."""
    from grader.lab.experiment import LETTERS, HowMuch, InOrder, WhichOne
    from grader.lab.kept import fits

    text = typed.plain(line).strip().lower()
    value: object = None
    match experiment.predict:
        case HowMuch():
            value = typed.number(text)
        case WhichOne() if len(text) == 1:  # a quiz has numbers in their place
            value = int(text) - 1 if text.isdecimal() else LETTERS.find(text)
        case InOrder():
            value = [LETTERS.find(each) for each in re.sub(r"[\s,<]+", "", text)]
    return fits(experiment, value)
