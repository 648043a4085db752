"""``grade verify``: whatever is broken in a small sound course, a line names it."""

import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pexpect
import pytest

from grader.authoring.lint import strays
from grader.authoring.mutants import mutants
from grader.authoring.repeat import upper_bound
from grader.authoring.verify import verify
from grader.course import Course
from grader.engine.server import Server
from support import (
    GRADE,
    SMALL,
    Break,
    added,
    called,
    copied,
    deleted,
    replaced,
    shown,
    spawn,
    written,
)

pytestmark = pytest.mark.thorough

STUB = "exercises/ex1_shares.py"
QUIZ = "quizzes/ex1_shares.toml"
FOLDER = "solutions/ex1_shares"
SOLUTION, CHECKS = f"{FOLDER}/solution.py", f"{FOLDER}/checks.py"
STRICT = f"{FOLDER}/misconceptions/strictly_above.py"
COUNTS = f"{FOLDER}/misconceptions/divides_by_count.py"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the small course, to be broken."""
    return copied(SMALL, tmp_path / "course")


def test_a_sound_course_has_no_flaw(root: Path) -> None:
    for file in ("solutions/conftest.py", "solutions/shared.npz", f"{FOLDER}/own.npz"):
        written(file)(root)
    for file in ("exercises/.grade", f"{FOLDER}/__pycache__/checks.pyc", "quizzes/.DS_Store"):
        written(file)(root)
    shutil.copytree(root / FOLDER / "misconceptions", root / FOLDER / "submissions/wrong")
    written(f"{FOLDER}/submissions/wrong/overlay.py", OVERLAY)(root)
    written(f"{FOLDER}/submissions/accepted/same.py", (root / SOLUTION).read_text("utf-8"))(root)
    assert [shown(flaw, root) for flaw in verify(Course.open(root))] == []


BRIEF = "Shares of a whole\n\nWrite two functions; then run:  grade ex1\n"
OVERLAY = '''"""Nothing is at least the limit.

