"""What ``grade words`` understands of what is typed."""

from pathlib import Path

import pytest

from grader.cli.commands.words import meant
from support import called, complaint

GLOSSARY = {
    "class": "one of the kinds",
    "one-hot": "a label as a row of zeros",
    "standard error": "how far a mean is off",
    "training set, test set": "two sets",
    "unit": "one output, also called a neuron",
    "weight": "a number",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("unit", ["unit"]), ("Weights", ["weight"]), ("classes", ["class"]),
        ("one hot", ["one-hot"]), ("ONE-HOT", ["one-hot"]),
        ("test set", ["training set, test set"]),
        ("error", ["standard error"]), ("neurons", ["unit"]), ("zero", ["one-hot"]),
        ("mea", []), ("", []), ("(", []),
    ],
)  # fmt: skip
def test_a_word_is_found(typed: str, found: list[str]) -> None:
    assert meant(typed, GLOSSARY) == found


def test_words_of_the_course(tmp_path: Path) -> None:
    assert called(tmp_path, "words", "standard", "error").stdout.count("\n") == 1
    for word in ("neurons", "scores", "val_loss", "gradients", "nan", "baseline", "confidence"):
        assert called(tmp_path, "words", word).returncode == 0, word
    assert complaint(called(tmp_path, "words", "lozz")).endswith("Did you mean loss or logs?")


def test_a_lab_is_named_as_an_exercise_is(tmp_path: Path) -> None:
    for words in (["3"], ["ex", "3"], ["EX3"], ["ex3_flatten"]):
        done = called(tmp_path, "lab", *words, "without_flatten", "--recorded", typed="\n")
        assert "ex3 · Leave Flatten out" in done.stdout, done.stderr
