"""Labs: declarations, predictions, what is kept, numbers in texts, drawings. No process runs."""

import ast
import io
import json
import os
import re
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from grader.authoring.labs import due
from grader.authoring.remeasure import inside, numbers, unmeasured
from grader.cli.context import Context
from grader.cli.exits import Stopped
from grader.cli.guessing import beyond, read_guess
from grader.cli.labs import LabSession
from grader.cli.terminal.prompts import ByLines
from grader.course import Course
from grader.datasets import fashion_mnist
from grader.datasets._files import IDX_FILES
from grader.errors import CourseError
from grader.lab.digest import dumped
from grader.lab.experiment import (
    Ending,
    Experiment,
    HowMuch,
    InOrder,
    Lab,
    WhichOne,
    labs,
)
from grader.lab.kept import LabBook, Trial, fits
from grader.lab.lesson import lessons, pages
from grader.lab.run import computed
from grader.measured import (
    Measured,
    Recorded,
    checked,
    look,
    number,
    read,
    without_names,
    written,
)
from grader.parsing import parse
from grader.quiz.toml import QuizError
from grader.render import lab as screens
from grader.render import lesson
from grader.render.bars import Bars, Spread
from grader.render.lab_page import page
from grader.render.lesson_pages import written as made_pages
from grader.render.screen import Screen
from grader.render.svg import svg
from support import ROOT, called, complaint, flat

COURSE = Course.open()
LABS = labs(COURSE)
EXPERIMENTS = [(lab, each) for lab in LABS for each in lab.experiments]
NAMES = [f"{lab.id}.{each.name}" for lab, each in EXPERIMENTS]


def shown(renderable: object, width: int = 100) -> str:
    """What is printed, without colors."""
    screen = Screen(file=io.StringIO(), width=width, color_system=None)
    screen.print(renderable)
    return screen.file.getvalue()


def recorded(lab: Lab, experiment: Experiment) -> Trial:
    """What the course has measured, as if a learner had run it."""
    return Trial(None, lab.recorded().runs.get(experiment.name, {}))


# numbers in texts


@pytest.fixture
def measured(tmp_path: Path) -> Measured:
    runs = {
        "1": {"epoch": [1, 2], "loss": [0.75, 0.5], "best": 7, "name": "Bag"},
        "2": {"epoch": [1, 2], "loss": [0.25, 0.125], "best": 13, "name": "Bag"},
    }
    record = {
        "machine": "a machine",
        "versions": {"python": "3"},
        "data": "d",
        "experiments": {"train": {"code": "c", "seconds": 1.5, "runs": runs}},
    }
    (tmp_path / "ex6_epochs.json").write_text(json.dumps(record))
    return Measured(tmp_path)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("ex6.train.best", "7 to 13"),
        ("ex6.train.best mean .1f", "10.0"),
        ("ex6.train.loss@2", "0.125 to 0.500"),
        ("ex6.train.loss@2 each", "0.500, 0.125"),
        ("ex6.train.loss@1 mean", "0.500"),
        ("ex6.train.loss@1 mean .0%", "50%"),
        ("ex6.train.loss@1\n  each .2f", "0.75, 0.25"),
        ("ex6.train.name", "Bag"),
    ],
)
def test_a_text_gets_its_numbers(measured: Measured, key: str, text: str) -> None:
    assert measured.resolved(f"It was {{lab:{key}}}.") == f"It was {text}."


@pytest.mark.parametrize(
    "key", ["ex6.train.worst", "ex6.train.loss@9", "ex6.other.best", "ex7.train.best", "best", ""]
)
def test_a_number_that_was_not_measured_is_an_error(measured: Measured, key: str) -> None:
    with pytest.raises(CourseError, match=r"solution\.py: \{lab:.*no lab has recorded"):
        measured.resolved(f"It was {{lab:{key}}}.", "solution.py")


def test_numbers_are_written_as_they_are_read() -> None:
    assert [number(each) for each in (3, 101770, 0.8266, 12.345, 814.2, -0.5, None)] == [
        "3", "101,770", "0.827", "12.3", "814", "-0.500", "nan",
    ]  # fmt: skip
    assert written([0.8271, 0.8274]) == "0.827", "no range of equal words"


