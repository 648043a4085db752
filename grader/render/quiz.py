"""Quizzes as terminal output: pure functions from questions and answers to things to print.

Where ``plain`` is true there are no signs, boxes and colors: sentences that can be read aloud.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, ClassVar, assert_never

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.markdown import CodeBlock, Markdown
from rich.segment import Segment
from rich.style import Style
from rich.syntax import ANSISyntaxTheme, Syntax
from rich.text import Text
from rich.theme import Theme

from grader.clean import clean
from grader.i18n import _, ngettext
from grader.quiz.answers import Asked, Judged
from grader.quiz.questions import Choice, Choices, Chosen, Number, Own, Question, Trace
from grader.quiz.typed import written
from grader.render import terminal
from grader.render.lines import Hanging, aloud, words
from grader.render.pictures import Image
from grader.render.plain import unglued, whole

# no color behind any text: the terminal may be light or dark
THEME = Theme(
    {
        "markdown.code": "bold",
        "markdown.code_block": "none",
        "markdown.item.bullet": "none",
        "markdown.item.number": "none",
        "markdown.block_quote": "italic",
    }
)
CODE = ANSISyntaxTheme(
    {
        ("Token",): Style(),
        ("Token", "Comment"): Style(dim=True),
        ("Token", "Keyword"): Style(bold=True),
        ("Token", "Literal", "String"): Style(color="green"),
    }
)
_INDENT = "   "
_WHOLE = 40  # columns: code in a text that is no longer stays in one line


class Beside:
    """A prefix, and beside its first line anything that may be wider than one."""

    def __init__(self, prefix: Text, body: RenderableType) -> None:
        self.prefix, self.body = prefix, body

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        start, prefix = self.prefix.cell_len, self.prefix.copy()
        prefix.end = ""
        room = max(options.max_width - 1 - start, 10)
        inner = options.update(width=room, height=None)
        lines = [_without_end(line) for line in console.render_lines(self.body, inner, pad=False)]
        while lines and not lines[-1]:
            lines.pop()
        for number_, line in enumerate(lines):
            if number_ and line:
                yield Segment(" " * start)
            elif not number_:
                yield prefix
            yield from (Segment(unglued(text), style, control) for text, style, control in line)
            yield Segment.line()


def _without_end(line: Iterable[Segment]) -> list[Segment]:
    """A line without the spaces that end it."""
    segments = [segment for segment in line if not segment.control]
    while segments and not segments[-1].text.rstrip(" "):
        segments.pop()
    if segments:
        text, style, _ = segments[-1]
        segments[-1] = Segment(text.rstrip(" "), style)
    return segments


class _Program(CodeBlock):
    """Code between empty lines, of which rich would make two above it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        code = str(self.text).rstrip()
        yield Syntax(code, self.lexer_name, theme=self.theme, word_wrap=True, padding=(0, 1))


class _Page(Markdown):
    elements: ClassVar = {**Markdown.elements, "fence": _Program, "code_block": _Program}


def markdown(text: str, plain: bool = False, *, inline: bool = False) -> RenderableType:
    """A text of a quiz file; inline is one paragraph, whatever it begins with."""
    if plain:
        return words(text)
    from markdown_it import MarkdownIt

    parser = (
        MarkdownIt("zero").enable(["backticks", "emphasis", "escape"])
        if inline
        else MarkdownIt("commonmark", {"html": False}).enable("table")
    )
    # a theme of styles is as good to rich as a theme's name, though it does not say so
    made = _Page("", code_theme=CODE, justify="default", hyperlinks=False)  # type: ignore[arg-type]
    made.parsed = parser.parse(clean(text))
    for token in made.parsed:
        for part in token.children or ():
            if part.type == "code_inline":
                part.content = whole(part.content, _WHOLE)
    return made


# a question


def heading(asked: Asked, shares: Sequence[float], total: int, plain: bool) -> RenderableType:
    """Which exercise, which question, and what the answers before it were worth."""
    exercise, progress = (
        asked.exercise,
        _("question {number} of {total}").format(number=len(shares) + 1, total=total),
    )
    if plain:
        return words(f"{exercise.id}, {exercise.title}: {progress}")
    return Hanging(
        Text.assemble(" ", words(exercise.id, "cyan"), " · "),
        words(exercise.title, "bold"),
        Text.assemble((progress, "dim"), "   ", bar(shares, total)),
    )