fails: at_least_positions
rest: solution
"""


def at_least(values, limit):
    return []
'''
OWN_NAME = '"""A belief.\n\nfails: shares_values\nsays: a\n"""\n'
FILES = {
    "hint": (
        replaced(CHECKS, '@pytest.mark.hint("Add them up.")\n', ""),
        CHECKS,
        "def test_shares_sum_to_1",
        "shares_sum_to_1 has no hint; give 1 to 3 by @pytest.mark.hint, the mildest first.",
    ),
    "four hints": (
        replaced(CHECKS, '"Add them up."', '"a", "b", "c", "d"'),
        CHECKS,
        '@pytest.mark.hint("a"',
        "shares_sum_to_1 has 4 hints; give 1 to 3 by",
    ),
    "duplicate name": (
        replaced(CHECKS, "def test_at_least_positions(", "def test_shares_values("),
        CHECKS,
        "def test_shares_values(learner, rng):\n    \"\"\"The positions",
        "test_shares_values replaces the one of line 11, which is never run; give one of them "
        "another name.",
    ),
    "zero points": (
        replaced(CHECKS, "points(1)", "points(0)"),
        CHECKS,
        "@pytest.mark.points(0)",
        "shares_sum_to_1 has points(0); write points(2) or points(0.5).",
    ),
    "title": (
        replaced(CHECKS, '    """The shares add up to 1"""\n', ""),
        CHECKS,
        "def test_shares_sum_to_1",
        "shares_sum_to_1 has no title; say in its docstring what holds when it passes.",
    ),
    "concept": (
        replaced(CHECKS, '@pytest.mark.concept("comparison")\n', ""),
        CHECKS,
        "def test_at_least_positions",
        "at_least_positions has no concept; name what it is about by @pytest.mark.concept.",
    ),
    "unknown need": (
        replaced(CHECKS, 'needs("shares_values")', 'needs("shares")'),
        CHECKS,
        '@pytest.mark.needs("shares")',
        "shares_sum_to_1 needs 'shares', which is no earlier check; name checks that stand above",
    ),
    "computed mark": (
        replaced(CHECKS, "points(1)", "points(2 - 1 * len('a'))"),
        CHECKS,
        "points(2 - 1",
        "shares_sum_to_1 has a pytest.mark.points that is computed; write a literal.",
    ),
    "check that is not run": (
        replaced(CHECKS, "def test_at_least", "async def test_at_least"),
        CHECKS,
        "async def",
        "test_at_least_positions is never run; make it a plain function at the top level.",
    ),
    "syntax of checks": (
        replaced(CHECKS, "    total = ", "    total == = "),
        CHECKS,
        "total == =",
        "it is no valid Python: invalid syntax; fix the syntax.",
    ),
    "no check": (
        written(CHECKS, '"""None."""\n'),
        CHECKS,
        None,
        "there is no check in it; write functions named test_…",
    ),
    "docstring of a function": (
        replaced(SOLUTION, '    """Each value divided by the sum of all: (n,) -> (n,)."""\n', ""),
        SOLUTION,
        "def shares",
        "shares has no docstring; tell the learner what it takes and what it returns.",
    ),
    "brief": (
        replaced(SOLUTION, BRIEF, ""),
        SOLUTION,
        "",
        "the brief is missing; begin the file with a docstring: a title, an empty line, what is",
    ),
    "syntax of the solution": (
        replaced(SOLUTION, "return found", "return found)"),
        SOLUTION,
        "return found)",
        "it is no valid Python: unmatched ')'; fix the syntax.",
    ),
    "region": (
        replaced(SOLUTION, "np.sum(values)\n    ### END SOLUTION", "np.sum(values)"),
        SOLUTION,
        "### BEGIN SOLUTION\n    # enumerate",
        "### BEGIN SOLUTION has no partner; close each ### BEGIN SOLUTION by one",
    ),
    "missing solution": (deleted(SOLUTION), SOLUTION, None, "it is missing; write it."),
    "edited stub": (
        replaced(STUB, "limit or more", "limit or less"),
        STUB,
        "limit or less",
        "it is not the solution without its regions; run `python -m grader.authoring.",
    ),
    "missing stub": (deleted(STUB), STUB, None, "it is missing; run `python -m"),
    "not UTF-8": (
        lambda root: (root / STUB).write_bytes(b"\xff"),
        STUB,
        None,
        "it is not UTF-8 text; save it as UTF-8.",
    ),
    "stray exercise": (
        written("exercises/notes.txt"),
        "exercises/notes.txt",
        None,
        "it does not belong here; delete it, or make it exercises/ex<number>_<name>.py.",
    ),
    "stub without a solution": (
        written("exercises/ex2_more.py"),
        "exercises/ex2_more.py",
        None,
        "there is no solutions/ex2_more/ for it; write its solution and checks, or delete it.",
    ),
    "stray solution": (
        written("solutions/old/solution.py"),
        "solutions/old",
        None,
        "it does not belong here; delete it, or make it solutions/ex<number>_<name>/.",
    ),
    "stray file of an exercise": (
        written(f"{FOLDER}/checks_old.py"),
        f"{FOLDER}/checks_old.py",
        None,
        "it does not belong here; delete it, or make it solution.py, checks.py,",
    ),
    "stray misconception": (
        written(f"{FOLDER}/misconceptions/idea.md"),
        f"{FOLDER}/misconceptions/idea.md",
        None,
        "it does not belong here; delete it, or make it a Python file,",
    ),
    "stray quiz": (
        written("quizzes/ex2_more.toml"),
        "quizzes/ex2_more.toml",
        None,
        "there is no solutions/ex2_more/ for it;",
    ),
    "the same number twice": (
        written("solutions/ex1_zero/solution.py"),
        "solutions/ex1_zero",
        None,
        "ex1_shares has the number 1 too; give one of them another number.",
    ),
    "unknown check": (
        replaced(STRICT, "fails: at_least_positions", "fails: at_least"),
        STRICT,
        "fails: at_least",
        "it names a check that does not exist, 'at_least'; name a function of checks.py without",
    ),
    "no fails": (
        replaced(STRICT, "fails: at_least_positions\n", ""),
        STRICT,
        "",
        "its docstring has no line 'fails:'; write one,",
    ),
    "no says": (
        replaced(STRICT, "says: EQUAL to the limit\n", ""),
        STRICT,
        "",
        "its docstring has no line 'says:'; write 'says: <text>'",
    ),
    "no belief": (
        replaced(STRICT, "At least means above.\n\n", ""),
        STRICT,
        "",
        "the belief is missing; name it in the docstring's first line.",
    ),
    "name of a misconception": (
        written(f"{FOLDER}/misconceptions/two words.py", OWN_NAME),
        f"{FOLDER}/misconceptions/two words.py",
        None,
        "its name is not one word; name it after the belief,",
    ),
    "syntax of a misconception": (
        replaced(STRICT, "import numpy", "import import numpy"),
        STRICT,
        "import import",
        "it is no valid Python: invalid syntax; fix the syntax.",
    ),
    "missing quiz": (deleted(QUIZ), QUIZ, None, "it is missing; write a quiz for this exercise."),
    "syntax of the equivalents": (
        written(f"{FOLDER}/equivalents.toml", "[[equivalent]]\nfunction = shares\n"),
        f"{FOLDER}/equivalents.toml",
        "function = shares",
        "it is no valid TOML: Invalid value; fix the syntax.",
    ),
    "equivalent without a reason": (
        written(f"{FOLDER}/equivalents.toml", "\n[[equivalent]]\nfunction = 'shares'\n"),
        f"{FOLDER}/equivalents.toml",
        "[[equivalent]]",
        "entry 1 does not have just the texts function, mutant, reason; write these three,",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("breaks", "file", "place", "says"), FILES.values(), ids=FILES)
def test_a_broken_file_is_named(
    root: Path, breaks: Break, file: str, place: str | None, says: str
) -> None:
    """It is the first to be named, before anything is graded."""
    breaks(root)
    told = shown(next(verify(Course(root))), root)
    if place is None:
        where = file
    else:
        text = (root / file).read_text("utf-8")
        where = f"{file}:{text[: text.index(place)].count(chr(10)) + 1}"
    assert told.startswith(f"{where}: {says}")


VACUOUS = '''

@pytest.mark.points(1)
@pytest.mark.concept("shares")
@pytest.mark.hint("None.")
def test_vacuous():
    """Something else holds"""
'''
LENIENT = '''

@pytest.mark.points(1)
@pytest.mark.concept("shares")
@pytest.mark.hint("None.")
def test_lenient(learner, rng):
    """The values are not changed"""
    expect.that(learner.shares(rng.uniform(1, 9, 5)) is None, "Return None.")
'''


GRADED = {
    "wrong solution": (
        replaced(SOLUTION, "value >= limit", "value > limit"),
        rf"{SOLUTION}: it does not pass at_least_positions: “A value EQUAL to the limit .*” "
        r"\(seed [0-9a-f]{16}\); fix it, or the check\.",
    ),
    "misconception that passes": (
        replaced(STRICT, "value > limit", "value >= limit"),
        rf"{STRICT}:3: it does not fail at_least_positions \(seed [0-9a-f]{{16}}\); sharpen the",
    ),
    "misconception that fails before": (
        replaced(STRICT, "values / np.sum(values)", "values / len(values)"),
        rf"{STRICT}:3: it fails shares_values before at_least_positions: “You divided by",
    ),
    "misconception that raises": (
        replaced(STRICT, "value > limit", "value > limits"),
        rf"{STRICT}:3: it ends at_least_positions with error: “.*NameError.*”; let the check say",
    ),
    "other words": (
        lambda root: [
            replaced(STRICT, "At least means above.", "At least is not equal to the limit.")(root),
            replaced(STRICT, "EQUAL to the limit", "equal to the limit")(root),
        ][0],
        rf"{STRICT}:4: the message of at_least_positions does not have 'equal to the limit' in "
        r"it: “A value EQUAL to",
    ),
    "check that no misconception fails": (
        deleted(STRICT),
        rf"{CHECKS}:31: at_least_positions is failed by no misconception; add one that it must",
    ),
    "check that passes for the stub": (
        added(CHECKS, VACUOUS),
        rf"{CHECKS}:44: vacuous passes for the untouched stub; let the check call a function",
    ),
    "check that passes for nothing": (
        added(CHECKS, LENIENT),
        rf"{CHECKS}:44: lenient passes for a file whose functions return None; first see the",
    ),
    "check that passes for what was passed": (
        added(CHECKS, LENIENT.replace("is None", "is not None")),
        rf"{CHECKS}:44: lenient passes for a file whose functions return their first argument; ",
    ),
    "file that can't be loaded": (
        added(SOLUTION, "\n\nassert shares(np.ones(2)) is not None\n"),
        rf"{SOLUTION}: a file whose functions return None can't be loaded: “.*AssertionError",
    ),
    "unknown mark": (
        replaced(CHECKS, "pytest.mark.points(1)", "pytest.mark.point(1)"),
        rf"{CHECKS}:18: shares_sum_to_1 has pytest.mark.point, which no check can use; write",
    ),
    "answer key of a quiz": (
        replaced(QUIZ, '"[1, 2]"', '"[2, 2]"'),
        rf"{QUIZ}:15: question 'equal-values': the code prints '\[1, 2\]', not '\[2, 2\]'",
    ),
    "syntax of a quiz": (
        replaced(QUIZ, "answer = 1\n", "answer =\n"),
        rf"{QUIZ}:6: ",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("breaks", "says"), GRADED.values(), ids=GRADED)
def test_what_grading_shows_is_named(root: Path, breaks: Break, says: str) -> None:
    breaks(root)
    told = [shown(flaw, root) for flaw in verify(Course.open(root))]
    assert any(re.match(says, each) for each in told), told
    assert len(set(told)) == len(told)


def test_a_broken_exercise_hides_no_other(root: Path) -> None:
    for folder in ("solutions/ex2_more",):
        shutil.copytree(root / FOLDER, root / folder)
    written("solutions/ex2_more/checks.py", "def test(:\n")(root)
    replaced(STRICT, "EQUAL", "equal")(root)
    told = [shown(flaw, root) for flaw in verify(Course.open(root))]
    assert any(each.startswith("solutions/ex2_more/checks.py:1: it is no valid") for each in told)
    assert any(each.startswith(f"{STRICT}:4: the message of") for each in told)


def test_the_command_line(root: Path) -> None:
    sound = called(root, "verify", "--course", ".")
    assert (sound.returncode, sound.stderr) == (0, "")
    assert sound.stdout == "1 exercise · 3 checks · 2 misconceptions · sound\n"
    written("exercises/notes.txt")(root)
    replaced(STRICT, "EQUAL to", "equal to")(root)
    broken = called(root, "verify", "--course", ".")
    assert broken.returncode == 1
    first, second, *where, last = broken.stdout.splitlines()
    assert first.startswith("exercises/notes.txt: it does not belong here; delete it,")
    assert second.startswith(f"{STRICT}:4: the message of at_least_positions does not have")
    assert where[0].startswith("    solutions/ex1_shares/checks.py:")
    assert last == "1 exercise · 3 checks · 2 misconceptions · 2 flaws"
    unknown = called(root, "verify", "ex5", "--course", ".")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert unknown.stderr == "There is no exercise 'ex5'. Did you mean ex1? This course has: ex1.\n"
    mutants = called(root, "verify", "--quick", "--mutants")
    assert (mutants.returncode, mutants.stderr) == (
        2,
        "--mutants needs every check: give it without --quick.\n",
    )


def test_submissions_are_counted(root: Path) -> None:
    written(f"{FOLDER}/submissions/wrong/overlay.py", OVERLAY)(root)
    sound = called(root, "verify", "--quick", "--course", ".")
    assert sound.stdout == "1 exercise · 3 checks · 2 misconceptions · 1 submission · sound\n"


def test_quick_grades_wrong_files_by_the_check_that_they_name(root: Path) -> None:
    # it fails a check before the one that it names, and the other one is not failed by its own
    replaced(STRICT, "values / np.sum(values)", "values / len(values)")(root)
    replaced(COUNTS, "values / len(values)", "values / np.sum(values)")(root)
    quick = called(root, "verify", "--quick", "--course", ".")
    (said, last) = quick.stdout.splitlines()
    assert said.startswith(f"{COUNTS}:3: it does not fail shares_values (seed ")
    assert last == "1 exercise · 3 checks · 2 misconceptions · 1 flaw"


def test_only_the_exercises_asked_for(root: Path) -> None:
    """Then strays of the course are nobody's business."""
    written("exercises/notes.txt")(root)
    course = Course.open(root)
    assert [shown(flaw, root) for flaw in verify(course, course.exercises)] == []
    assert len(list(strays(course))) == 1


