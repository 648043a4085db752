"""The screens of a learner and an instructor: commands, where they are typed, and what is seen.

``scripts/screens.py`` takes them all and draws them; ``test_looks.py`` takes those that are quick.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import looks
from emulator import Emulator
from places import PLACES, SEED, STATE
from support import GRADE, Terminal, called, program

ASCII = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
MODES: dict[str, tuple[int, dict[str, str]]] = {  # columns, variables
    "60": (60, {}),
    "100": (100, {}),
    "200": (200, {}),
    "dumb": (100, {"TERM": "dumb"}),
    "no color": (100, {"NO_COLOR": "1"}),
    "ascii": (100, ASCII),
    "piped 60": (60, {}),
    "piped": (100, {}),
    "piped 200": (200, {}),
}
KEYED = ("60", "100", "200", "no color", "ascii")
PIPED = ("piped 60", "piped", "piped 200")
BOTH = ("60", "100", "200", "dumb", "no color", "ascii", *PIPED)

STATE_HOME, HELP = "XDG_STATE_HOME", "--help"  # typer fills the lines of its help
CTRL_C, ENTER = "\x03", "\r"
CHOOSE, READ, WATCH = "then Enter", "Press Enter", "x exit"


@dataclass(frozen=True)
class Shot:
    """A command that is typed.

    Attributes:
        place: how the folder is then, a name in ``PLACES``.
        words: what follows ``grade``.
        keys: what is seen, and what is typed then.
        typed: lines that are piped in.
        leads: whether its last lines are to say what is next.
        quick: whether it needs neither TensorFlow nor seconds.
        verbatim: whether it shows code, which stays in one piece.
        variables: of the environment.
    """

    place: str
    words: str
    keys: tuple[tuple[str, str], ...] = ()
    typed: str = ""
    leads: bool = True
    quick: bool = True
    verbatim: bool = False
    variables: tuple[tuple[str, str], ...] = ()

    @property
    def modes(self) -> tuple[str, ...]:
        return KEYED if self.keys else PIPED if self.typed else BOTH


def _said(place: str, words: str, **how: bool) -> Shot:
    """One sentence, or a page that leads nowhere."""
    return Shot(place, words, leads=False, **how)


SHOTS: dict[str, Shot] = {
    # where one begins
    "help": _said("outside", "--help"),
    "help-ex1": _said("outside", "ex1 --help"),
    "help-quiz": _said("outside", "quiz --help"),
    "help-init": _said("outside", "init --help"),
    "help-class": _said("outside", "class --help"),
    "help-export": _said("outside", "export --help"),
    "outside": Shot("outside", ""),
    "outside-ex1": _said("outside", "ex1"),
    "outside-hint": _said("outside", "hint"),
    "demo": Shot("outside", "demo"),
    "init": Shot("outside", "init new"),
    "init-again": Shot("fresh", "init"),
    "init-notebooks": Shot("outside", "init new --notebooks"),
    "init-vscode": Shot("outside", "init new --vscode"),
    "doctor": Shot("fresh", "doctor"),
    "overview-fresh": Shot("fresh", ""),
    "list": Shot("passed", "list"),
    "words": _said("fresh", "words"),
    "words-one": _said("fresh", "words logits"),
    "words-none": _said("fresh", "words sofmax"),
    # what is mistyped
    "typo": _said("fresh", "hnt ex3"),
    "typo-two": _said("fresh", "ex1 ex2"),
    "typo-none": _said("fresh", "ex"),
    "typo-nine": _said("fresh", "ex9"),
    "typo-option": _said("fresh", "ex1 --jsn"),
    "typo-time": _said("fresh", "ex1 --timeout x"),
    "typo-file": _said("fresh", "ex1 nothing.py"),
    "version": _said("fresh", "version"),
    # lessons and labs
    **{f"lesson-ex{n}": Shot("fresh", f"lesson ex{n}", verbatim=True) for n in range(1, 9)},
    "labs": Shot("fresh", "lab"),
    **{
        f"lab-ex{n}": Shot("fresh", f"lab ex{n} --recorded", typed="1\n" * 12) for n in range(9)
    },
    "lab-keys": Shot(
        "fresh",
        "lab ex1 --recorded",
        keys=(("Your guess", "x\r"), ("Your guess", "1\r"), (CHOOSE, CTRL_C)),
        leads=False,
    ),
    "lab-none": _said("fresh", "lab ex9"),
    # an exercise
    "stub": Shot("fresh", f"ex1 --seed {SEED}"),
    "mistake": Shot("wrong", f"ex1 --seed {SEED}"),
    "mistake-verbose": Shot("wrong", f"ex1 --seed {SEED} --verbose"),
    "syntax": Shot("broken", f"ex1 --seed {SEED}"),
    "exception": Shot("raising", f"ex1 --seed {SEED}"),
    "endless": Shot("endless", f"ex1 --seed {SEED} --timeout 2", quick=False),
    "gone": _said("deleted", "ex1"),
    "damaged": Shot("damaged", f"ex1 --seed {SEED}"),
    "pass": Shot("passed", f"ex1 --seed {SEED}"),
    "all": Shot("passed", f"all --seed {SEED}", quick=False),
    "run": _said("fresh", "run ex1", verbatim=True),  # the learner's own traceback
    "open": Shot("fresh", "open", leads=False, variables=(("EDITOR", "no-editor"),)),
    # help
    "hint-early": _said("fresh", "hint"),
    "hint": Shot("wrong", "hint"),
    "hint-3": Shot("hinted", "hint ex1", verbatim=True),
    "hint-none": Shot("passed", "hint ex1"),
    "replay": Shot("wrong", "replay"),
    "replay-none": Shot("passed", "replay ex1"),
    "reset": Shot("wrong", "reset ex1 --yes"),
    "reset-asks": Shot("wrong", "reset ex1", keys=(("[y/N]", "n"),), leads=False),
    "reset-starter": Shot("fresh", "reset ex1"),
    "solution-early": _said("wrong", "solution ex1"),
    "solution-given-up": Shot("wrong", "solution ex1 --give-up", verbatim=True),
    "solution": Shot("passed", "solution ex1", verbatim=True),
    # quizzes
    **{f"quiz-ex{n}": Shot("fresh", f"quiz ex{n}", typed="1\n" * 40) for n in range(1, 9)},
    "quiz-plain": Shot("passed", "quiz ex1 --plain", typed="1\n2\n", leads=False),
    "quiz-keys": Shot(
        "passed",
        "quiz ex1",
        keys=((CHOOSE, "1\r"), (READ, ENTER), (CHOOSE, CTRL_C)),
        leads=False,
    ),
    "quiz-dumb": Shot(
        "passed",
        "quiz ex1",
        keys=(("Answer with", "1\r"), ("question 2", CTRL_C)),
        leads=False,
        variables=(("TERM", "dumb"),),
    ),
    "quiz-menu": Shot("passed", "quiz", keys=((CHOOSE, CTRL_C),), leads=False),
    "quiz-stats": _said("quizzed", "quiz --stats"),
    "quiz-stats-plain": _said("quizzed", "quiz --stats --plain"),
    "quiz-hand-in": _said("quizzed", "quiz --hand-in"),
    "review": Shot("quizzed", "review", typed="1\n" * 30),
    "review-none": _said("fresh", "review"),
    # where one is
    "overview": Shot("quizzed", ""),
    "overview-damaged": Shot("damaged", ""),
    "overview-finished": Shot("finished", ""),
    "overview-older": Shot("older", ""),
    "upgrade": Shot("older", "init --upgrade"),
    # watching
    "watch": Shot("wrong", "watch ex1", keys=((WATCH, "x"),)),
    "watch-hint": Shot("wrong", "watch ex1", keys=((WATCH, "h"), (WATCH, "x")), leads=False),
    "watch-quiz": Shot(
        "passed",
        "watch ex1",
        keys=((WATCH, "q"), (CHOOSE, "1\r"), (READ, CTRL_C), (WATCH, "x")),
        leads=False,
    ),
    "watch-list": Shot("wrong", "watch", keys=((WATCH, "l"), (WATCH, "x")), leads=False),
    "watch-pass": Shot("passed", "watch ex1", keys=((WATCH, "x"),)),
    # instructors
    "new": _said("outside", "new ex9_dropout --title Dropout"),
    "new-course": Shot("outside", "new ex1_dropout --title Dropout --course ."),
    "class-import": Shot("classed", "class import download --into autumn"),
    "class-none": _said("classed", "class show autumn"),
    "class-run": Shot("imported", f"class run autumn --seed {SEED}", quick=False),
    "class-show": _said("graded", "class show autumn Ada ex1", quick=False),
    "class-report": _said("graded", "class report autumn", quick=False),
    "export-quiz": _said("outside", "export quiz --as moodle-xml"),
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """A shot in one mode.

    Attributes:
        raw: what was written.
        shown: what is on the screen then.
        code: how the command ended.
        errors: what went to standard error, where that is another pipe.
    """

    raw: str
    shown: Emulator
    code: int | str | None
    errors: str = ""


class Studio:
    """Takes shots; each place is made once, and copied for each of them.

    Args:
        folder: an empty one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, shot: Shot, mode: str) -> Taken:
        """Type the command in a copy of its place."""
        columns, variables = MODES[mode]
        base = self._place(shot.place)
        variables = {**variables, STATE_HOME: str(base / STATE), **dict(shot.variables)}
        words, emulator, folder = shot.words.split(), Emulator(), base / "work"
        if mode in PIPED:
            start = called if shot.quick else lambda *w, **v: program(w[0], GRADE, *w[1:], **v)
            done = start(folder, *words, typed=shot.typed, COLUMNS=str(columns), **variables)
            written = done.stdout + done.stderr
            shown = emulator.feed(written.replace("\n", "\r\n"))
            return Taken(written, shown, done.returncode, done.stderr)
        terminal = Terminal(folder, GRADE, *words, columns=columns, rows=45, **variables)
        for seen, typed in shot.keys:
            terminal.sees(seen)
            terminal.types(typed)
        code = terminal.ends()
        return Taken(terminal.raw, emulator.feed(terminal.raw), code)

    def _place(self, name: str) -> Path:
        made = self.folder / "places" / name
        if not made.exists():
            made.mkdir(parents=True)
            PLACES[name](made)
        copy = self.folder / "now"  # always the same: a quiz mixes its options by the folder
        shutil.rmtree(copy, ignore_errors=True)
        return Path(shutil.copytree(made, copy))