@pytest.mark.parametrize(
    "value",
    [None, {}, [], {"a b": 1}, {"a": object()}, {"a": "x" * 201}, {"a": [[[[[1]]]]]}, {1: 2},
     {"a": "\x1b[31m"}, {"a": list(range(60_000))}],
)  # fmt: skip
def test_what_is_no_table_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"table|column|run"):
        checked(value)


def test_a_table_is_plain() -> None:
    import numpy as np

    table = checked({"n": np.arange(2), "nan": float("nan"), "x": (1, 2.5), "yes": True})
    assert table == {"n": [0, 1], "nan": None, "x": [1, 2.5], "yes": 1}
    assert look(table, "x@1") == 2.5
    with pytest.raises(KeyError):
        look(table, "x@2")


def test_a_record_comes_back(tmp_path: Path) -> None:
    record = Recorded({"f": "c"}, "d", {"python": "3"}, "m", {"f": 1.0}, {"f": {1: {"a": [1]}}})
    path = tmp_path / "ex1_a.json"
    path.write_text(json.dumps(record.to_dict()))
    assert read(path) == record
    path.write_text("[1]")
    with pytest.raises(CourseError, match="not a record"):
        read(path)


# declarations


@pytest.mark.parametrize(("lab", "experiment"), EXPERIMENTS, ids=NAMES)
def test_an_experiment_is_whole(lab: Lab, experiment: Experiment) -> None:
    assert experiment.title != experiment.name
    if experiment.predict is not None:
        assert experiment.predict.prompt.endswith((".", "?"))
        assert lab.question(experiment) is not None, "it asks nothing that needs its insight"
    else:
        assert not experiment.ask


def test_no_two_experiments_ask_the_same() -> None:
    """The second one would ask nothing: a question is asked once."""
    found = [lab.question(each) for lab, each in EXPERIMENTS if each.ask]
    asked = [(exercise.id, question.id) for exercise, question in filter(None, found)]
    assert len(asked) == len(set(asked)) == len(found)


@pytest.mark.parametrize(("lab", "experiment"), EXPERIMENTS, ids=NAMES)
def test_what_was_measured_can_be_guessed(lab: Lab, experiment: Experiment) -> None:
    """And what can't be, such as an accuracy of 300%, is no guess."""
    predict = experiment.predict
    if not isinstance(predict, HowMuch):
        return
    for measured in experiment.happened(list(recorded(lab, experiment).runs.values())):
        assert fits(experiment, measured) == measured
    for other in (predict.most + 1, predict.least - 1):
        assert fits(experiment, other) is None
    if "(0 to 1)" in predict.prompt:
        assert (predict.least, predict.most) == (0, 1)


def test_what_is_recorded_is_up_to_date() -> None:
    """Else: python -m grader.authoring.labs"""
    stale = {(each.lab.id, each.experiment.name) for each in due(COURSE) if each.never}
    assert stale == set()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="its dump has other fields")
def test_the_digest_of_code_is_the_same_with_any_python() -> None:
    """3.12 and 3.13 dump trees otherwise; there the test above would fail."""
    for lab in labs(COURSE):
        tree = parse(lab.script.read_text("utf-8"))
        assert dumped(tree) == ast.dump(tree)
    assert dumped(ast.Constant(None)) == "Constant(value=None)"


@pytest.mark.parametrize(("lab", "experiment"), EXPERIMENTS, ids=NAMES)
def test_an_experiment_is_shown(lab: Lab, experiment: Experiment) -> None:
    """At all widths, and as a page: every drawing, and every number that the texts name."""
    trial = recorded(lab, experiment)
    assert trial.runs
    for text in (experiment.about, experiment.explain):
        assert "{lab:" not in lab.words(text)
    for width in (60, 100):
        lines = shown(screens.results(experiment, trial), width).splitlines()
        assert max(map(len, lines)) <= width
        assert [line for line in lines if line.strip() and line != line.rstrip()] == []
    for drawing in experiment.draw:
        tables = list(trial.runs.values())
        if drawing.kind != "words":
            assert ET.fromstring(svg(drawing, tables)).tag.endswith("svg")
    made = page(lab, [(experiment, trial)])
    assert "http" not in made.replace("http://www.w3.org/2000/svg", "")