def test_a_bar_in_a_terminal(root: Path) -> None:
    child = spawn(root, GRADE, "verify", "--course", ".")
    child.expect(r"Grading.*━.*[1-8]/8")
    child.expect("1 exercise · 3 checks · 2 misconceptions · sound")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


# false alarms


@pytest.mark.parametrize(
    ("failures", "runs", "bound"),
    [(0, 3000, 1 - 0.05 ** (1 / 3000)), (0, 10, 0.2589), (1, 10, 0.3942), (2, 10, 0.5069),
     (5, 100, 0.1023), (10, 10, 1.0), (0, 1, 0.95)],
)  # fmt: skip
def test_the_bound_is_that_of_clopper_and_pearson(failures: int, runs: int, bound: float) -> None:
    assert upper_bound(failures, runs) == pytest.approx(bound, abs=5e-5)


def test_false_alarms_are_counted(root: Path) -> None:
    fragile = 'expect.that(rng.random() < 0.7, "By\\nbad luck.")\n    values = rng.uniform(1, 9, 5)'
    replaced(CHECKS, "values = rng.uniform(1, 9, 5)", fragile)(root)
    done = called(root, "verify", "ex1", "--repeat", "40", "--course", ".")
    assert (done.returncode, done.stderr) == (1, "")
    rows = re.findall(
        r"^  (\w+) +40 runs  (\d+) failures?  fails in less than ([\d.]+)%", done.stdout, re.M
    )
    assert [row[0] for row in rows] == ["shares_values", "shares_sum_to_1", "at_least_positions"]
    assert 2 <= int(rows[0][1]) <= 25
    assert float(rows[0][2]) == pytest.approx(100 * upper_bound(int(rows[0][1]), 40), abs=1e-3)
    assert rows[1][1:] == rows[2][1:] == ("0", "7.216")
    assert done.stdout.splitlines()[-1] == f"3 checks · 120 runs · {rows[0][1]} false alarms"
    seed = re.search(rf"--file {SOLUTION} --seed ([0-9a-f]+): By bad luck\.", done.stdout)
    assert seed is not None
    again = called(root, "ex1", "--file", SOLUTION, "--seed", seed[1], "--course", ".")
    assert "✗ Each share is the value divided by the sum" in again.stdout


