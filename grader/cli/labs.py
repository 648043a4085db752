"""A lab in the terminal: predict, run, compare, explain, one experiment after another."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.cli import files, guessing
from grader.cli.context import Context
from grader.cli.exits import PASSED, Complaint, Stopped
from grader.i18n import _, ngettext
from grader.render import offers

if TYPE_CHECKING:
    from grader.cli.terminal.prompts import ByLines
    from grader.engine.server import Server
    from grader.lab.experiment import Experiment, Guess, Lab
    from grader.lab.kept import LabBook, Trial
    from grader.lab.run import LabRun


WITHOUT_ALL = _("""
This computer does not have all 60,000 images, so here is what the course measured. To run it
yourself, get them once with `python -c "import keras; keras.datasets.fashion_mnist.load_data()"`.
""")


class LabSession:
    """One run of the command: predict, run, compare, explain, one experiment after another."""

    def __init__(
        self, context: Context, lab: "Lab", kept: "LabBook", recorded: bool, plain: bool
    ) -> None:
        from grader.cli.terminal.prompts import made_asker

        self.context, self.lab, self.kept, self.recorded = context, lab, kept, recorded
        self.plain = plain
        self.asker: ByLines = made_asker(plain=plain, json=False)  # type: ignore[assignment]
        self.screen = self.asker.console
        self.ended = False  # the input

    def show(self, experiments: "Sequence[Experiment]") -> None:
        """Do each experiment; go on with the first that is not done, if some are.

        Raises:
            Stopped: Ctrl-C; what was run is kept.
        """
        from grader.render import terminal

        done = [each for each in experiments if self._done(each)]
        if 0 < len(done) < len(experiments):
            again = self.context.command("lab", self.lab.id, done[0].name)
            self.screen.print("", terminal.note(_are_done(len(done), again)), sep="\n")
        else:
            done = []
        left = [(number, e) for number, e in enumerate(experiments, 1) if e not in done]
        with self._running() as runner:
            for number, each in left:
                try:
                    if number != left[0][0] and not self.ended:
                        self.asker.pause()
                    position = _("{number} of {count}")
                    position = position.format(number=number, count=len(experiments))
                    self._do(each, position, runner)
                except KeyboardInterrupt:
                    again = self.context.command("lab", self.lab.id)
                    told = _("Stopped. Whatever has run is kept; `{again}` goes on from there.")
                    told = told.format(again=again) if self.kept.path else _("Stopped.")
                    raise Stopped(told) from None
        told = _("The experiments are plain functions. Copy the file, change it and run it: {file}")
        note = terminal.note(told.format(file=files.shown(self.lab.script)))
        self.screen.print(terminal.following(self._steps()), note, sep="\n")

    def _steps(self) -> list[tuple[str, str]]:
        """What to do next: the exercise if it is to be written, else its quiz; other labs."""
        exercise, context = self.lab.exercise, self.context
        others = [(_("Other experiments:"), context.command("lab"))]
        if exercise is None:
            return others
        known = context.known(exercise)[exercise]
        passed = known.last is not None and set(known.last.values()) == {"passed"}
        if context.workspace is not None and not passed:
            file = files.shown(context.workspace.submission(exercise))
            return [(offers.write(file), context.command(exercise.id)), *others]
        if exercise.quiz.is_file() and not known.quizzed:
            return [(_("Check your understanding:"), context.command("quiz", exercise.id)), *others]
        return others

    def as_json(self, experiments: "Sequence[Experiment]") -> int:
        """Run what is missing and print everything; nobody is asked."""
        from grader.render.json import show

        found = []
        with self._running() as runner:
            for each in experiments:
                trial = self._run(each, self._trial(each), runner)
                found.append(
                    {
                        "name": each.name,
                        "title": each.title,
                        "guess": trial.guess,
                        "recorded": self._recorded(each),
                        "runs": {str(seed): trial.runs[seed] for seed in sorted(trial.runs)},
                    }
                )
        show({"lab": self.lab.id, "title": self.lab.title, "experiments": found})
        return PASSED

    def write_page(self, path: Path, experiments: "Sequence[Experiment]") -> None:
        """Write a page with what is known of experiments."""
        from grader.render.lab_page import page

        trials = [(each, self._trial(each)) for each in experiments]
        files.put(path, page(self.lab, trials).encode())
        self.screen.print("", _("Written to {path}.").format(path=path), sep="\n")

    # one experiment

    def _do(self, experiment: "Experiment", position: str, runner: "LabRunner") -> None:
        from grader.render import lab as screens

        trial, screen = self._trial(experiment), self.screen
        screen.fit()
        missing = len([seed for seed in experiment.seeds if seed not in trial.runs])
        seconds = self.lab.recorded().seconds.get(experiment.name, 0.0) * missing
        runs = missing and not self._recorded(experiment)
        about = _up_to(seconds) if seconds >= 2 and runs else ""
        place = " · ".join(part for part in (about, position) if part)
        screen.print(screens.heading(self.lab, experiment, place), "", sep="\n")
        screen.print(screens.paragraph(self.lab.words(experiment.about)), "", sep="\n")
        if experiment.predict is not None:
            screen.print(screens.question(self.lab, experiment), "", sep="\n")
            if trial.guess is None and not self.ended:
                guess = self._guess(experiment)
                trial = replace(trial, guess=guess)
                if guess is not None:
                    self.kept.keep(experiment, trial)  # before anything runs
            else:
                if mine := screens.guessed(experiment, trial.guess):
                    screen.print(_("   your guess: {mine}").format(mine=mine), "", sep="\n")
        if not experiment.possible and not self.recorded:
            screen.print(screens.paragraph(WITHOUT_ALL), "", sep="\n")
        trial = self._run(experiment, trial, runner)
        screen.print(screens.results(experiment, trial), "", sep="\n")
        screen.print(screens.paragraph(self.lab.words(experiment.explain)), "", sep="\n")
        if experiment.ask and not self.ended:
            self._ask(experiment)

    def _guess(self, experiment: "Experiment") -> "Guess | None":
        """The guess that is typed; ``None`` if the input has ended."""
        guess = None
        try:
            guess = guessing.ask(experiment, self.asker.typed)
        except EOFError:
            self.ended = True
        self.screen.print()
        return guess

    def _done(self, experiment: "Experiment") -> bool:
        """Whether it was guessed and has run."""
        trial = self._trial(experiment)
        guessed = trial.guess is not None or experiment.predict is None
        return (
            guessed and not self._recorded(experiment) and len(trial.runs) == len(experiment.seeds)
        )

    def _recorded(self, experiment: "Experiment") -> bool:
        """Whether the course's record is shown: it was asked for, or nothing else can be."""
        return self.recorded or not experiment.possible

    def _trial(self, experiment: "Experiment") -> "Trial":
        """What is kept of it, with the seeds that are asked for; or what the course recorded."""
        kept = self.kept.trial(experiment)
        runs = kept.runs
        recorded = self._recorded(experiment)
        if recorded:
            runs = self.lab.recorded().runs.get(experiment.name, {})
        wanted = runs.keys() if recorded else experiment.seeds
        return replace(kept, runs={seed: runs[seed] for seed in wanted if seed in runs})

    def _run(self, experiment: "Experiment", trial: "Trial", runner: "LabRunner") -> "Trial":
        """Run the seeds that are missing; each run is kept as soon as it is over."""
        if self._recorded(experiment):
            if not trial.runs:
                raise Complaint(
                    _("The course has recorded nothing of {experiment}.").format(
                        experiment=experiment.name
                    )
                )
            return trial
        for seed in experiment.seeds:
            if seed not in trial.runs:
                done = runner.run(experiment, seed)
                trial = replace(trial, runs={**trial.runs, seed: done.table})
                known = self.kept.trial(experiment).runs
                self.kept.keep(experiment, replace(trial, runs={**known, **trial.runs}))
        return trial

    def _ask(self, experiment: "Experiment") -> None:
        """One question of the quiz, unless it was answered before; it comes back like any other."""
        from grader.cli.attempt import Attempt
        from grader.quiz.progress import QuizProgress

        found = self.lab.question(experiment)
        if found is None:
            return
        exercise, question = found
        progress = QuizProgress(self.context.course, self.context.workspace)
        answered = {(each.exercise, each.question) for each in progress.answers()}
        if (exercise.stem, question.id) in answered:
            return
        again = self.context.command("lab", self.lab.id)
        with Attempt(progress, self.asker, again, self.context.command("review")) as attempt:
            try:
                attempt.ask([(exercise, question)])
            except Stopped:  # what is kept is said of the lab, not of its one question
                raise KeyboardInterrupt from None
            self.ended = attempt.ended

    @contextmanager
    def _running(self) -> "Iterator[LabRunner]":
        runner = LabRunner(self.lab, self.screen)
        try:
            yield runner
        finally:
            runner.close()


