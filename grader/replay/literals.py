"""Values as Python would write them: arrays, models, arguments."""

from collections.abc import Iterator, Mapping
from pprint import pformat
from typing import Any

import numpy as np

from grader.sandbox import values, wire

SHOWN = 200  # numbers of an array that stand in the script; the others in a file beside it
WIDTH = 90


class Snippet:
    """A piece of code, for ``pformat``."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class Arrays(dict[str, np.ndarray]):
    """The arrays that are too large for the script, by their names in the file beside it."""

    def expression(self, array: np.ndarray, name: str) -> str:
        """An expression for an array."""
        if array.size > SHOWN:
            key = f"{name}_{len(self) + 1}"
            self[key] = array
            return f'data["{key}"]'
        if not array.size:
            return f"np.zeros({array.shape}, dtype=np.{array.dtype.name})"
        numbers = np.array2string(
            array,
            separator=", ",
            threshold=SHOWN + 1,
            max_line_width=WIDTH,
            prefix=f"{name} = np.array(",
            formatter={"float_kind": _float},
        )
        kind = "bool" if array.dtype == bool else f"np.{array.dtype.name}"
        return f"np.array({numbers}, dtype={kind})"


def expression(value: Any) -> str:
    """A value as an expression, over several lines if it is long."""
    return pformat(value, width=WIDTH, compact=True, sort_dicts=False)


def assigned(name: str, value: Any) -> str:
    """A statement that gives a name to a value."""
    return f"{name} = {expression(value)}"


def model(name: str, description: Any, tensors: wire.Tensors, arrays: Arrays) -> Iterator[str]:
    """A Keras model, layer by layer."""
    # a copy: decoding takes arrays out
    told = values.decode(description, dict(tensors), lambda reference: None)
    if told["seed"] is not None:
        yield f"keras.utils.set_random_seed({told['seed']})"
    yield f"{name} = keras.Sequential(["
    for layer in told["config"]["layers"]:
        config = {k: tuple(v) if k == "batch_shape" else v for k, v in layer["config"].items()}
        yield f"    keras.layers.{layer['class_name']}({_keywords(config)}),"
    yield "])"
    if told["weights"] is not None:
        weights = [Snippet(arrays.expression(weight, name)) for weight in told["weights"]]
        yield f"{name}.set_weights({pformat(weights, width=WIDTH)})"
    if told["compiled"] is not None:
        yield f"{name}.compile({_keywords(told['compiled'])})"


def _keywords(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in arguments.items())


def _float(number: Any) -> str:
    text = str(number)
    return text if np.isfinite(number) else text.replace("inf", "np.inf").replace("nan", "np.nan")
