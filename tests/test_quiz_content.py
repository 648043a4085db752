"""What the built-in quizzes ask: enough, true, and not to be guessed from how it is written."""

import ast
import json
import math
import os
import re
import runpy
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import grader
from grader.course import Course
from grader.datasets import fashion_mnist
from grader.quiz import own
from grader.quiz.questions import Choice, Choices, Chosen, Number, Own, Question, Trace
from grader.quiz.reader import Quiz, load
from grader.quiz.typed import same_text
from support import ROOT

QUIZZES = {path.stem.partition("_")[0]: load(path) for path in (ROOT / "quizzes").glob("*.toml")}
EXERCISES = [f"ex{number}" for number in range(1, 9)]
QUESTIONS = [(name, question) for name in EXERCISES for question in QUIZZES[name].questions]
ALL = Quiz(ROOT / "quizzes", tuple(question for _, question in QUESTIONS))


def of_kind(*kinds: type) -> list:
    """Questions of these kinds, as parameters."""
    return [
        pytest.param(name, question, id=f"{name}-{question.id}")
        for name, question in QUESTIONS
        if isinstance(question, kinds)
    ]


def choices(quiz: Quiz) -> list[Choice]:
    """Questions with one right option whose text is known beforehand."""
    return [question for question in quiz.questions if isinstance(question, Choice)]


def position(question: Chosen) -> int:
    """Where the right option stands in the file, counted from 1."""
    return next(n for n, option in enumerate(question.options, 1) if option.correct)


def lengths(question: Choice) -> tuple[int, list[int]]:
    """How long the right option is, and how long the others are."""
    right = [len(option.text) for option in question.options if option.correct]
    return right[0], [len(option.text) for option in question.options if not option.correct]


def find(name: str, id: str) -> Any:
    question = QUIZZES[name].question(id)
    assert question is not None
    return question


def reference(name: str) -> SimpleNamespace:
    """The functions of a reference solution that needs NumPy only."""
    solution = Course.open(ROOT).exercise(name).solution
    return SimpleNamespace(**runpy.run_path(str(solution)))


# enough


def test_every_exercise_has_a_quiz():
    assert sorted(QUIZZES) == EXERCISES
    assert len(ALL.questions) >= 46
    assert all(8 <= len(quiz.questions) <= 12 for quiz in QUIZZES.values())


def test_kinds():
    for name, quiz in QUIZZES.items():
        kinds = Counter(type(question) for question in quiz.questions)
        assert kinds[Choice] >= 4, name
        assert kinds[Trace] >= 1, name
        assert (kinds[Own] >= 1) == (name in ("ex2", "ex5", "ex8")), name
    kinds = Counter(type(question) for question in ALL.questions)
    assert kinds[Number] >= 5
    assert kinds[Choices] >= 5
    assert sum(question.image is not None for question in ALL.questions) >= 3


def test_the_texts_own_questions():
    three = [
        find("ex1", "meaning-of-ten-numbers"),
        find("ex1", "reading-the-list"),
        find("ex2", "from-128-to-1024"),
    ]
    assert [position(question) for question in three] == [3, 2, 1]
    assert not any(question.shuffle for question in three)  # in the article's order
    assert all(len(question.options) == 3 for question in three)
    assert all(
        question.shuffle
        for question in ALL.questions
        if isinstance(question, Chosen) and question not in three
    )
    for question in three:
        assert question.note.startswith("The article asks this")


@pytest.mark.parametrize("exercise", Course.open(ROOT).exercises, ids=lambda each: each.id)
def test_concepts_are_those_of_checks(exercise):
    known = {check.concept for check in exercise.checks}
    for question in QUIZZES[exercise.id].questions:
        assert known.issuperset(question.concepts), question.id


def test_concepts_vary():
    for name, quiz in QUIZZES.items():
        counts = Counter(tag for question in quiz.questions for tag in question.concepts)
        assert len(counts) >= 3, (name, counts)


@pytest.mark.parametrize(("name", "question"), of_kind(Choice, Choices, Own))
def test_every_option_teaches(name, question):
    whys = [option.why for option in question.options]
    assert len(set(whys)) == len(whys)
    assert all(why.endswith((".", '."')) and 15 <= len(why) <= 240 for why in whys), whys


@pytest.mark.parametrize(("name", "question"), of_kind(Number, Trace))
def test_typical_wrong_answers_are_explained(name, question):
    assert question.wrong
    values = [str(wrong.value) for wrong in question.wrong]
    assert len(set(values)) == len(values)