def test_a_digest_is_of_what_runs(tmp_path: Path) -> None:
    """Of a function and what it uses, not of comments, nor of the others."""
    folder = tmp_path / "labs"
    folder.mkdir()
    declared = '[[experiment]]\nrun = "f"\ntitle = "t"\nabout = "a"\nexplain = "e"\n'
    (folder / "ex1_a.toml").write_text(declared)
    lab = Lab(Course(tmp_path), "ex1_a")

    def digest(source: str) -> str:
        lab.script.write_text(source)
        return replace(lab).experiments[0].code

    plain = "N = 2\n\n\ndef f(seed):\n    return {'a': g(N)}\n\n\ndef g(n):\n    return n\n"
    same = digest(plain)
    assert digest(plain.replace("    return {", '    """Says."""\n    # why\n    return {')) == same
    assert digest(f"{plain}\n\ndef other():\n    return 3\n") == same
    assert digest(plain.replace("return n", "return n + 1")) != same
    assert digest(plain.replace("N = 2", "N = 3")) != same


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("", ""),
        ("seeds = 0\n", "seeds says how often an experiment is run; use 1 to 100"),
        ("seeds = -1\n", "seeds says how often an experiment is run"),
        (f"seeds = {10**30}\n", "seeds says how often an experiment is run"),
        (f"seeds = {'9' * 5000}\n", "line 6: this is not TOML .a number is too long.; fix"),
        (f"seeds = {'[' * 5000}\n", "its values are nested too deeply"),
        ('[[experiment.draw]]\nkind = "bars"\ncolumns = []\n', "nothing is drawn"),
        (
            '[experiment.predict]\nkind = "number"\nprompt = "p"\nresult = "r"\n'
            "low = 1\nhigh = 1\n",
            "low is not less than high",
        ),
    ],
)
def test_what_can_not_be_run_or_drawn_is_said_when_it_is_read(
    tmp_path: Path, more: str, says: str
) -> None:
    folder = tmp_path / "labs"
    folder.mkdir()
    declared = '[[experiment]]\nrun = "f"\ntitle = "t"\nabout = "a"\nexplain = "e"\n'
    (folder / "ex1_a.toml").write_text(declared + more)
    (folder / "ex1_a.py").write_text("def f(seed):\n    return {}\n")
    lab = Lab(Course(tmp_path), "ex1_a")
    if not says:
        assert [each.name for each in lab.experiments] == ["f"]
        return
    with pytest.raises(QuizError, match=says):
        _ = lab.experiments


# predictions

NUMBER = HowMuch("How many?", "a", 0, 10, 1, 0, 2000)
CHOICE = WhichOne("Which?", "a", (Ending("few", -9, 1), Ending("some", 1, 5)))
ORDER = InOrder("Sort.", "a", ("x", "y", "z"))


def experiment(predict: object) -> Experiment:
    return Experiment("f", "F", "", predict, (), "", "", True, "c", (1, 2))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("predict", "line", "guess"),
    [
        (NUMBER, "7", 7.0), (NUMBER, " .25 ", 0.25), (NUMBER, "83%", 0.83), (NUMBER, "0,5", 0.5),
        (NUMBER, "０，５", 0.5), (NUMBER, "８３ ％", 0.83), (NUMBER, "1 200", 1200.0),
        (NUMBER, "1,200", None), (NUMBER, "- 1,200", None), (NUMBER, "1,200%", None),
        (CHOICE, "Ｂ", 1), (ORDER, "ｂ、ａ、ｃ", (1, 0, 2)),
        (NUMBER, "2000", 2000.0), (NUMBER, "2001", None), (NUMBER, "-0.1", None),
        (NUMBER, "many", None), (NUMBER, "", None), (NUMBER, "nan", None), (NUMBER, "1e999", None),
        (CHOICE, "2", 1), (CHOICE, "0", None), (CHOICE, "3", None),
        (CHOICE, "B", 1), (CHOICE, "c", None), (CHOICE, "ab", None), (CHOICE, "", None),
        (ORDER, "b a c", (1, 0, 2)), (ORDER, "cab", (2, 0, 1)), (ORDER, "b, a < c", (1, 0, 2)),
        (ORDER, "ab", None), (ORDER, "aab", None), (ORDER, "abcd", None),
    ],
)  # fmt: skip
def test_a_guess_is_read(predict: object, line: str, guess: object) -> None:
    assert read_guess(experiment(predict), line) == guess