class LabRunner:
    """Runs experiments, with a live line and a bar on a terminal."""

    def __init__(self, lab: "Lab", screen: Any) -> None:
        self._lab, self._screen = lab, screen
        self._server: Server | None = None
        self._seconds = lab.recorded().seconds

    def run(self, experiment: "Experiment", seed: int) -> "LabRun":
        """One run; see ``grader.lab.run``."""
        from rich.progress import Progress, TextColumn, TimeElapsedColumn

        from grader.engine.server import Server
        from grader.lab.run import run
        from grader.render.lab import TimeBar

        if self._server is None:
            self._server = Server(self._lab.course.root, large=True)
        expected = max(self._seconds.get(experiment.name, 10.0), 1.0)
        nth = experiment.seeds.index(seed) + 1
        where = (
            _("run {nth} of {count}").format(nth=nth, count=len(experiment.seeds))
            if experiment.chance
            else _("running")
        )
        columns = (TextColumn("   {task.description}"), TimeBar(), TimeElapsedColumn())
        with Progress(
            *columns, console=self._screen, transient=True, disable=not self._screen.is_terminal
        ) as progress:
            first = _("{where}: loading TensorFlow").format(where=where)
            task = progress.add_task(first, total=expected)

            def say(words: str) -> None:
                progress.update(task, description=f"{where}: {words}")

            return run(self._lab, experiment.name, seed, self._server, say)

    def close(self) -> None:
        """End all processes."""
        if self._server is not None:
            self._server.close()


def _are_done(count: int, command: str) -> str:
    return ngettext(
        "{count} experiment is done. `{command}` shows it again.",
        "{count} experiments are done. `{command}` shows one of them again.",
        count,
    ).format(count=count, command=command)


def _up_to(seconds: float) -> str:
    """As long as processors worked for the recorded runs: a machine with two needs less."""
    if seconds < 120:
        return _("up to {seconds:.0f} s").format(seconds=seconds)
    return _("up to {minutes:.0f} min").format(minutes=seconds / 60)