def test_checks_that_train_are_repeated_or_left_out(root: Path) -> None:
    replaced(CHECKS, "@pytest.mark.points(1)", "@pytest.mark.points(1)\n@pytest.mark.tensorflow")(
        root
    )
    quick = called(root, "verify", "--repeat", "2", "--quick", "--course", ".")
    assert (quick.returncode, quick.stderr) == (0, "")
    assert "shares_sum_to_1" not in quick.stdout
    assert quick.stdout.splitlines()[-1] == "2 checks · 4 runs · 0 false alarms"
    whole = called(root, "verify", "--repeat", "2", "--course", ".")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert re.search(
        r"^  shares_sum_to_1 +2 runs  0 failures  fails in less than 77\.639%", whole.stdout, re.M
    )


# mutants


def changes(body: str) -> list[str]:
    """What becomes of a line that the learner writes."""
    source = (
        f'def f(a, b):\n    """1"""\n    ### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION\n'
    )
    return [added for mutant in mutants(source) for added in mutant.change if added[0] == "+"]


@pytest.mark.parametrize(
    ("body", "others"),
    [
        ("return a[1:]", ["None", "a[:]", "a[2:]", "a[0:]"]),
        ("return a < b", ["None", "a <= b", "a > b"]),
        ("return a == b", ["None", "a != b"]),
        ("return a and b", ["None", "a or b"]),
        ("return -a", ["None", "+a"]),
        ("return not a", ["None", "a"]),
        ("return [a, b]", ["None", "[b]", "[a, ]"]),
        ("return a.max(axis=0)", ["None", "a.max(axis=None)", "a.max(axis=1)", "a.max(axis=-1)",
                                  "a.min(axis=0)"]),
        ("return f(a, b)", ["None", "f(None, b)", "f(a, None)", "f(b)", "f(a, )", "f(b, a)"]),
        ("return a.fit(verbose=0)", ["None"]),
        ("return {'x': a}", ["None", "{}", "{'XXxXX': a}", "{'X': a}"]),
        ("return True", ["None", "False"]),
    ],
)  # fmt: skip
def test_operators(body: str, others: list[str]) -> None:
    assert sorted(changes(body)) == sorted(f"+ return {other}" for other in others)