@pytest.mark.parametrize(
    ("most", "line", "said"),
    [
        (1, "85", "The answer is from 0 to 1. Did you mean 85%? Your guess, a number: "),
        (1, "300%", "The answer is from 0 to 1. Your guess, a number: "),
        (1, "-0.5", "The answer is from 0 to 1. Your guess, a number: "),
        (1000, "1001", "The answer is from 0 to 1,000. Your guess, a number: "),
        (1, "many", ""),
    ],
)
def test_a_guess_that_can_not_be_gets_a_word(most: float, line: str, said: str) -> None:
    assert beyond(replace(NUMBER, most=most), line) == said


def test_how_far_runs_are_apart_can_be_asked() -> None:
    asked = experiment(replace(NUMBER, spread=True))
    assert asked.happened([{"a": 4}, {"a": 1.5}, {"a": 2}]) == [2.5]
    assert asked.happened([]) == []


def test_what_happened_is_measured() -> None:
    assert [CHOICE.happened(each) for each in (0, 1, 4.9, 5, None)] == [0, 1, 1, None, None]
    table = {"name": ["x", "y", "z"], "a": [3, 1, 2]}
    assert ORDER.happened([table]) == (1, 2, 0)


def test_the_guess_is_shown_beside_the_result() -> None:
    runs = {1: {"a": 4}, 2: {"a": 2}}
    told = shown(screens.results(experiment(NUMBER), Trial(3.0, runs)))
    assert "● your guess 3   ┃ measured 4, 2 (2 runs)   a good guess" in told
    told = shown(screens.results(experiment(CHOICE), Trial(0, runs)))
    assert "2 of 2 runs" in told.splitlines()[1] and "your guess" in told.splitlines()[0]
    assert "good guess" not in shown(screens.results(experiment(NUMBER), Trial(9.0, runs)))


def test_a_spread_knows_its_range() -> None:
    assert (Spread((1, 3)).mean, Spread((1, 3)).range, Spread(()).mean) == (2, "1 to 3", None)


# what is kept


