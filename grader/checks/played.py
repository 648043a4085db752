"""Calls of a Keras model that a check plays or watches: every argument, by its parameter's name."""

import inspect
from typing import Any

import numpy as np

from grader.checks.expect import fail
from grader.checks.remote import Raised

_DEFAULTS: dict[str, Any] = {
    "x": None,
    "y": None,
    "batch_size": None,
    "epochs": 1,
    "verbose": "auto",
    "callbacks": None,
    "validation_split": 0.0,
    "validation_data": None,
    "shuffle": True,
    "class_weight": None,
    "sample_weight": None,
    "initial_epoch": 0,
    "steps_per_epoch": None,
    "validation_steps": None,
    "validation_batch_size": None,
    "validation_freq": 1,
}
# the parameters of ``keras.Model.fit``, in its order
FIT = inspect.Signature(
    [
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default)
        for name, default in _DEFAULTS.items()
    ]
)
_SAME = {"batch_size": 32, "validation_split": None}  # as if it were not given


def bound(*args: Any, **kwargs: Any) -> dict[str, Any]:
    """The arguments of a ``fit`` by name, with the defaults of those that were not given.

    Raises:
        Raised: Keras would not take them, and tells the learner's code so.
    """
    try:
        call = FIT.bind(*args, **kwargs)
    except TypeError as error:
        raise Raised("TypeError", f"fit() {error}") from None
    call.apply_defaults()
    return dict(call.arguments)


def plain_but_for(call: dict[str, Any], *free: str) -> None:
    """State that a ``fit`` got nothing but its defaults, apart from x, y, epochs and some others.

    What it prints is free.
    """
    for name, value in call.items():
        if name in ("x", "y", "epochs", "verbose", *free):
            continue
        plain = value is None or isinstance(value, int | float | np.number | np.bool_)
        usual = _DEFAULTS[name], _SAME.get(name, _DEFAULTS[name])
        if not (plain and value in usual):
            fail(f"You gave fit {name} as well, which changes the training.", got=value)
