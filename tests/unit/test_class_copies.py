"""Which files are the same but for blanks, comments and names."""

import pytest

from grader.classroom.copies import groups
from grader.course import Course

STUB = '''"""Brief."""
import numpy as np


def labels(p):
    """What it does."""
    raise NotImplementedError


def softmax(x):
    raise NotImplementedError
'''
MINE = '''"""Brief."""
import numpy as np


def labels(p):
    """What it does."""
    return p.argmax(axis=1)


def softmax(x):
    shifted = x - x.max()
    powers = np.exp(shifted)
    return powers / powers.sum()
'''


def same(one: str, other: str) -> bool:
    return bool(groups({"one": one, "other": other}, STUB, least=0))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("shifted", "z"),
        ("(p)", "(probabilities)"),
        ("    return powers", "\n    # by Anna\n    return powers"),
        ("x - x.max()", "(x-x.max( ))"),
        ('"""What it does."""', '"""By me, of course."""'),
        ("import numpy as np", "import numpy\nimport numpy as np"),
        ("(p):", "(p: np.ndarray) -> np.ndarray:"),
    ],
)
def test_blanks_comments_and_names_do_not_count(old: str, new: str) -> None:
    changed = MINE.replace(old, new)
    if old == "(p)":
        changed = changed.replace("p.argmax", "probabilities.argmax")
    assert changed != MINE
    assert same(MINE, changed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("axis=1", "axis=0"),
        ("argmax", "argmin"),
        ("x.max()", "max(x)"),
        ("powers / powers.sum()", "shifted / powers.sum()"),
        ("np.exp", "np.expm1"),
        ("x - x.max()", "x.max() - x"),
    ],
)
def test_all_else_counts(old: str, new: str) -> None:
    assert MINE.replace(old, new) != MINE
    assert not same(MINE, MINE.replace(old, new))


def test_attributes_of_ones_own_are_names_too() -> None:
    one = "class A:\n    def f(self, a):\n        self.level = a\n        return self.level\n"
    assert same(one, one.replace("level", "threshold"))
    assert not same(one, one.replace("return self.level", "return self.f"))


@pytest.mark.parametrize("source", [STUB, STUB.replace("p)", "q)"), "", "x = = 1", "(" * 5000])
def test_what_says_no_more_than_the_stub_is_like_nothing(source: str) -> None:
    assert not same(source, source)


def test_groups() -> None:
    renamed = MINE.replace("shifted", "z")
    begun = STUB.replace("    raise NotImplementedError\n\n", "    return p.argmax(1)\n\n", 1)
    files = {"anna": MINE, "ben": renamed, "cem": MINE, "dora": STUB, "eva": STUB, "finn": begun}
    (group,) = groups(files, STUB)
    assert (group.files, group.letter) == (("anna", "ben", "cem"), False)
    assert group.size > 20
    (group,) = groups({"anna": MINE, "cem": MINE, "finn": begun}, STUB)
    assert (group.files, group.letter) == (("anna", "cem"), True)


def test_the_larger_one_comes_first() -> None:
    begun = STUB.replace("    raise NotImplementedError\n\n", "    return p.argmax(1)\n\n", 1)
    files = {"a": begun, "b": begun, "c": MINE, "d": MINE}
    assert [each.files for each in groups(files, STUB, least=0)] == [("c", "d"), ("a", "b")]
    assert [each.files for each in groups(files, STUB)] == [("c", "d")], "one line proves nothing"


def test_no_two_files_of_the_course_are_the_same_by_mistake() -> None:
    """Of hundreds of wrong files each is wrong in another way."""
    for exercise in Course.open().exercises:
        stub = exercise.made_stub()
        files = {each.path.name: each.path.read_text("utf-8") for each in exercise.misconceptions}
        assert [group.files for group in groups(files, stub)] == [], exercise.stem
