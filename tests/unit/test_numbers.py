"""Every number that a learner is taught was measured by a lab, or is listed here with its origin.

A text names measured numbers by a key, ``{lab:…}``; what is left are settings (five epochs, 128
units), which are whole numbers, and what ``LISTED`` explains.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from grader.authoring.lint import flaws
from grader.course import Course
from support import ROOT

#: Decimals, percentages, seconds: what a measurement looks like.
NUMBER = re.compile(
    r"(?<![\w.,])(?:\d+(?:\.\d+)? ?%|\d+(?:\.\d+)? s(?:econds?)?\b|\d+\.\d{2,}(?!\w))"
)
KEY = re.compile(r"\{lab:[^{}]*\}|<!-- lab:.+?<!-- -->", re.DOTALL)
EXAMPLE = re.compile(r">>>.*?(?=\n\s*\n|\Z)", re.DOTALL)  # a doctest's input and output

ARTICLE = "what the article prints or says"
MADE_UP = "an example that is made up, and says so or asks for arithmetic"
BAND = "names a group of `grade lab ex1 how_sure`, measures nothing"
LAYOUT = "settings or a part of speech: all, none, one image"
WRONG = "wrong options, which nobody measured"
COMPUTED = "computed in tests/test_quiz_content.py"

LISTED: dict[str, dict[str, str]] = {
    "quizzes/ex1_predictions meaning-of-ten-numbers": {"0.99 0.70 0.90": BAND},
    "quizzes/ex1_predictions reading-the-list": {"0.935": ARTICLE},
    "quizzes/ex1_predictions scores-doubled": {
        "0.09 0.24 0.67 0.02 0.12 0.87 0.167 0.333 0.500": COMPUTED
    },
    "quizzes/ex1_predictions scores-plus-1000": {
        "0.09 0.245 0.665 0.00006": "softmax of 0, 1, 2; float32's step near 1000, 2**-14"
    },
    "quizzes/ex1_predictions how-sure-is-sure": {"0.99 99%": BAND},
    "quizzes/ex1_predictions most-doubtful-of-four": {
        "0.50 0.00 0.40 0.30 0.55 0.25 0.20 0.01 0.99": COMPUTED
    },
    "quizzes/ex1_predictions noise-is-a-bag": {"100%": LAYOUT},
    "quizzes/ex2_neurons two-sets-of-runs": {
        "0.820 0.812 0.834 0.826 0.816 0.832 0.003 0.02": MADE_UP
    },
    "quizzes/ex2_neurons loss-of-one-image": {"0.01": MADE_UP},
    "quizzes/ex4_outputs accuracy-of-nan": {"0.13 0.10 0.07": MADE_UP},
    "quizzes/ex4_outputs unused-outputs": {"0.01": "a bound, 0.0004 was measured"},
    "quizzes/ex4_outputs boots-for-shirts": {"100%": LAYOUT},
    "quizzes/ex5_layers verdict-of-a-second-layer": {"0.007 0.07 0.02": COMPUTED},
    "quizzes/ex5_layers one-run-each": {"0.828 0.841": MADE_UP},
    "quizzes/ex5_layers softmax-inside": {"0.10 0.90": WRONG},
    "quizzes/ex5_layers two-standard-errors": {"0.820 0.832 0.008 0.012 0.016": MADE_UP},
    "quizzes/ex6_epochs loss-worse-accuracy-same": {
        "0.99 0.001": "a probability that is made up; one image of 1,000"
    },
    "quizzes/ex6_epochs best-of-four": {"0.50 0.30 0.40": MADE_UP},
    "quizzes/ex6_epochs sign-of-the-gap": {"0.75 0.25": MADE_UP},
    "quizzes/ex7_normalize first-loss-of-few": {"2.92": ARTICLE},
    "quizzes/ex7_normalize half-the-light": {"0.42 0.20 0.10": WRONG},
    "quizzes/ex7_normalize twice-by-255": {"0.004": "255 / 255 / 255"},
    "quizzes/ex8_callbacks accuracy-at-02": {"60%": ARTICLE, "20% 80% 30% 90%": WRONG},
    "quizzes/ex8_callbacks none-is-no-number": {"0.95": MADE_UP},
    "quizzes/ex8_callbacks ninety-five": {"0.95 95%": ARTICLE},
    "quizzes/ex8_callbacks patience-of-three": {"0.60 0.50 0.52 0.51 0.53 0.49": MADE_UP},
    "labs/ex0_data sixteen": {"100%": LAYOUT},
    "labs/ex0_data whole_set": {"2.92 0.517": ARTICLE},
    "labs/ex1_predictions noise": {"100%": LAYOUT},
    "labs/ex1_predictions how_sure": {"0.99 0.70 0.90": BAND},
    "labs/ex8_callbacks stop_at_95": {"95%": ARTICLE},
    "labs/ex8_callbacks below_04": {"60%": ARTICLE},
    "solutions/ex7_normalize": {"2.92 0.517": ARTICLE},
    "solutions/ex8_callbacks": {"60% 95%": ARTICLE},
    "docs/lessons/ex1.md": {"0.99 0.70 0.90": BAND, "100%": LAYOUT},
    "docs/lessons/ex7.md": {"2.92 0.517": ARTICLE},
    "docs/lessons/ex8.md": {"60% 95%": ARTICLE},
    "docs/article.md": {
        "2.92 0.517 0.8260 0.8266 82.66% 60% 95%": ARTICLE,
        "0.99935 0.00008": "softmax of the article's list, in solutions/ex1_predictions/checks.py",
        "0.99": BAND,
    },
    "docs/students.md": {"3.11": "a version of Python"},
}


def words(value: Any) -> Iterator[str]:
    """All that is shown of a question or an experiment; its code and its key are no claims."""
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from words(each)
        case dict():
            for name, each in value.items():
                if name not in ("id", "code", "answer", "value", "concept", "run", "draw", "rows"):
                    yield from words(each)


def texts() -> Iterator[tuple[str, str]]:
    """What a learner reads, and where it is."""
    for folder, kind, name in (("quizzes", "question", "id"), ("labs", "experiment", "run")):
        for path in sorted(ROOT.glob(f"{folder}/*.toml")):
            for each in tomllib.loads(path.read_text("utf-8"))[kind]:
                yield f"{folder}/{path.stem} {each[name]}", "\n".join(words(each))
    for path in sorted(ROOT.glob("solutions/*/*.py")):
        where, tree = f"solutions/{path.parent.name}", ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("hint"):
                hints = [each.value for each in node.args if isinstance(each, ast.Constant)]
                yield where, "\n".join(map(str, hints))
            elif path.name == "solution.py" and isinstance(
                node, ast.Module | ast.ClassDef | ast.FunctionDef
            ):
                yield where, EXAMPLE.sub("", ast.get_docstring(node) or "")
    docs = [*sorted((ROOT / "docs/lessons").glob("*.md")), ROOT / "docs/article.md"]
    for path in (*docs, ROOT / "docs/students.md", ROOT / "docs/glossary.md"):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def unexplained(where: str, text: str) -> list[str]:
    """The numbers of a text that no key names and no list explains."""
    known = " ".join(LISTED.get(where, {})).split()
    return [each for each in NUMBER.findall(KEY.sub("", text)) if each not in known]


def test_every_taught_number_has_a_key_or_an_origin() -> None:
    found = [f"{where}: {each}" for where, text in texts() for each in unexplained(where, text)]
    assert not found, "name them by {lab:…}, or list their origin in this file"


def test_no_origin_is_listed_for_what_is_gone() -> None:
    found: dict[str, set[str]] = {}
    for where, text in texts():
        found.setdefault(where, set()).update(NUMBER.findall(KEY.sub("", text)))
    listed = {where: set(" ".join(each).split()) for where, each in LISTED.items()}
    assert {where: each - found.get(where, set()) for where, each in listed.items()} == {
        where: set() for where in LISTED
    }


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We measured 0.87 on average.", ["0.87"]),
        ("It took 25.9 s, about 20 seconds more.", ["25.9 s", "20 seconds"]),
        ("In 18% of all runs, 12 % of the others.", ["18%", "12 %"]),
        ("It was {lab:ex2.widths.accuracy@128 mean}.", []),
        ("It was <!-- lab:ex2.widths.accuracy@128 -->0.827 to 0.832<!-- -->.", []),
        ("Five epochs, 128 units, labels 0 to 9, a loss below 0.4.", []),
        ("101,770 parameters, Python 3.11.", ["3.11"]),
    ],
)
def test_what_counts_as_a_measured_number(text: str, left: list[str]) -> None:
    assert unexplained("a page", text) == left


def test_a_brief_with_measured_numbers_is_sound() -> None:
    """Its stub has the numbers, the solution their names; that is no difference between them."""
    named = [e for e in Course.open(ROOT).exercises if "{lab:" in e.solution.read_text("utf-8")]
    assert named
    assert [flaw for exercise in named for flaw in flaws(exercise)] == []
    assert not any("{lab:" in exercise.stub.read_text("utf-8") for exercise in named)