# not to be guessed


def share(some: Iterable[bool]) -> float:
    some = list(some)
    return sum(some) / len(some)


@pytest.mark.parametrize("quiz", [ALL, *QUIZZES.values()], ids=lambda quiz: quiz.path.stem)
def test_length_tells_nothing(quiz):
    pairs = [lengths(question) for question in choices(quiz)]
    assert share(right >= max(others) for right, others in pairs) <= 0.4
    assert share(right < min(others) for right, others in pairs) <= 0.5


def test_length_tells_nothing_overall():
    pairs = [lengths(question) for question in choices(ALL)]
    # nor is the longest one a sure sign of a wrong answer
    assert 0.15 <= share(right > max(others) for right, others in pairs) <= 0.35
    assert 0.15 <= share(right < min(others) for right, others in pairs) <= 0.35


@pytest.mark.parametrize("quiz", QUIZZES.values(), ids=lambda quiz: quiz.path.stem)
def test_position_tells_nothing(quiz):
    places = [position(question) for question in choices(quiz)]
    assert set(places) >= {1, 2, 3, 4}
    assert max(Counter(places).values()) <= 2


def test_position_tells_nothing_overall():
    places = Counter(position(question) for question in choices(ALL))
    assert max(places.values()) - min(places.values()) <= 3


@pytest.mark.parametrize("question", ALL.questions, ids=lambda question: question.id)
def test_options_stand_in_any_order(question):
    told = [
        question.prompt,
        getattr(question, "why", ""),
        *(option.text + option.why for option in getattr(question, "options", ())),
    ]
    order = r"(first|second|third|fourth|last|previous|next|other) (answer|option)s?\b|of the above"
    assert not [text for text in told if re.search(order, text, re.IGNORECASE)]


# true