def test_guesses_and_runs_are_kept(tmp_path: Path) -> None:
    kept = LabBook(LABS[0], tmp_path / ".grade/labs/ex0_data.json")
    one, two = experiment(NUMBER), replace(experiment(CHOICE), name="g")
    assert kept.trial(one) == Trial()
    kept.keep(one, Trial(7.0, {1: {"a": 4}}))
    kept.keep(two, Trial(1, {}))
    assert kept.trial(one) == Trial(7.0, {1: {"a": 4}})
    assert kept.trial(two) == Trial(1, {})
    assert kept.trial(replace(one, code="other")) == Trial(7.0, {}), "another code, no old runs"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"f": 1}', '{"f": {"code": "c", "guess": "x", "runs": {"y": 1}}}',
             "[" * 100_000],
)  # fmt: skip
def test_a_broken_file_is_nothing_kept(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kept.json"
    path.write_text(text)
    assert LabBook(LABS[0], path).trial(experiment(NUMBER)) == Trial()


def test_no_link_is_followed(tmp_path: Path) -> None:
    """Control: the same file in its place is read and written."""
    (tmp_path / ".grade/labs").mkdir(parents=True)
    secret = tmp_path / "secret.json"
    secret.write_text('{"f": {"code": "c", "guess": 7, "runs": {}}}')
    path = tmp_path / ".grade/labs/ex0_data.json"
    path.symlink_to(secret)
    kept = LabBook(LABS[0], path)
    assert kept.trial(experiment(NUMBER)).guess is None
    before = secret.read_text()
    with pytest.raises(Exception, match="can't be written"):
        kept.keep(experiment(NUMBER), Trial(1.0, {}))
    assert secret.read_text() == before
    path.unlink()
    secret.rename(path)
    assert kept.trial(experiment(NUMBER)).guess == 7.0
    kept.keep(experiment(NUMBER), Trial(1.0, {}))
    assert kept.trial(experiment(NUMBER)).guess == 1.0


@pytest.mark.parametrize(
    ("predict", "value"),
    [(NUMBER, "7"), (NUMBER, 1e300), (NUMBER, None), (CHOICE, 2), (CHOICE, True), (CHOICE, -1),
     (ORDER, [0, 1]), (ORDER, [0, 1, "2"]), (ORDER, [0, 1, True]), (None, 1)],
)  # fmt: skip
def test_what_is_no_guess_is_none(predict: object, value: object) -> None:
    assert fits(experiment(predict), value) is None


def test_the_course_is_measured_where_it_is() -> None:
    assert {lab.script.parent for lab in LABS} == {ROOT / "labs"}


# measured again


def test_a_number_comes_back_within_its_band() -> None:
    assert inside(0.83, [0.82, 0.84])
    assert inside(0.815, [0.82, 0.84]), "a little outside: another processor"
    assert not inside(0.7, [0.82, 0.84])
    assert inside(10, [10]) and not inside(12, [10])


def test_every_number_of_a_table_has_a_place() -> None:
    table = {"epoch": [1, 2], "loss": [0.5, None], "best": 2, "seconds": [9, 9], "name": "x"}
    assert dict(numbers(table)) == {"epoch@1": 1, "epoch@2": 2, "loss@1": 0.5, "best": 2}


def test_no_text_names_what_was_not_measured() -> None:
    assert [flaw.what for flaw in unmeasured(COURSE) if "{lab:" in flaw.what] == []


# lessons


def test_pages_and_pictures_are_up_to_date() -> None:
    """Else: python -m grader.render.lesson_pages"""
    found = list(pages(COURSE))
    assert len(found) == len(COURSE.exercises) + 1
    stale = [path for path, text in made_pages(COURSE) if path.read_text("utf-8") != text]
    assert stale == []


@pytest.mark.parametrize("name", sorted(lessons(COURSE)))
def test_a_lesson_is_shown(name: str) -> None:
    page = lessons(COURSE)[name].read_text("utf-8")
    prose = re.sub("```.*?```", "", without_names(page), flags=re.DOTALL)
    assert 200 <= len(prose.split()) <= 350
    assert "lab:" not in without_names(page) and "<!--" not in without_names(page)
    for width in (60, 100):
        lines = shown(lesson.shown(COURSE, page), width).splitlines()
        assert max(map(len, lines)) <= width
    assert "▰" in "".join(lines) or "⣀" in "".join(lines), "its picture"
    assert f"grade lab {name}" in page, "a page in a browser names the commands"
    assert "Check yourself" not in "".join(lines), "below it they stand as they are typed here"


def test_a_page_is_filled(measured: Measured) -> None:
    page = "Epoch <!-- lab:ex6.train.best -->1<!-- --> and "
    page += "<!-- lab:ex6.train.loss@1 mean -->?<!-- -->."
    filled = measured.filled(page)
    assert without_names(filled) == "Epoch 7 to 13 and 0.500."
    assert measured.filled(filled) == filled


# the 60,000 images, which the course does not bring


def test_what_needs_all_images_shows_the_record_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fashion_mnist, "DEBIAN_FOLDER", tmp_path / "none")
    done = called(tmp_path, "lab", "ex0", "whole_set", typed="0.9\n", KERAS_HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "does not have all 60,000 images, so here is what the course measured" in flat(
        done.stdout
    )
    assert "your guess 0.900" in done.stdout and "measured 0.867, 0.872, 0.875" in flat(done.stdout)
    whole = next(each for lab, each in EXPERIMENTS if each.name == "whole_set")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    assert not whole.possible
    folder = tmp_path / "datasets/fashion-mnist"
    folder.mkdir(parents=True)
    for name in IDX_FILES:
        (folder / name).touch()
    assert whole.possible


def test_every_surprise_was_tried_with_fresh_seeds_or_is_said_to_be_chance() -> None:
    page = (ROOT / "docs/labs.md").read_text("utf-8").partition("## Does it hold")[2]
    assert [name for name in NAMES if f"`{name}`" not in page] == []


def test_experiments_are_short() -> None:
    """The seconds that processors worked for one run, of which two share the work."""
    seconds = [lab.recorded().seconds[each.name] for lab, each in EXPERIMENTS]
    assert max(seconds) <= 180
    assert sum(each <= 30 for each in seconds) > len(seconds) / 2


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_the_work_of_a_process_is_counted() -> None:
    began = time.process_time()
    while time.process_time() < began + 0.05:
        pass
    counted = computed(os.getpid())
    assert counted is not None and counted >= began + 0.03  # it counts hundredths of a second
    assert computed(2**30) is None  # there is no such process


def test_all_images_reach_the_articles_figure() -> None:
    runs = read(ROOT / "labs/ex0_data.json").runs["whole_set"]
    assert min(look(table, "accuracy@scaled") for table in runs.values()) >= 0.85
    assert [table["images"] for table in runs.values()] == [60_000] * 3


def test_a_page_may_be_behind_a_link_that_was_typed(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "out").symlink_to("pages")
    done = called(tmp_path, "lab", "ex6", "--recorded", "--plain", "--html", "out/ex6.html")
    assert done.returncode == 0 and "Written to out/ex6.html." in flat(done.stdout)
    assert (tmp_path / "pages/ex6.html").read_text("utf-8").startswith("<!doctype html>")
    done = called(tmp_path, "lab", "ex6", "--recorded", "--plain", "--html", "none/ex6.html")
    assert complaint(done) == "There is no folder none. Make it, or name another file."


def test_a_lab_goes_on_where_it_was_left(tmp_path: Path) -> None:
    """What is done is not shown again, unless it is named, or all is done. Nothing runs here."""
    called(tmp_path, "init")
    lab = next(each for each in LABS if each.id == "ex4")
    book = LabBook(lab, tmp_path / ".grade/labs/ex4_outputs.json")

    def keep(experiment: Experiment, guess: float) -> None:
        book.keep(experiment, Trial(guess, recorded(lab, experiment).runs))

    *some, last = lab.experiments
    for each in some:
        keep(each, 1.0)
    stopped = called(tmp_path, "lab", "ex4", "--recorded")
    assert stopped.stdout.count("┃ measured") == len(lab.experiments), "a record is shown whole"
    book.keep(last, Trial(None, recorded(lab, last).runs))
    done = called(tmp_path, "lab", "ex4", typed="0.5\n")
    assert f"{len(some)} experiments are done. `grade lab ex4 how_many`" in flat(done.stdout)
    assert last.title in done.stdout and some[0].title not in done.stdout
    assert f"{len(some) + 1} of {len(lab.experiments)}" in done.stdout
    again = called(tmp_path, "lab", "ex4")
    assert "are done" not in again.stdout and some[0].title in again.stdout
    assert some[0].title in called(tmp_path, "lab", "ex4", some[0].name).stdout


def test_a_lab_that_is_stopped_between_two_experiments_says_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called(tmp_path, "init")
    monkeypatch.chdir(tmp_path)
    context, lab = Context(), next(each for each in LABS if each.id == "ex4")

    class Stops(ByLines):
        """Types 1 wherever something is asked, and Ctrl-C where it waits for Enter."""

        def _line(self, request: str) -> str:
            return "1"

        def pause(self) -> None:
            raise KeyboardInterrupt

    session = LabSession(context, lab, LabBook.of(lab, context.workspace), True, True)
    session.asker = Stops(plain=True)
    with pytest.raises(Stopped, match="Whatever has run is kept; `grade lab ex4` goes on"):
        session.show(lab.experiments[:2])


def test_tables_that_are_too_wide_stand_below_each_other() -> None:
    """So that no number, no name and no heading is cut."""
    columns = [[Spread((0.5, 0.75)), Spread((0.25,))], [Spread((12.0, 13.0)), Spread((7.0,))]]
    made = Bars(["scaled to one", "raw"], ["accuracy", "sure and wrong"], columns, 0, 1)

    def drawn(width: int) -> list[str]:
        screen = Screen(file=io.StringIO(), width=width)
        screen.print(made)
        lines = screen.file.getvalue().splitlines()  # type: ignore[attr-defined]
        return [flat(line) for line in lines]

    beside, below = drawn(100), drawn(46)
    assert beside[0] == "accuracy sure and wrong" and len(beside) == 3
    assert beside[1].endswith("0.625 0.500 to 0.750 12.5 12.0 to 13.0")
    assert below[0] == "accuracy" and below[1].endswith("0.625 0.500 to 0.750")
    assert below[2].startswith("raw ▰") and below[2].endswith("0.250")
    assert below[3:] == ["", "sure and wrong", "scaled to one 12.5 12.0 to 13.0", "raw 7.000"]
