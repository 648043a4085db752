"""What instructors break, each in a course of its own: ``grade verify`` names file, line and cure.

Most is found by reading, in milliseconds. What only grading shows is broken in one course, an
exercise for each, and proved in one run.
"""

import io
import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

import grader
from grader.authoring import lint as files
from grader.authoring.verify import verify
from grader.checks.source import Source
from grader.course import Course, CourseError, Exercise, Flaw
from grader.render.finding import finding
from grader.render.terminal import row, score
from grader.report import Verdict
from support import SMALL, STEM, Break, added, copied, deleted, replaced, run, shown

STUB, QUIZ = "exercises/{}.py", "quizzes/{}.toml"
SOLUTION, CHECKS = "solutions/{}/solution.py", "solutions/{}/checks.py"
STRICT = "solutions/{}/misconceptions/strictly_above.py"
COUNTS = "solutions/{}/misconceptions/divides_by_count.py"
ACCEPTED, WRONG = (f"solutions/{{}}/submissions/{kind}/one.py" for kind in ("accepted", "wrong"))
OVERLAY = """\"\"\"Shares come in order.

fails: shares_values
rest: solution
\"\"\"


def shares(values):
    return np.sort(values) / np.sum(values)
"""
POINTS = "@pytest.mark.points(1)"  # of the second check, in line 18


def together(*breaks: Break) -> Break:
    """One after the other."""

    def change(root: Path, stem: str) -> None:
        for each in breaks:
            each(root, stem)

    return change


def marked(new: str) -> Break:
    """Another marker in place of the second check's points."""
    return replaced(CHECKS, POINTS, new)


MARK = "from pytest import mark\n"
ALIASED = replaced(CHECKS, "import pytest\n", f"import pytest\n{MARK}")
A_TEST = '''

def test_more(learner):
    """More"""
'''
AT = "{}/checks.py:"
SENTENCE = '"You divided by how many values there are, not by their sum."'


def diagnosis(arguments: str) -> Break:
    """The sentence of the first check becomes a diagnosis."""
    return together(
        replaced(CHECKS, SENTENCE, f"Diagnosis({arguments})"),
        replaced(CHECKS, "import expect", "import Diagnosis, expect"),
    )


