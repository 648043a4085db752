"""Quizzes of a class as tables: how hard each question is, and which answers were chosen."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from grader.classroom.quizzes import AnswerGiven, QuestionResults, QuizResults
from grader.i18n import _, ngettext
from grader.pages import charts, items
from grader.pages.html import tag, wide

_EXPLAINED = _(
    "First attempts that were handed in. A question that was not answered counts as "
    "wrong, as in Moodle. The last column is how those who chose an answer did in "
    "the rest of the quiz: a wrong answer that the best ones choose is worth a "
    "second look, and one that nobody chooses can go."
)
_PROMPT = 160  # characters of a question that are shown


def quizzes(found: Iterable[QuizResults]) -> list[Element]:
    """For each quiz its item analysis, and for each question its answers."""
    parts: list[Element] = []
    for quiz in found:
        results = quiz.results
        if not quiz.handed_in or not results:
            continue
        parts += _quiz(quiz, results)
    return [tag("p", _EXPLAINED, class_="small"), *parts] if parts else []


def _quiz(quiz: QuizResults, results: Sequence[QuestionResults]) -> list[Element]:
    exercise, learners = quiz.exercise, len(quiz.handed_in)
    caption = ngettext(
        "{id} · {title}: {count:,} learner", "{id} · {title}: {count:,} learners", learners
    ).format(id=exercise.id, title=exercise.title, count=learners)
    head = (
        _("Question"),
        _("Facility"),
        "",
        _("Discrimination"),
        "",
        _("Efficiency"),
        _("What it says"),
    )
    rows = [(f"{n}. {_short(each)}", each.item) for n, each in enumerate(results, 1)]
    parts = [items.analysis(caption, rows, head)]
    if other := quiz.other_editions:
        what = ngettext(
            "{count:,} of them was made with another edition of this quiz.",
            "{count:,} of them were made with another edition of this quiz.",
            other,
        )
        parts.append(tag("p", what.format(count=other), class_="small"))
    return [*parts, *(_answers(n, each) for n, each in enumerate(results, 1))]


def _answers(number: int, results: QuestionResults) -> Element:
    """A table of the answers to a question."""
    caption = f"{number}. {_short(results)}"
    head = (_("Answer"), "", _("Chosen"), "", _("Rest of the quiz"))
    cells = [
        tag("th", each, scope="col", class_="number" if place else None) if each else tag("td")
        for place, each in enumerate(head)
    ]
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", cells)),
        tag("tbody", [_row(answer) for answer in results.answers]),
    )
    return wide(table, caption)


def _row(answer: AnswerGiven) -> Element:
    picks = answer.picks
    rest = "–" if picks.rest is None else f"{picks.rest:.0f}%"
    kind = "p" if answer.right else "f"
    return tag(
        "tr",
        tag("th", answer.text, scope="row"),
        tag("td", _("✓ right") if answer.right else ""),
        tag("td", f"{picks.count:,} ({picks.share:.0f}%)", class_="number"),
        tag("td", charts.bar(picks.share / 100, kind), class_="chart"),
        tag("td", rest, class_="number"),
    )


def _short(results: QuestionResults) -> str:
    prompt = " ".join(results.question.prompt.split())
    return prompt if len(prompt) <= _PROMPT else f"{prompt[: _PROMPT - 1]}…"