@pytest.mark.parametrize(("name", "question"), of_kind(Trace))
def test_trace_prints_its_key(name, question, tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", question.code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert same_text(done.stdout, question.answer)
    assert "\n" not in question.answer and len(question.answer) <= 20  # it has to be typed
    assert "keras" not in question.code and "tensorflow" not in question.code


@pytest.mark.parametrize(
    ("name", "id", "values"),
    [
        ("ex2", "your-model-1024", ["813056", "802816", "814090", "102666"]),
        ("ex5", "your-mlp-weights", ["8", "6", "4", "10"]),
        ("ex8", "your-epochs-until", ["2", "None", "4", "3"]),
        ("ex8", "your-fresh-callback", ["None", "0", "0.6", "False"]),
    ],
)
def test_own_of_the_reference(course, server: grader.Server, name, id, values):
    question = find(name, id)
    exercise = course.exercise(name)
    found = own.values(exercise.solution, [option.text for option in question.options], server)
    assert found == values
    assert [option.text for option in question.computed(found).options] == values


def stops(val_loss: list[float], patience: int) -> int:
    """After how many epochs so many in a row were no better than the best before them."""
    best, waited = math.inf, 0
    for epoch, value in enumerate(val_loss, 1):
        best, waited = (value, 0) if value < best else (best, waited + 1)
        if waited == patience:
            return epoch
    return len(val_loss)


EARLY = """
import keras

callback = keras.callbacks.EarlyStopping("val_loss", patience=3)
callback.set_model(keras.Sequential())
callback.model.stop_training = False
callback.on_train_begin()
for epoch, value in enumerate([0.6, 0.5, 0.52, 0.51, 0.53, 0.49], 1):
    callback.on_epoch_end(epoch - 1, {"val_loss": value})
    if callback.model.stop_training:
        break
print(epoch, callback.stopped_epoch)
"""


@pytest.mark.thorough
def test_early_stopping_is_what_keras_does():
    quiet = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run([sys.executable, "-c", EARLY], env=quiet, capture_output=True, text=True)
    assert done.stdout.split() == ["5", "4"], done.stderr


def test_numbers_are_computed():
    dense = [(784, 128), (28, 32), (32, 10), (784, 256), (256, 512), (512, 10), (784, 10)]
    parameters = {pair: pair[0] * pair[1] + pair[1] for pair in dense}
    pixels = np.arange(784).reshape(28, 28)
    _, (images, _) = fashion_mnist.load_data()
    trained = round(6000 * 0.8)
    assert {q.id: q.answer for q in ALL.questions if isinstance(q, Number)} == {
        "filter-for-spam": np.mean(np.arange(1000) >= 50),
        "accuracy-of-five": np.mean(np.array([9, 2, 1, 1, 6]) == [9, 2, 1, 4, 6]),
        "parameters-of-dense-128": parameters[784, 128],
        "steps-of-an-epoch": -(-60_000 // 32),
        "position-after-flatten": pixels[2, 3],
        "parameters-on-rows": parameters[28, 32] + parameters[32, 10],
        "labels-0-3-7": max(0, 3, 7) + 1,
        "parameters-of-256-512": (
            parameters[784, 256] + parameters[256, 512] + parameters[512, 10]
        ),
        "no-hidden-layer": parameters[784, 10],
        "best-of-four": reference("ex6").best_epoch([0.5, 0.3, 0.4, 0.3]),
        "steps-with-validation": -(-trained // 32),
        "whole-number-division": np.count_nonzero(images[8] // 255),
        "twice-by-255": pytest.approx(255 / 255 / 255, abs=1e-5),
        "epoch-in-print": len(range(5)),
        "patience-of-three": stops([0.6, 0.5, 0.52, 0.51, 0.53, 0.49], patience=3),
    }


def test_pictures_are_what_is_said_of_them():
    _, (images, labels) = fashion_mnist.load_data()
    kinds = {
        q.id: fashion_mnist.CLASS_NAMES[labels[q.image]] for q in ALL.questions if has_image(q)
    }
    assert kinds == {
        "how-sure-is-sure": "Sneaker",  # though it looks like a boot
        "position-after-flatten": "Dress",
        "clipped-boot": "Ankle boot",
        "whole-number-division": "Sandal",
    }
    assert images[8].max() == 254
    assert fashion_mnist.CLASS_NAMES[np.clip(labels[0], 0, 4)] == "Coat"


def has_image(question: Question) -> bool:
    return question.image is not None


def test_softmax_of_doubled_scores():
    question = find("ex1", "scores-doubled")
    single, double = reference("ex1").softmax(np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]])).round(2)
    assert f"`{single.tolist()}`" in question.prompt
    assert question.options[position(question) - 1].text == f"`{double.tolist()}`"


def test_most_doubtful():
    question = find("ex1", "most-doubtful-of-four")
    table = np.array([json.loads(option.text.strip("`")) for option in question.options])
    assert table.sum(axis=1) == pytest.approx(1)
    assert reference("ex1").most_doubtful(table, 1) + 1 == position(question)


def test_runs_are_judged_by_the_rule():
    question = find("ex5", "verdict-of-a-second-layer")
    one, two = np.array(re.findall(r"0\.\d{3}", question.prompt), float).reshape(2, 3)
    tree = ast.parse(Course.open(ROOT).exercise("ex5").solution.read_text("utf-8"))
    (function,) = (node for node in tree.body if getattr(node, "name", "") == "verdict")
    names: dict[str, Any] = {"np": np}
    exec(ast.unparse(function), names)  # the file itself imports Keras
    right = question.options[position(question) - 1]
    assert names["verdict"](one, two) in (right.text + right.why).replace('`"', "").replace(
        '"`', ""
    )
    difference = np.mean(one) - np.mean(two)
    error = np.sqrt(one.var(ddof=1) / 3 + two.var(ddof=1) / 3)
    assert f"differ by {difference:.3f}, and the standard error is about {error:.2f}" in right.why
    spread = max(two) - min(two)
    assert f"lie {spread:.2f} apart" in question.options[0].why


def test_accuracy_of_nan_is_the_share_of_label_0():
    labels = np.repeat([0, 4, 9], [130, 800, 70])
    answers = np.full((1000, 10), np.nan).argmax(axis=1)
    question = find("ex4", "accuracy-of-nan")
    assert f"exactly {np.mean(answers == labels)}" == question.options[position(question) - 1].text


def test_which_overfit():
    curves = re.compile(r"`loss` ([\d. ]+), `val_loss` ([\d. ]+)")
    for option in find("ex6", "which-overfit").options:
        found = curves.fullmatch(option.text)
        assert found
        loss, val_loss = ([float(word) for word in group.split()] for group in found.groups())
        history = {"loss": loss, "val_loss": val_loss}
        assert reference("ex6").is_overfitting(history, patience=3) == option.correct, option.text