def bar(shares: Sequence[float], total: int) -> Text:
    """One sign per question: right, missed, still to come."""
    made = Text()
    for share in shares:
        made.append("▰", "green" if share == 1 else "red")
    return made.append("▱" * (total - len(shares)), "dim")


def prompt(question: Question, console: Console, plain: bool) -> list[RenderableType]:
    """What is asked: the text, the code, the picture."""
    parts: list[RenderableType] = ["", _beside(markdown(question.prompt, plain), plain)]
    if question.code:
        parts += ["", _code(question.code, plain)]
    if question.image is not None:
        if plain:
            parts += [
                "",
                words(
                    _(
                        "(A picture of 28 x 28 pixels, image {index} of the "
                        "test set, is drawn without --plain.)"
                    ).format(index=question.image)
                ),
            ]
        else:
            parts += ["", Beside(Text(_INDENT), image(question.image))]
    return parts


def options(
    question: Chosen,
    plain: bool = False,
    *,
    current: int | None = None,
    ticked: Collection[int] = (),
    outcome: Judged | None = None,
) -> RenderableType:
    """The options, numbered as they are chosen; after the answer, what is right and what not."""
    rows: list[RenderableType] = []
    literal, given = question.literal, question.kept(outcome.given) if outcome else []
    for position, option in enumerate(question.options):
        body = words(option.text) if literal else markdown(option.text, plain, inline=True)
        if plain:
            rows.append(Hanging(Text(f"{position + 1}. "), words(option.text)))
            continue
        mark, style = ("❯", "bold") if position == current else (" ", "")
        if outcome is not None:
            mark, style = ("✗", "red") if option.id in given else (" ", "dim")
            mark, style = ("✓", "green") if option.correct else (mark, style)
        prefix = Text.assemble(" ", (mark, style), " ")
        if question.several:
            prefix.append("[x] " if position in ticked or option.id in given else "[ ] ")
        prefix.append(f"{position + 1}  ", "bold" if position == current else "dim")
        rows.append(Beside(prefix, body))
    return Group(*rows)


def keys(several: bool, hasty: bool = False) -> RenderableType:
    """Which keys there are, and that something has to be ticked before Enter."""
    usual = (
        _("↑ ↓ and Space, or a number, to tick all correct answers; then Enter")
        if several
        else _("↑ ↓ or a number, then Enter")
    )
    return Hanging(
        Text(_INDENT),
        Text(_("Tick at least one, with Space or its number; then Enter."))
        if hasty
        else Text(usual, "dim"),
    )


# after the answer


def verdict(outcome: Judged, plain: bool) -> RenderableType:
    """Whether it was right, and why."""
    if outcome.right:
        told, mark, style = _("Right."), "✓", "green"
    elif outcome.share:
        told, mark, style = (
            _("Partly right: {share:.2g} of 1 point.").format(share=outcome.share),
            "✗",
            "bold red",
        )
    else:
        told, mark, style = _("Not quite."), "✗", "bold red"
    top = aloud(told) if plain else Hanging(Text(f" {mark} ", style), Text(told, style))
    parts: list[RenderableType] = [top, *_reasons(outcome, plain)]
    if outcome.asked.question.note:
        note = markdown(outcome.asked.question.note, plain, inline=True)
        parts += [note if plain else Beside(Text(_INDENT), _Styled(note, "dim"))]
    return Group(*parts)


def _reasons(outcome: Judged, plain: bool) -> Iterator[RenderableType]:
    question = outcome.asked.question
    match question:
        case Choice() | Choices() | Own():
            yield from _option_reasons(question, outcome, plain)
        case Number():
            if not outcome.right and (why := question.reason(outcome.given)):
                yield _reason("", why, plain)
            (key,) = question.words(question.key)
            tolerance = written(question.tolerance) if question.tolerance else ""
            shown = tolerance or not outcome.right
            yield _reason(
                (
                    _("The answer is {answer}, give or take {tolerance}.")
                    if tolerance
                    else _("The answer is {answer}.")
                ).format(answer=key, tolerance=tolerance)
                if shown
                else "",
                question.why,
                plain,
            )
        case Trace():
            if not outcome.right:
                if why := question.reason(outcome.given):
                    yield _reason("", why, plain)
                yield _reason(_("It prints:"), "", plain)
                yield _code(question.answer, plain)
            yield _reason("", question.why, plain)
        case _:
            assert_never(question)


