"""A lab on the screen: what will be done, the guess beside the result, and what it means."""

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.progress import BarColumn, Task
from rich.progress_bar import ProgressBar
from rich.table import Table as Grid
from rich.text import Text

from grader.i18n import _, ngettext
from grader.lab.experiment import LETTERS, Experiment, Guess, HowMuch, InOrder, Lab, WhichOne
from grader.lab.kept import Trial
from grader.measured import RunTable, number, written
from grader.render.lines import Hanging, words
from grader.render.plots import INDENT, Scale, drawn
from grader.render.quiz import Beside, markdown


class TimeBar(BarColumn):
    """A bar that moves with the time that a task is expected to take, up to nearly its end."""

    def render(self, task: Task) -> ProgressBar:
        """The bar as it is now."""
        task.completed = min(task.elapsed or 0.0, 0.97 * (task.total or 1.0))
        return super().render(task)


def heading(lab: Lab, experiment: Experiment, position: str) -> RenderableType:
    """Which lab, which experiment, and how long it takes."""
    name = Text.assemble(" ", (lab.id, "cyan"), " · ")
    return Hanging(name, Text(experiment.title, "bold"), Text(position, "dim"))


def paragraph(text: str) -> RenderableType:
    """A text of a declaration."""
    return Beside(INDENT, markdown(text))


def question(lab: Lab, experiment: Experiment) -> RenderableType:
    """What is to be predicted, and the options with their letters."""
    predict = experiment.predict
    assert predict is not None
    parts: list[RenderableType] = [Beside(INDENT, markdown(f"**{lab.words(predict.prompt)}**"))]
    if isinstance(predict, WhichOne | InOrder):
        names = (
            [each.text for each in predict.options]
            if isinstance(predict, WhichOne)
            else list(predict.rows)
        )
        for letter, name in zip(LETTERS, names, strict=False):
            parts.append(Beside(Text(f"     {letter}  ", "cyan"), markdown(name, inline=True)))
    return Group(*parts)


def guessed(experiment: Experiment, guess: Guess | None) -> str:
    """A guess in words; empty without one."""
    match experiment.predict, guess:
        case HowMuch(), float(value):
            return number(int(value) if value == int(value) else value)
        case WhichOne(options=options), int(position):
            return options[position].text
        case InOrder(rows=rows), tuple(order):
            return " < ".join(rows[each] for each in order)
    return ""


def results(experiment: Experiment, trial: Trial) -> RenderableType:
    """What the runs gave, beside the guess."""
    tables = [trial.runs[seed] for seed in sorted(trial.runs)]
    parts: list[RenderableType] = []
    for drawing in experiment.draw:
        parts += [*([""] if parts else []), drawn(drawing, tables)]
    compared = _compared(experiment, trial.guess, tables)
    if compared is not None:
        parts += [*([""] if parts else []), compared]
    return Group(*parts)


def _compared(
    experiment: Experiment, guess: Guess | None, tables: Sequence[RunTable]
) -> RenderableType | None:
    runs = ngettext("{count} run", "{count} runs", len(tables)).format(count=len(tables))
    happened = experiment.happened(tables)
    match experiment.predict:
        case HowMuch() as asked:
            known = [each for each in happened if isinstance(each, int | float)]
            scale = Scale(asked.low, asked.high, guess if isinstance(guess, float) else None, known)
            told = _("┃ measured {known} ({runs})").format(known=written(known, "each"), runs=runs)
            mean = sum(known) / len(known) if known else 0.0
            line = Text(told, "green")
            if isinstance(guess, float):
                close = abs(guess - mean) <= asked.near
                mine = _("● your guess {guess}").format(guess=guessed(experiment, guess))
                line = Text.assemble((mine, "magenta"), "   ", line)
                line.append(_("   a good guess") if close else "", "green")
            return Beside(INDENT, Group(scale, line))
        case WhichOne() as asked:
            ends = [asked.happened(each) for each in happened]
            return Beside(INDENT, _options(asked, ends, guess))
        case InOrder() as asked:
            return Beside(INDENT, _order(asked, tables, guess))
    return None


def _options(asked: WhichOne, ends: Sequence[int | None], guess: Guess | None) -> RenderableType:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for position, option in enumerate(asked.options):
        count = ends.count(position)
        happened = (
            ngettext("{some} of {count} run", "{some} of {count} runs", len(ends)).format(
                some=count, count=len(ends)
            )
            if count and len(ends) > 1
            else ""
        )
        grid.add_row(
            Text("✓" if count * 2 > len(ends) else " ", "green"),
            markdown(option.text, inline=True),
            Text(happened, "green"),
            Text(_("your guess") if guess == position else "", "magenta"),
        )
    return grid


def _order(asked: InOrder, tables: Sequence[RunTable], guess: Guess | None) -> RenderableType:
    happened = asked.happened(tables)
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_row(
        "",
        Text(_("measured, from the smallest"), "dim"),
        Text(_("your order") if guess else "", "dim"),
    )
    order = guess if isinstance(guess, tuple) else ()
    for place, position in enumerate(happened):
        guessed_row = asked.rows[order[place]] if order else ""
        style = "green" if order and order[place] == position else "magenta"
        grid.add_row(f"{place + 1}", words(asked.rows[position], "bold"), words(guessed_row, style))
    return grid


def overview(rows: Sequence[tuple[Lab, Mapping[str, Trial]]]) -> RenderableType:
    """All labs: their experiments, and what is done."""
    parts: list[RenderableType] = []
    for lab, trials in rows:
        name = Text.assemble(" ", (lab.id, "cyan"), " · ")
        parts.append(Hanging(name, words(lab.title, "bold")))
        for experiment in lab.experiments:
            done = bool(trials[experiment.name].runs)
            name = Text(f"     {'✓' if done else '○'} ", "green" if done else "dim")
            parts.append(Hanging(name, words(experiment.title), Text(experiment.name, "dim")))
    return Group(*parts)