@pytest.mark.parametrize(
    ("body", "others"),
    [
        ("a.b = 2", ["a.b = None", "a.b = 3", "a.b = 1", "pass"]),
        ("a += b", ["a = b", "a -= b", "pass"]),
        ("print(a)", ["print(None)", "pass"]),
        ("raise a", ["pass"]),
        ("a = b", ["a = None"]),
        ("if a: b()", ["if not (a): b()", "if a: pass"]),
    ],
)
def test_operators_of_statements(body: str, others: list[str]) -> None:
    assert sorted(changes(body)) == sorted(f"+ {other}" for other in others)


def test_mutants_change_only_what_the_learner_writes() -> None:
    source = (SMALL / SOLUTION).read_text("utf-8")
    made = mutants(source)
    assert made == mutants(source)
    assert {(m.function, m.line) for m in made} == {
        ("shares", 13), ("at_least", 21), ("at_least", 22), ("at_least", 23), ("at_least", 24),
        ("at_least", 25),
    }  # fmt: skip
    assert len({m.source for m in made}) == len(made)
    body = "        ### BEGIN SOLUTION\n        g()\n        ### END SOLUTION\n"
    assert [m.function for m in mutants(f"class A:\n    def f(self):\n{body}")] == ["A.f"]


WEAK = replaced(CHECKS, "[0.25, 0.5, 0.5, 0.75, 1.0]", "[0.25, 0.6, 0.6, 0.75, 1.0]")
ENTRY = """
[[equivalent]]
function = "{function}"
mutant = '''
- {old}
+ {new}
'''
reason = "For a test."
"""