def _option_reasons(question: Chosen, outcome: Judged, plain: bool) -> Iterator[RenderableType]:
    """Those of the chosen options, then those of the right ones that were not chosen."""
    chosen = question.kept(outcome.given)
    numbered = list(enumerate(question.options, 1))
    for number, option in numbered:
        if option.id in chosen:
            single = outcome.right and len(chosen) == 1
            label = (
                ""
                if single
                else (
                    _("{number} is right.") if option.correct else _("{number} is not right.")
                ).format(number=number)
            )
            yield _reason(label, option.why, plain)
    for number, option in numbered:
        if option.correct and option.id not in chosen:
            template = _("{number} is right, too.") if question.several else _("{number} is right.")
            yield _reason(template.format(number=number), option.why, plain)


def _reason(label: str, why: str, plain: bool) -> RenderableType:
    if plain:
        return aloud(f"{label} {why}".strip())
    text = f"**{label}** {why}" if label else why
    return Beside(Text(_INDENT), markdown(text, inline=True))


def ending(
    answers: Sequence[tuple[Question, float]], plain: bool, left_out: int = 0
) -> RenderableType:
    """The score, and what was missed, of questions and what their answers were worth.

    Args:
        answers: the questions, and the shares.
        plain: see above.
        left_out: how many more questions there are: they count, and bring nothing.
    """
    shares, total = [share for __, share in answers], len(answers) + left_out
    score = _("{points:.3g} of {questions} right").format(points=sum(shares), questions=total)
    missed = [question for question, share in answers if share < 1]
    if plain:
        lines = [score + ".", *([_missed(len(missed))] if missed else [])]
        return Group(*map(aloud, [*lines, *map(_first_line, missed)]))
    whole = not missed and not left_out
    style = "green" if whole else "bold"
    mark = Text(" ✓ " if whole else "   ", style)
    parts: list[RenderableType] = [Hanging(mark, Text(score, style), bar(shares, total))]
    if missed:
        parts += ["", Hanging(Text(_INDENT), Text(_missed(len(missed)), "dim"))]
        parts += [
            Beside(Text(" ✗ ", "red"), markdown(_first_line(each), inline=True)) for each in missed
        ]
    return Group(*parts)


def _first_line(question: Question) -> str:
    line = question.prompt.strip().partition("\n\n")[0]
    return " ".join(line.split())


def menu(
    choices: Sequence[tuple[str, str, str]], current: int | None, plain: bool = False
) -> RenderableType:
    """Things to choose from, each with a name, a title and a state."""
    rows: list[RenderableType] = []
    for position, (name, title, state) in enumerate(choices):
        if plain:
            rows.append(words(f"{name}, {title}: {state}."))
            continue
        here = position == current
        prefix = Text.assemble(" ", ("❯" if here else " ", "bold"), " ")
        if name:
            prefix.append(name, "cyan").append("  ")
        suffix = Text(state, "dim") if state else None
        rows.append(Hanging(prefix, words(title, "bold" if here else ""), suffix))
    return Group(*rows)


def aside(text: str, plain: bool = False) -> RenderableType:
    """A remark, or a request."""
    return aloud(text) if plain else Hanging(Text(_INDENT), words(text, "dim"))


def following(steps: Sequence[tuple[str, str]], plain: bool) -> RenderableType:
    """What to do next, each step in words and as a command."""
    if not plain:
        return terminal.following(steps)
    return Group(*(aloud(" ".join(filter(None, (text, command)))) for text, command in steps))


# pictures


def image(index: int) -> Image:
    """A garment of the bundled test set."""
    from grader.datasets import fashion_mnist

    _, (images, _) = fashion_mnist.load_data()
    return Image(images[index].tolist())


# parts


class _Styled:
    """Something in a style."""

    def __init__(self, body: RenderableType, style: str) -> None:
        self.body, self.style = body, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        style = console.get_style(self.style)
        yield from Segment.apply_style(console.render(self.body, options), style)


def _beside(body: RenderableType, plain: bool) -> RenderableType:
    return body if plain else Beside(Text(" "), body)


def _code(code: str, plain: bool) -> RenderableType:
    code = clean(code)
    if plain:
        return Text(code)
    text = Syntax("", "python", theme=CODE).highlight(code)
    text.rstrip()
    text.no_wrap, text.overflow = False, "fold"
    return Beside(Text(f"{_INDENT}"), text)


def _missed(count: int) -> str:
    if count == 1:
        return _("You missed this one:")
    return ngettext("You missed this {count}:", "You missed these {count}:", count).format(
        count=count
    )