def faults(shot: Shot, taken: dict[str, Taken]) -> Iterator[str]:
    """What is wrong with a shot, as far as a program can see it."""
    texts = {mode: each.shown.text for mode, each in taken.items()}
    for mode, text in texts.items():
        columns, raw, errors = MODES[mode][0], taken[mode].raw, taken[mode].errors
        wide = texts.get("piped 200" if mode in PIPED else "200", text)
        found = [] if shot.verbatim else [*looks.traced(raw)]
        if not shot.typed:  # a picture may have empty rows, and a question ends in a space
            found += looks.empty(text)
        if not shot.verbatim:
            found += looks.too_wide(text, columns, errors.splitlines())
        if shot.leads:
            found += looks.led(text)
        filled = HELP in shot.words or "--plain" in shot.words  # by typer, by rich
        if mode in PIPED and not shot.typed and not filled:
            found += looks.trailing(raw)
        if mode in PIPED or mode == "dumb":
            found += looks.coded(raw)
        if mode == "no color":
            found += looks.colored(raw)
        if mode == "ascii" and not shot.verbatim:
            found += looks.foreign(text, texts.get("100", text))
        # grade doctor says what a terminal is; each run of grade watch draws other inputs
        elif mode != "dumb" and not (shot.verbatim or shot.words.startswith("watch")):
            found += [*looks.cut(text, wide), *looks.split(text, wide, columns)]
        yield from (f"{mode}: {why}" for why in found)