def test_survivors_are_shown_and_can_be_listed(root: Path) -> None:
    WEAK(root)
    done = called(root, "verify", "--mutants", "--course", ".")
    assert (done.returncode, done.stderr) == (1, "")
    assert "ex1 · 92.3% · 12 of 13 mutants caught\n" in done.stdout
    assert f"{SOLUTION}:23: no check notices this change in at_least" in done.stdout
    assert "\n-        if value >= limit:\n+        if value > limit:\n" in done.stdout

    entry = ENTRY.format(function="at_least", old="if value >= limit:", new="if value > limit:")
    written(f"{FOLDER}/equivalents.toml", entry)(root)
    listed = called(root, "verify", "--mutants", "--course", ".")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout == "ex1 · 100.0% · 12 of 12 mutants caught · 1 more listed as equivalent\n"


def test_the_list_of_equivalents_is_verified(root: Path) -> None:
    caught = ENTRY.format(function="at_least", old="return found", new="return None")
    unknown = ENTRY.format(function="shares", old="return found", new="return None")
    written(f"{FOLDER}/equivalents.toml", caught + unknown)(root)
    done = called(root, "verify", "--mutants", "--course", ".")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        f"{FOLDER}/equivalents.toml:2: this mutant is no equivalent: at_least_positions notices "
        "it; delete it.",
        f"{FOLDER}/equivalents.toml:10: no mutant is changed so; correct it or delete it.",
        "ex1 · 100.0% · 13 of 13 mutants caught",
    ]


LOOP = """    found = []
    rounds = 0
    while rounds < 1:
        rounds += 1
"""


def test_mutants_that_do_not_end_are_caught(root: Path) -> None:
    """Three of the loop's: - for +, 0 for 1, and without the line that ends it."""
    replaced(SOLUTION, "    found = []\n", LOOP)(root)
    done = called(root, "verify", "--mutants", "--course", ".")
    assert done.stderr == ""
    assert re.match(r"ex1 · .* mutants caught, 3 by their time\n", done.stdout)


def test_without_mutmut_a_sentence_says_what_to_install(root: Path) -> None:
    code = "import sys; sys.modules['mutmut'] = None; from grader.cli import main; main()"
    command = [sys.executable, "-c", code, "verify", "--mutants", "--course", "."]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Mutants need mutmut: run `pip install 'eight-questions[authoring]'`.\n"


def test_what_reset_and_replay_left_is_no_stray(root: Path) -> None:
    for name in ("ex1_shares.2026-01-31_09-30.py", "replay_ex1.py", "replay_ex1_2.npz"):
        written(f"exercises/{name}")(root)
    course = Course.open(root)
    assert list(strays(course)) == []
    for name in ("ex2_gone.2026-01-31_09-30.py", "replay_ex2.py", "replay_ex1_2.txt"):
        written(f"exercises/{name}")(root)
    assert len(list(strays(course))) == 3


def test_a_proof_without_all_protection_is_a_flaw(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = partial(Server, without=frozenset({"landlock"}))
    monkeypatch.setattr("grader.authoring.verify.Server", weak)
    found = {flaw.what for flaw in verify(Course.open(root), quick=True)}
    assert "it was graded without landlock" in found
