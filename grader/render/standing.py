"""How far one is with the quizzes, as terminal output."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from grader.course import Exercise
from grader.i18n import _
from grader.quiz.stats import ExerciseStanding, QuizTally
from grader.render.lines import Hanging, InColumns, aloud, words

# Translators: heads of columns: questions answered, answered rightly, and to be asked again.
_COLUMNS = (_("answered"), _("right"), _("due"))
# Translators: an order, before the part of a file that is to be read again.
_REREAD = _("reread")


def stats(rows: Sequence[tuple[Exercise, ExerciseStanding]], plain: bool) -> RenderableType:
    """Each quiz, as a whole and by concept, and what to read again."""
    if plain:
        return Group(*(aloud(line) for row in rows for line in _sentences(*row)))
    width = max(map(len, _COLUMNS))
    lines: list[RenderableType] = [
        Hanging(Text(" "), Text(), Text("".join(f"{name:>{width + 2}}" for name in _COLUMNS)))
    ]
    for exercise, standing in rows:
        title = words(exercise.title, "bold")
        prefix = Text.assemble(" ", words(exercise.id, "cyan"), "  ")
        lines.append(InColumns(prefix, title, _counts(standing.whole, width)))
        for name, each in standing.concepts.items():
            if each.answered or each.due:
                concept = words(_concept(name), "" if each.missed else "dim")
                lines.append(InColumns(Text(" " * 6), concept, _counts(each, width)))
    for exercise, standing in rows:
        if standing.reread:
            told = words(_reread(exercise, standing))
            label = Text(f" {_REREAD}  ", "dim")
            lines += ["", Hanging(label, told)]
    return Group(*lines)


def data(exercise: Exercise, standing: ExerciseStanding) -> dict[str, Any]:
    """How far one is with a quiz, as plain data."""
    return {
        "exercise": exercise.stem,
        "title": exercise.title,
        **asdict(standing.whole),
        "concepts": {name: asdict(each) for name, each in standing.concepts.items()},
        "reread": standing.reread,
    }


def _counts(standing: QuizTally, width: int) -> Text:
    due = str(standing.due) if standing.due else "-"
    answered = _("{count} of {total}").format(count=standing.answered, total=standing.questions)
    cells = (answered, str(standing.right) if standing.answered else "-", due)
    return Text("".join(f"{cell:>{width + 2}}" for cell in cells), "dim")


def _sentences(exercise: Exercise, standing: ExerciseStanding) -> Iterator[str]:
    yield f"{exercise.id}, {exercise.title}: {_sentence(standing.whole)}"
    for name, each in standing.concepts.items():
        if each.answered or each.due:
            yield f"{_concept(name)}: {_sentence(each)}"
    if standing.reread:
        yield f"{_REREAD}: {_reread(exercise, standing)}"


def _sentence(each: QuizTally) -> str:
    return _("{answered} of {total} answered, {right} right, {due} to review.").format(
        answered=each.answered, total=each.questions, right=each.right, due=each.due
    )


def _reread(exercise: Exercise, standing: ExerciseStanding) -> str:
    names = [_concept(name) for name in standing.reread]
    return _("{concepts}: the beginning of {file}").format(
        concepts=", ".join(names), file=f"exercises/{exercise.stub.name}"
    )


def _concept(name: str) -> str:
    return name.replace("-", " ")
