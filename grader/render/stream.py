"""A grading while it runs: a row for each check, in order, and a line that says what happens."""

from collections.abc import Mapping
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from grader.clean import clean
from grader.render import now
from grader.render.terminal import row
from grader.report import LOAD, Activity, CheckResult, Event, Report


class Stream:
    """Shows the events of one grading.

    Results may come in any order; each row is shown as soon as it and all before it are known. In
    a terminal rows are there while the grading runs, above a line that says what happens; what
    stays is the report's.

    Args:
        console: where to print.
        titles: of all checks by name, in the order of the course.
        verbose: whether rows are printed, to stay.
    """

    def __init__(self, console: Console, titles: Mapping[str, str], verbose: bool = False) -> None:
        self._console, self._titles, self._verbose = console, titles, verbose
        self._results: dict[str, CheckResult] = {}
        self._waiting = list(titles)
        self._rows: list[RenderableType] = []  # those that do not stay
        self._running: dict[str, str] = {}  # check: how far it is; the newest word comes last
        self._loading = self._refused = False
        self._error: BaseException | None = None
        self._live: Live | None = None
        if console.is_interactive and not console.is_dumb_terminal:
            self._spinner = Spinner("line" if console.options.ascii_only else "dots", self.now())
            self._live = Live(self._spinner, console=console, transient=True)

    def __enter__(self) -> "Stream":
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()
        if kind is KeyboardInterrupt:
            self._console.print(*self._rows, sep="\n")

    def __call__(self, event: Event) -> None:
        """Take an event; what goes wrong here must not harm the grading that tells of it."""
        try:
            self._take(event)
        except BaseException as error:  # also the SystemExit by which rich reports a closed pipe
            self._error = self._error or error

    def finish(self, report: Report) -> None:
        """Print the rows that are still missing, and raise what went wrong meanwhile."""
        if self._error is not None:
            raise self._error
        self._results |= {check.name: check for check in report.checks}
        self._refused = self._refused or LOAD in self._results
        self._print_rows()

    def _take(self, event: Event) -> None:
        match event:
            case CheckResult():
                self._loading = False
                self._results[event.name] = event
                self._running.pop(event.name, None)
                self._refused = self._refused or event.name == LOAD
                self._print_rows()
            case Activity(check=None):
                self._loading = True
            case Activity(check=str(name), text=text):
                self._loading = False
                self._running.pop(name, None)
                self._running[name] = text
        if self._live is not None:
            self._spinner.update(text=self.now())
            most = max(self._console.height - 4, 1)
            self._live.update(Group(*self._rows[-most:], self._spinner), refresh=True)

    def _print_rows(self) -> None:
        while self._waiting and self._waiting[0] in self._results and not self._refused:
            line = row(self._results[self._waiting.pop(0)])
            if self._verbose:
                self._console.print(line)
            else:
                self._rows.append(line)

    def now(self) -> Text:
        """What happens now, in one line."""
        if self._loading:
            return Text(now.TENSORFLOW_LOADS)
        if not self._running:
            return Text(now.ENDING if self._results else now.STARTING)
        name, note = next(reversed(self._running.items()))
        number = min(len(self._results) + 1, len(self._titles))
        what = note or self._titles.get(name, name)
        line = Text(clean(now.checking(number, len(self._titles), what)).replace("\n", " "))
        line.truncate(self._console.width - 4, overflow="ellipsis")
        return line