READ: dict[str, tuple[Break, str]] = {
    # diagnoses
    "a diagnosis without a hint": (
        diagnosis(SENTENCE),
        'checks.py:14: a Diagnosis has no hint; write Diagnosis("what is wrong", hint="how to',
    ),
    "a hint without a name": (
        diagnosis(f'{SENTENCE}, "By what?"'),
        "checks.py:14: a Diagnosis has no hint; write",
    ),
    "a diagnosis with an empty hint": (
        diagnosis(f'{SENTENCE}, hint=" "'),
        "checks.py:14: a Diagnosis has an empty hint; say how to find the cure",
    ),
    "a diagnosis that is its own hint": (
        diagnosis(f"{SENTENCE}, hint={SENTENCE}"),
        "checks.py:14: a Diagnosis has its own sentence for a hint; say how",
    ),
    "a diagnosis with a hint of a check": (
        diagnosis(f'{SENTENCE}, hint="Add them up."'),
        "checks.py:14: a Diagnosis has a hint that shares_sum_to_1 gives anyway; say how",
    ),
    # the markers
    "hint missing": (
        replaced(CHECKS, '@pytest.mark.hint("Add them up.")\n', ""),
        "checks.py:21: shares_sum_to_1 has no hint; give 1 to 3 by @pytest.mark.hint",
    ),
    "concept missing": (
        replaced(CHECKS, '@pytest.mark.concept("comparison")\n', ""),
        "checks.py:30: at_least_positions has no concept; name what it is about by",
    ),
    "points zero": (marked("@pytest.mark.points(0)"), "18: shares_sum_to_1 has points(0); write"),
    "points negative": (marked("@pytest.mark.points(-1)"), "18: shares_sum_to_1 has points(-1)"),
    "points of a third": (marked("@pytest.mark.points(0.3)"), "18: shares_sum_to_1 has points("),
    "points as text": (
        marked('@pytest.mark.points("two")'),
        "18: shares_sum_to_1 has points('two'); write points(2) or points(0.5).",
    ),
    "points without a number": (
        marked("@pytest.mark.points()"),
        "18: shares_sum_to_1 has points(); write points(2) or points(0.5).",
    ),
    "points without a call": (marked("@pytest.mark.points"), "18: shares_sum_to_1 has points();"),
    "two points": (marked("@pytest.mark.points(1, 2)"), "18: shares_sum_to_1 has points(1, 2)"),
    "points True": (marked("@pytest.mark.points(True)"), "18: shares_sum_to_1 has points(True)"),
    "points twice": (
        marked(f"{POINTS}\n{POINTS}"),
        "19: shares_sum_to_1 has points twice; leave one of them.",
    ),
    "timeout of nothing": (
        marked("@pytest.mark.timeout(0)"),
        "18: shares_sum_to_1 has timeout(0); give seconds: timeout(30).",
    ),
    "timeout by a keyword": (
        marked("@pytest.mark.timeout(seconds=30)"),
        "18: shares_sum_to_1 has timeout with the keyword seconds=; write the values alone, as in "
        "timeout(30).",
    ),
    "hint by a keyword": (
        replaced(CHECKS, 'hint("Add them up.")', 'hint(text="Add them up.")'),
        '21: shares_sum_to_1 has hint with the keyword text=; write the values alone, as in hint("',
    ),
    "hint that is a number": (
        replaced(CHECKS, 'hint("Add them up.")', "hint(3)"),
        "21: shares_sum_to_1 has a hint that is no text;",
    ),
    "four hints": (
        replaced(CHECKS, '"Add them up."', '"a", "b", "c", "d"'),
        "shares_sum_to_1 has 4 hints; give 1 to 3",
    ),
    "two concepts": (
        replaced(CHECKS, 'concept("comparison")', 'concept("comparison", "axes")'),
        "at_least_positions has concept('comparison', 'axes'); name one concept:",
    ),
    "tensorflow with an argument": (
        marked("@pytest.mark.tensorflow(True)"),
        "18: shares_sum_to_1 has tensorflow(True); write tensorflow alone.",
    ),
    "non-literal marker": (
        marked("@pytest.mark.points(len('a'))"),
        "18: shares_sum_to_1 has a pytest.mark.points that is computed; write a literal.",
    ),
    "marker misspelt": (
        marked("@pytest.mark.point(1)"),
        "18: shares_sum_to_1 has pytest.mark.point, which no check can use; write points.",
    ),
    "marker by another name": (
        together(ALIASED, marked("@mark.points(0)")),
        "19: shares_sum_to_1 has points(0);",
    ),
    "marker by the name of a module": (
        together(replaced(CHECKS, "import pytest", "import pytest as p"),
                 replaced(CHECKS, "@pytest.", "@p."),
                 replaced(CHECKS, "@p.mark.points(1)", "@p.mark.points(0)")),
        "18: shares_sum_to_1 has points(0);",
    ),
    "marker by a variable": (
        together(replaced(CHECKS, "import pytest\n", "import pytest\ntwo = pytest.mark.points\n"),
                 marked("@two")),
        "19: shares_sum_to_1 has two on it, which can't be read; write each marker as pytest.mark.",
    ),
    "pytestmark": (
        added(CHECKS, "\npytestmark = pytest.mark.timeout(seconds=30)\n"),
        "40: pytestmark has timeout with the keyword seconds=; write the values alone",
    ),
    "pytestmark, listed": (
        added(CHECKS, "\npytestmark = [pytest.mark.points(2), pytest.mark.slow]\n"),
        "40: pytestmark has pytest.mark.slow, which no check can use; leave it out.",
    ),
    "xfail": (
        marked("@pytest.mark.xfail"),
        "18: shares_sum_to_1 has pytest.mark.xfail, which no check can use; leave it out.",
    ),
    "skip": (marked("@pytest.mark.skip"), "18: shares_sum_to_1 has pytest.mark.skip, which no"),
    "usefixtures": (
        marked('@pytest.mark.usefixtures("bench")'),
        "18: shares_sum_to_1 has pytest.mark.usefixtures, which no check can use;",
    ),
    "xfail of one parameter": (
        marked('@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.xfail)])'),
        "18: shares_sum_to_1 marks one of its parameters; write a check of its own for it.",
    ),
    "needs unknown": (
        replaced(CHECKS, 'needs("shares_values")', 'needs("shares_value")'),
        "needs 'shares_value', which is no earlier check; name checks that stand above it.",
    ),
    "needs later": (
        replaced(CHECKS, 'needs("shares_values")', 'needs("at_least_positions")'),
        "needs 'at_least_positions', which is no earlier check;",
    ),
    # the checks
    "check docstring missing": (
        replaced(CHECKS, '    """The shares add up to 1"""\n', ""),
        "checks.py:22: shares_sum_to_1 has no title; say in its docstring what holds when it",
    ),
    "class of tests": (
        added(CHECKS, "\n\nclass TestMore:\n    def test_more(self, learner):\n        pass\n"),
        "checks.py:42: test_more is never run; make it a plain function at the top level.",
    ),
    "async test": (
        added(CHECKS, A_TEST.replace("def ", "async def ")),
        "checks.py:41: test_more is never run; make it a plain function at the top level.",
    ),
    "two checks of one name": (
        replaced(CHECKS, "def test_at_least_positions(", "def test_shares_values("),
        "checks.py:31: test_shares_values replaces the one of line 11, which is never run; give",
    ),
    "check syntax error": (
        replaced(CHECKS, "    total = ", "    total = ("),
        "is no valid Python: '(' was never closed; fix the syntax.",
    ),
    "empty checks.py": (
        together(deleted(CHECKS), added(CHECKS, "")),
        "checks.py: there is no check in it; write functions named test_….",
    ),
    "function renamed in solution": (
        replaced(SOLUTION, "def at_least(", "def at_most("),
        "checks.py:38: learner.at_least is called, and the solution has no at_least; write",
    ),
    "function renamed in checks": (
        replaced(CHECKS, "learner.shares(rng", "learner.share(rng"),
        "checks.py:24: learner.share is called, and the solution has no share; write learner.",
    ),
    "pytest.raises": (
        added(CHECKS, A_TEST + "    with pytest.raises(ValueError):\n        learner.shares([])\n"),
        "checks.py:43: pytest.raises does not see what the learner's code raises; use expect."
        'raises("ValueError", function, ...).',
    ),
    # solution and stub
    "missing END marker": (
        replaced(SOLUTION, "np.sum(values)\n    ### END SOLUTION", "np.sum(values)"),
        "BEGIN SOLUTION has no partner; close each ### BEGIN SOLUTION by one ### END SOLUTION.",
    ),
    "no markers at all": (
        together(replaced(SOLUTION, "    ### BEGIN SOLUTION\n", ""),
                 replaced(SOLUTION, "    ### END SOLUTION\n", "")),
        "solution.py: nothing of it is left to the learner; put what the learner is to write",
    ),
    "marker typo": (
        together(replaced(SOLUTION, "### BEGIN", "## BEGIN"),
                 replaced(SOLUTION, "### END", "## END")),
        "solution.py: nothing of it is left to the learner; put what the learner is to write",
    ),
    "stub not regenerated": (
        replaced(STUB, "limit or more", "limit or less"),
        "ex1_shares.py:15: it is not the solution without its regions; run `python -m "
        "grader.authoring.stubs",
    ),
    "no stub": (deleted(STUB), "exercises/ex1_shares.py: it is missing; run `python -m grader."),
    "no solution.py": (deleted(SOLUTION), "solution.py: it is missing; write it."),
    "function docstring missing": (
        replaced(SOLUTION, '    """Each value divided by the sum of all: (n,) -> (n,)."""\n', ""),
        "shares has no docstring; tell the learner what it takes and what it returns.",
    ),
    "a function without a remark": (
        replaced(SOLUTION, "    # enumerate counts, so that no index is kept by hand.\n", ""),
        "solution.py:17: no comment says what is good about at_least; put a comment below its "
        "### BEGIN SOLUTION: `grade solution` shows it.",
    ),
    "a region at class level": (
        added(SOLUTION, "\n\nclass Halving:\n    '''Halves.'''\n\n    ### BEGIN SOLUTION\n"
                        "    def at(self, n):\n        return n / 2\n\n    ### END SOLUTION\n"),
        "solution.py:32: this region is outside of any function, so the stub can't be loaded;",
    ),
    "a region at the left margin": (
        added(SOLUTION, "\n### BEGIN SOLUTION\nRATE = 0.5\n### END SOLUTION\n"),
        "solution.py:28: this region is outside of any function, so the stub can't be loaded;",
    ),
    # misconceptions
    "misconception unknown check": (
        replaced(STRICT, "fails: at_least_positions", "fails: at_least"),
        "strictly_above.py:3: it names a check that does not exist, 'at_least'; name a function of",
    ),
    "misconception without says": (
        replaced(STRICT, "says: EQUAL to the limit\n", ""),
        "strictly_above.py:1: its docstring has no line 'says:'; write 'says: <text>' with",
    ),
    "misconception without docstring": (
        replaced(STRICT, "At least means above.\n\n", ""),
        "strictly_above.py:1: the belief is missing; name it in the docstring's first line.",
    ),
    "misconception syntax error": (
        replaced(STRICT, "import numpy", "import import numpy"),
        "strictly_above.py:7: it is no valid Python: invalid syntax; fix the syntax.",
    ),
    # submissions
    "stray in submissions": (
        added("solutions/{}/submissions/right/one.py", ""),
        "right: it does not belong here; delete it, or make it submissions/accepted/ or",
    ),
    "submission in another language": (
        added("solutions/{}/submissions/wrong/one.R", ""),
        "one.R: it does not belong here; delete it, or make it a Python file, one for each subm",
    ),
    "accepted syntax error": (
        added(ACCEPTED, "def\n"),
        "accepted/one.py:1: it is no valid Python: invalid syntax; fix the syntax.",
    ),
    "wrong syntax error": (added(WRONG, "def\n"), "wrong/one.py:1: it is no valid Python"),
    "wrong without a belief": (
        added(WRONG, '"""fails: shares_values"""\n'),
        "wrong/one.py:1: the belief is missing; name it in the docstring's first line.",
    ),
    "wrong without fails": (
        added(WRONG, '"""A belief."""\n'),
        "wrong/one.py:1: its docstring has no line 'fails:'; write one,",
    ),
    "wrong unknown check": (
        added(WRONG, '"""A belief.\n\nfails: at_last\n"""\n'),
        "wrong/one.py:3: it names a check that does not exist, 'at_last'; name a function",
    ),
    "overlay of something else": (
        added(WRONG, '"""A belief.\n\nfails: shares_values\nrest: stub\n"""\n'),
        "wrong/one.py:4: only the solution can be its rest; write 'rest: solution', or all of",
    ),
    "misconception as an overlay": (
        replaced(STRICT, "says: EQUAL", "rest: solution\nsays: EQUAL"),
        "strictly_above.py:4: a misconception is a whole file; write all of it, as learners see",
    ),
    # helpers, and what belongs nowhere
    "helper that nothing imports": (
        added("solutions/{}/helpers.py", ""),
        "helpers.py: it does not belong here; delete it, or make it solution.py, checks.py, "
        "equivalents.toml, misconceptions/, submissions/, data, or a module that the checks ",
    ),
    "helper with the name of a library": (
        together(added("solutions/{}/random.py", ""), added(CHECKS, "\nimport random\n")),
        "random.py: it hides the installed module random; give it another name.",
    ),
    "helper with a mistake": (
        together(added("solutions/{}/helpers.py", "def\n"), added(CHECKS, "\nimport helpers\n")),
        "helpers.py:1: it is no valid Python: invalid syntax; fix the syntax.",
    ),
    "conftest in exercise folder": (
        added("solutions/{}/conftest.py", ""),
        "solutions/ex1_shares/conftest.py: it does not belong here; delete it, or make it",
    ),
    "exercise without quiz": (
        deleted(QUIZ), "quizzes/ex1_shares.toml: it is missing; write a quiz for this exercise."
    ),
}  # fmt: skip
SOUND: dict[str, Break] = {
    "points missing": replaced(CHECKS, f"{POINTS}\n", ""),
    "half points": marked("@pytest.mark.points(0.5)"),
    "import mark alias": together(ALIASED, marked("@mark.points(5)")),
    "pytestmark module": added(CHECKS, "\npytestmark = pytest.mark.timeout(30)\n"),
    "parametrize": marked('@pytest.mark.parametrize("n", [1, 2])'),
    "data file beside checks": added("solutions/{}/rates.csv", "1,2\n"),
    "submissions": together(added(ACCEPTED, "x = 1\n"), added(WRONG, OVERLAY)),
    "conftest shared": added("solutions/conftest.py", "import pytest\n"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the small course, to be broken."""
    return copied(SMALL, tmp_path / "course")


@pytest.mark.parametrize(("breaks", "says"), READ.values(), ids=READ)
def test_reading_finds_it(root: Path, breaks: Break, says: str) -> None:
    breaks(root, STEM)
    told = [shown(flaw, root) for flaw in files.flaws(Exercise(root, STEM))]
    assert any(says in each for each in told), told


@pytest.mark.parametrize("breaks", SOUND.values(), ids=SOUND)
def test_what_may_be_so_is_no_flaw(root: Path, breaks: Break) -> None:
    breaks(root, STEM)
    told = [shown(flaw, root) for flaw in files.flaws(Exercise(root, STEM))]
    assert told == []


@pytest.mark.parametrize("breaks", [breaks for breaks, _ in READ.values()], ids=READ)
def test_grading_says_so_too_or_goes_on(root: Path, breaks: Break) -> None:
    """What can't be graded is a sentence about the course, never an error of ours."""
    breaks(root, STEM)
    exercise = Exercise(root, STEM)
    said = ""
    try:
        _ = exercise.checks, exercise.functions, exercise.title
        _ = exercise.misconceptions, exercise.wrong
    except CourseError as error:
        said = str(error)
    assert said == "" or str(root) in said


def test_markers_are_read_as_they_are_meant(root: Path) -> None:
    """By whatever name pytest is known; a check's own marker wins over pytestmark."""
    together(ALIASED, marked("@mark.points(0.5)\n@mark.timeout(3)"))(root, STEM)
    added(CHECKS, "\npytestmark = [pytest.mark.timeout(30), mark.points(4)]\n")(root, STEM)
    checks = Exercise(root, STEM).checks
    assert [(check.points, check.timeout) for check in checks] == [(2, 30), (0.5, 3), (2, 30)]


def test_a_number_taken_twice_is_found_from_either(root: Path) -> None:
    shutil.copytree(root / f"solutions/{STEM}", root / "solutions/ex1_zero")
    course = Course(root)
    twice = [
        "solutions/ex1_zero: ex1_shares has the number 1 too; give one of them another number."
    ]
    for exercise in files.exercises(course):
        found = files.shared_numbers(course, [exercise])
        assert [shown(flaw, root) for flaw in found] == twice


# what only grading shows: one course, an exercise for each

BODY = "    total = sum(learner.shares(rng.uniform(1, 9, 3)))\n"  # line 24
NOT_FOUND = "it does not pass shares_sum_to_1: “The check itself raised FileNotFoundError"
PARAMETERS = '@pytest.mark.parametrize("limit", [0.5, 2.0])'
GRADED: dict[str, tuple[Break, str, str]] = {
    "check has a bug": (
        replaced(CHECKS, BODY, f"    print('so far')\n{BODY.replace('rng', 'undefined')}"),
        "solution.py: it does not pass shares_sum_to_1: “The check itself raised NameError",
        "/checks.py:25, in test_shares_sum_to_1\n"
        "    total = sum(learner.shares(undefined.uniform(1, 9, 3)))\n"
        "NameError: name 'undefined' is not defined\nprinted: so far",
    ),
    "a bug for one parameter": (
        together(
            replaced(CHECKS, "def test_at_least_positions(learner, rng)",
                     "def test_at_least_positions(learner, rng, limit)"),
            replaced(CHECKS, '@pytest.mark.concept("comparison")',
                     f'@pytest.mark.concept("comparison")\n{PARAMETERS}'),
            replaced(CHECKS, "    for limit in (0.5, 2.0):", "    if 1 / (limit - 2):"),
        ),
        "it does not pass at_least_positions: “The check itself raised ZeroDivisionError",
        "parameters: 2.0\nsolutions/",
    ),
    "data file by relative name": (
        replaced(CHECKS, BODY, f"    open('rates.csv')\n{BODY}"),
        NOT_FOUND,
        "FileNotFoundError: [Errno 2] No such file or directory: 'rates.csv'",
    ),
    "pytest.skip in a check": (
        replaced(CHECKS, BODY, f"    pytest.skip('later')\n{BODY}"),
        "it does not pass shares_sum_to_1: “The check itself raised Skipped",
        "/checks.py:24, in test_shares_sum_to_1\n    pytest.skip('later')",
    ),
    "module fixture with learner": (
        together(
            added(CHECKS, "\n\n@pytest.fixture(scope='module')\ndef made(learner):\n    pass\n"),
            replaced(CHECKS, "test_shares_sum_to_1(learner", "test_shares_sum_to_1(made, learner"),
        ),
        "it does not pass shares_sum_to_1: “",
        "ScopeMismatch",
    ),
    "an error of the solution": (
        replaced(SOLUTION, "value >= limit", "value >= limits"),
        "it does not pass at_least_positions: “Your code raised NameError",
        "/checks.py:38, in test_at_least_positions\n",
    ),
    "check always passes": (
        replaced(CHECKS, "learner.at_least(values, limit), right", "right, right"),
        "strictly_above.py:3: it does not fail at_least_positions (seed ",
        "",
    ),
    "misconception passes": (
        replaced(STRICT, "value > limit", "value >= limit"),
        "strictly_above.py:3: it does not fail at_least_positions (seed ",
        "",
    ),
    "misconception fails elsewhere": (
        replaced(STRICT, "values / np.sum(values)", "values / len(values)"),
        "strictly_above.py:3: it fails shares_values before at_least_positions: “You divided by",
        "",
    ),
    "says mismatch": (
        together(
            replaced(STRICT, "At least means above.", "At least is not equal to the limit."),
            replaced(STRICT, "EQUAL to the limit", "equal to the limit"),
        ),
        "strictly_above.py:4: the message of at_least_positions does not have 'equal to the limit'",
        "",
    ),
    "exercise without misconceptions": (
        together(deleted(STRICT), deleted(COUNTS)),
        "checks.py:31: at_least_positions is failed by no misconception; add one",
        "",
    ),
    "an accepted file that fails": (
        added(ACCEPTED, f"import numpy as np\n{OVERLAY}\n\ndef at_least(values, limit):\n    0\n"),
        "submissions/accepted/one.py: it does not pass shares_values: “",
        "",
    ),
    "a wrong file that passes": (
        added(WRONG, OVERLAY.replace("np.sort(values)", "values")),
        "submissions/wrong/one.py:3: it does not fail shares_values (seed ",
        "",
    ),
    "a wrong file that can't be loaded": (
        added(WRONG, OVERLAY.replace("rest: solution\n", "")),
        "submissions/wrong/one.py: it can't be loaded: “at_least is missing.",
        "",
    ),
    "a wrong file about which another word is said": (
        added(WRONG, OVERLAY.replace("rest:", "says: You sorted\nrest:")),
        "wrong/one.py:4: the message of shares_values does not have 'You sorted' in it: “",
        "",
    ),
    "an import that is not there": (
        replaced(CHECKS, "import pytest\n", "import nonsense_module\nimport pytest\n"),
        "can't be run: ModuleNotFoundError: No module named 'nonsense_module'; fix it",
        "",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Flaw]]:
    """The flaws of all exercises of one course."""
    root = tmp_path_factory.mktemp("broken")
    for number, (breaks, _, _) in enumerate(GRADED.values(), 1):
        stem = f"ex{number}_shares"
        for file in (STUB, QUIZ):
            (root / file.format(stem)).parent.mkdir(exist_ok=True)
            shutil.copy(SMALL / file.format(STEM), root / file.format(stem))
        shutil.copytree(SMALL / "solutions" / STEM, root / "solutions" / stem)
        breaks(root, stem)
    return root, list(verify(Course(root)))


@pytest.mark.thorough
@pytest.mark.parametrize("name", GRADED)
def test_grading_finds_it(proved: tuple[Path, list[Flaw]], name: str) -> None:
    root, found = proved
    number = list(GRADED).index(name) + 1
    _, says, trouble = GRADED[name]
    flaws = [flaw for flaw in found if f"ex{number}_shares" in str(flaw.path)]
    told = [(shown(flaw, root), flaw.trouble) for flaw in flaws]
    assert any(says in first and trouble in then for first, then in told), told


@pytest.mark.thorough
def test_a_traceback_is_for_who_asks_for_it(root: Path) -> None:
    """GRADE_TRACEBACK shows it beside the report, which learners read and never has it."""
    GRADED["check has a bug"][0](root, STEM)
    file = root / SOLUTION.format(STEM)
    words = ("ex1", "--course", root, "--json", "--file", file)
    done = run(root, *words, GRADE_TRACEBACK="1")
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert "NameError" in checks["shares_sum_to_1"]["message"]
    assert "undefined" not in done.stdout and "so far" not in done.stdout
    assert "in test_shares_sum_to_1\n    total = sum(learner.shares(undefined" in done.stderr
    assert "NameError: name 'undefined' is not defined\nprinted: so far" in done.stderr


def test_it_is_said_for_which_parameters_a_check_failed(root: Path) -> None:
    """To the author by pytest's name of the case, to the learner among what was given."""
    together(
        marked('@pytest.mark.parametrize("most", [9, 0.5])'),
        replaced(
            CHECKS, "test_shares_sum_to_1(learner, rng)", "test_shares_sum_to_1(learner, rng, most)"
        ),
        replaced(CHECKS, "abs(total - 1) < 1e-9", "total < most"),
    )(root, STEM)
    report = grader.grade("ex1", root / SOLUTION.format(STEM), course=root)
    check = report.checks[1]
    assert check.verdict is Verdict.FAILED
    assert check.details["given"]["most"]["text"] == "0.5"
    assert check.trouble.startswith("parameters: 0.5\nsolutions/ex1_shares/checks.py:25, in ")


PARTS = """    got = learner.at_least([0.25, 0.5, 1.0], 0.5)
    with part(1, "values above"):
        expect.that(2 in got, "1.0 is above.")
    with part(0.5, "an equal value"):
        expect.that(1 in got, "0.5 is equal.", got=got)
    with part(2, "no value below"):
        expect.that(0 not in got, "0.25 is below.")
"""
WHOLE = """    values = rng.permutation([0.25, 0.5, 0.5, 0.75, 1.0])
    for limit in (0.5, 2.0):
        right = [n for n, value in enumerate(values) if value >= limit]
        strict = [n for n, value in enumerate(values) if value > limit]
        otherwise = {"A value EQUAL to the limit counts as well: >=, not >.": strict}
        expect.equal(learner.at_least(values, limit), right, otherwise=otherwise)
"""
IN_PARTS = together(
    replaced(CHECKS, "from grader.checks import expect", "from grader.checks import expect, part"),
    replaced(CHECKS, WHOLE, PARTS),
    replaced(CHECKS, '@pytest.mark.points(2)\n@pytest.mark.concept("comparison")',
             '@pytest.mark.visible\n@pytest.mark.concept("comparison")'),
    marked("@pytest.mark.bonus\n@pytest.mark.points(0.5)"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("part(0.5, ", "part(0.3, ", "at_least_positions has part(0.3, 'an equal value'); write"),
        ('part(0.5, "an', 'part(0.5, title="an', "has part with the keyword title=; write"),
        ("part(2, ", "part(len('ab'), ", "at_least_positions has a part that is computed; write"),
        ("no value below", "values above", "at_least_positions has the part 'values above' twice;"),
        ("@pytest.mark.visible", "@pytest.mark.points(3)",
         "at_least_positions has parts that add up to 3.5 points; leave points out:"),
        ("@pytest.mark.visible", '@pytest.mark.parametrize("n", [1])',
         "at_least_positions has parts and parameters; loop over the values in a part."),
        ("def test_shares_values", "def helper():\n    with part(1, 'a'):\n        pass\n\n\n"
         "def test_shares_values", "a part outside of a check earns nothing; write it"),
        ('points(2)', 'points(2)\n@pytest.mark.bonus',
         "shares_sum_to_1 needs 'shares_values', which is a bonus; a pass must not need a bonus"),
        ('points(2)', 'points(2)\n@pytest.mark.craft',
         "shares_sum_to_1 needs 'shares_values', which is craft; the lesson must not need craft"),
        ('points(2)', 'points(2)\n@pytest.mark.later("not a name")',
         "shares_values has later('not a name'); name a function: later("),
    ],
)  # fmt: skip
def test_parts_and_bonus_that_can_not_be(root: Path, old: str, new: str, says: str) -> None:
    IN_PARTS(root, STEM)
    if "bonus" in new:
        replaced(CHECKS, "@pytest.mark.bonus\n", "")(root, STEM)
    replaced(CHECKS, old, new)(root, STEM)
    told = [shown(flaw, root) for flaw in files.flaws(Exercise(root, STEM))]
    assert any(says in each for each in told), told


def test_parts_bonus_and_a_visible_check(root: Path) -> None:
    """A wrong file gets the points of the parts that hold; a failed bonus spoils no pass."""
    IN_PARTS(root, STEM)
    replaced(CHECKS, "abs(total - 1) < 1e-9", "total > 2")(root, STEM)
    course = Course(root)
    assert [(c.points, c.bonus) for c in course.exercises[0].checks] == [
        (2, False), (0.5, True), (3.5, False)
    ]  # fmt: skip
    with grader.Server(root) as server:
        right = grader.grade("ex1", root / SOLUTION.format(STEM), server=server)
        wrong = grader.grade("ex1", root / STRICT.format(STEM), server=server)
        todo = grader.grade("ex1", root / STUB.format(STEM), server=server)
    assert (right.score, right.max_score, right.bonus, right.passed) == (5.5, 5.5, 0, True)
    assert [check.verdict for check in right.checks] == ["passed", "failed", "passed"]
    assert (wrong.score, wrong.max_score, wrong.passed) == (5, 5.5, False)
    last = wrong.checks[2]
    assert (last.verdict, last.points, last.message) == ("failed", 3, "0.5 is equal.")
    assert [(p["title"], p["points"], p["reached"]) for p in last.details["parts"]] == [
        ("values above", 1, True), ("an equal value", 0, True), ("no value below", 2, True)
    ]  # fmt: skip
    assert last.details["source"].startswith("def test_at_least_positions(learner, rng):\n")
    assert (todo.checks[2].verdict, todo.checks[2].points, todo.score) == ("todo", 0, 0)
    screen = Console(width=90, record=True, file=io.StringIO())
    screen.print(row(last), finding(last), score(wrong), score(right))
    shown = screen.export_text()
    assert "3/3.5" in shown
    assert "✓ values above" in shown and "✗ an equal value" in shown and "0/0.5" in shown
    assert '│     with part(0.5, "an equal value"):' in shown
    assert "5 of 5.5 points · 1 of 2 checks" in shown
    assert "All 2 checks passed · 5.5 of 5.5 points" in shown


def test_helpers_beside_the_checks(root: Path) -> None:
    """One exercise's and the course's; they count as checks: hidden, and part of the edition."""
    written = added("solutions/helpers.py", "import figures\n\nLEAST = figures.LEAST\n")
    together(
        written,
        added("solutions/figures.py", "LEAST = 0.5\n"),
        added("solutions/{}/own_helpers.py", "from helpers import LEAST\n"),
        replaced(CHECKS, "import pytest\n", "import pytest\nfrom own_helpers import LEAST\n"),
        replaced(CHECKS, "(0.5, 2.0)", "(LEAST, 2.0)"),
    )(root, STEM)
    course = Course(root)
    assert list(files.strays(course)) + list(files.flaws(course.exercises[0])) == []
    report = grader.grade("ex1", root / SOLUTION.format(STEM), course=root)
    assert report.passed
    added("solutions/figures.py", "MORE = 1\n")(root, STEM)
    assert Course(root).exercises[0].hash != report.course_hash


TEXT = """import math, os.path
import numpy as np
from numpy import argsort as order, linalg
from statistics import *

def f(x, sorted):
    sorted(x)
    g = np.argmax
    x.argmax()
    mean(x)
    max(x)
    return np.linalg.norm(x)
"""


def test_what_a_text_uses() -> None:
    """By the names that the libraries have, whatever the file calls them."""
    source = Source(TEXT)
    assert source.imports == {
        "math": [1], "os": [1], "os.path": [1], "numpy": [2, 3], "statistics": [4]
    }  # fmt: skip
    lines = {name: source.uses.get(name) for name in (
        "numpy.argmax", ".argmax", "numpy.argsort", "numpy.linalg.norm", "numpy.linalg",
        "statistics.mean", "max", "sorted", "argmax",
    )}  # fmt: skip
    assert lines == {
        "numpy.argmax": [8], ".argmax": [9], "numpy.argsort": [3], "numpy.linalg.norm": [12],
        "numpy.linalg": [3, 12], "statistics.mean": [10], "max": [11], "sorted": None,
        "argmax": None,
    }  # fmt: skip


RULE = together(
    replaced(CHECKS, "sum_to_1(learner, rng)", "sum_to_1(learner, rng, source)"),
    replaced(
        CHECKS,
        "    total = ",
        '    expect.not_used(source, "numpy.cumsum", "numpy.sum")\n'
        '    expect.not_imported(source, "pandas")\n    total = ',
    ),
)


def test_a_rule_about_the_source_names_the_line(root: Path) -> None:
    RULE(root, STEM)
    report = grader.grade("ex1", root / SOLUTION.format(STEM), course=root)
    check = report.checks[1]
    said = "Line 13 uses numpy.sum. Write this without it."
    text = "    return values / np.sum(values)"
    assert (check.verdict, check.message) == ("failed", said)
    assert check.details["lines"] == [{"number": 13, "text": text, "current": True}]
