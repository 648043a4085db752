"""What a submission has replaced: a name, a method, a base, code, what a function wraps."""

import sys
import types
from collections.abc import Callable
from typing import Any

import pytest

from grader.sandbox import genuine

LIBRARY = """
import functools
import helper

def scaled(x):
    return helper.double(x) + 1

def traced(function):
    @functools.wraps(function)
    def inner(*args):
        return function(*args)
    return inner

class Base:
    size = 1

class Model(Base):
    @traced
    def fit(self, x):
        return scaled(x)

    @property
    def loss(self):
        return 0.5
"""


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    for name, empty in (
        ("_classes", {}), ("_functions", {}), ("_made_of", []), ("_cells", []), ("_places", {}),
    ):  # fmt: skip
        monkeypatch.setattr(genuine, name, empty)
    made = types.ModuleType("keras.made_up")
    helper = types.ModuleType("keras.helper")
    exec("def double(x):\n    return 2 * x\n", helper.__dict__)
    monkeypatch.setitem(sys.modules, "helper", helper)
    exec(LIBRARY, made.__dict__)
    genuine.remember([made.Model])
    assert genuine.replaced() is None
    return made


def other(*args: Any) -> int:
    return 0


def a_method(library: Any) -> None:
    library.Model.fit = other


def a_new_method(library: Any) -> None:
    library.Model.__getattribute__ = lambda self, name: object.__getattribute__(self, name)


def a_property(library: Any) -> None:
    library.Model.loss = property(other)


def a_base(library: Any) -> None:
    library.Base = type("Base", (), {"__module__": "keras.made_up"})
    library.Model.__bases__ = (library.Base,)


def a_name_that_a_method_uses(library: Any) -> None:
    library.scaled = other


def a_name_that_this_function_uses(library: Any) -> None:
    library.helper.double = other


def a_module(library: Any) -> None:
    library.helper = types.SimpleNamespace(double=other)


def the_code(library: Any) -> None:
    library.scaled.__code__ = other.__code__


def the_defaults(library: Any) -> None:
    library.helper.double.__defaults__ = (3,)


def what_is_wrapped(library: Any) -> None:
    cells = library.Model.fit.__closure__
    cells[0].cell_contents = other


def nothing_any_more(library: Any) -> None:
    del library.Model.fit.__closure__[0].cell_contents


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (a_method, "Model"),
        (a_new_method, "Model"),
        (a_property, "Model"),
        (a_base, "Model"),
        (a_name_that_a_method_uses, "keras.made_up.scaled"),
        (a_name_that_this_function_uses, "keras.helper.double"),
        (a_module, "keras.made_up.helper"),
        (the_code, "scaled"),
        (the_defaults, "double"),
        (what_is_wrapped, "a function that another one wraps"),
        (nothing_any_more, "a function that another one wraps"),
    ],
)
def test_what_is_replaced_is_named(
    library: types.ModuleType, change: Callable[[Any], None], named: str
) -> None:
    change(library)
    assert genuine.replaced() == named


def test_what_only_holds_values_may_change(library: types.ModuleType) -> None:
    library.Base.size = 2  # type: ignore[attr-defined]
    library.Base.more = 3  # type: ignore[attr-defined]
    library.another = other  # type: ignore[attr-defined]
    assert genuine.replaced() is None
