"""The bench: Keras models that were admitted are rebuilt, trained and measured here.

These functions run in a confined process of their own, which holds neither the submission nor any
label that it is not given. They need Keras; only the server's children import this module.
"""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np


def describe(model: Any) -> dict[str, Any]:
    """What is needed to rebuild a model: plain data and arrays.

    Returns:
        ``{"kind", "config", "weights", "input_shape", "compiled"}``; ``kind`` is ``"Sequential"``,
        ``"Functional"``, ``"subclass"`` or ``None`` for what is no Keras model. ``input_shape`` is
        without the batch axis, ``None`` while the model is not built.
    """
    if not isinstance(model, keras.Model):
        return {"kind": None}
    # exact types: a subclass may say one thing in its configuration and do another
    if type(model) is keras.Sequential:
        kind = "Sequential"
    elif type(model).__name__ == "Functional" and type(model).__module__.startswith("keras."):
        kind = "Functional"
    else:
        return {"kind": "subclass"}
    shape = getattr(model, "input_shape", None) if model.built else None
    return {
        "kind": kind,
        "config": model.get_config(),
        "weights": [np.asarray(w) for w in model.get_weights()],
        "input_shape": tuple(shape[1:]) if isinstance(shape, tuple) else None,
        "compiled": model.get_compile_config() if getattr(model, "compiled", False) else None,
    }


def build(
    kind: str,
    config: dict[str, Any],
    weights: list[np.ndarray] | None = None,
    compiled: dict[str, Any] | None = None,
    input_shape: tuple[int, ...] | None = None,
    seed: int | None = None,
) -> keras.Model:
    """Rebuild a model from an admitted description.

    Args:
        kind: ``"Sequential"`` or ``"Functional"``.
        config: as from ``get_config()``.
        weights: as from ``get_weights()``; ``None`` leaves the initial ones.
        compiled: keyword arguments for ``compile``.
        input_shape: without the batch axis; builds a model that has no ``Input``.
        seed: for ``keras.utils.set_random_seed`` before the initial weights are drawn.
    """
    if seed is not None:
        keras.utils.set_random_seed(seed)
    cls = keras.Sequential if kind == "Sequential" else keras.Model
    model = cls.from_config(config)
    if not model.built and input_shape is not None:
        model.build((None, *input_shape))
    if weights is not None:
        model.set_weights(weights)
    if compiled is not None:
        model.compile(**compiled)
    return model


def weights(model: keras.Model) -> list[np.ndarray]:
    """All weights, in Keras's order."""
    return [np.asarray(w) for w in model.get_weights()]


def set_weights(model: keras.Model, weights: list[np.ndarray]) -> None:
    """Replace all weights."""
    model.set_weights(weights)


def predict(
    model: keras.Model, x: np.ndarray, training: bool = False, batch_size: int = 256
) -> np.ndarray:
    """The model's outputs, without the tracing that ``Model.predict`` costs."""
    parts = [
        np.asarray(model(x[i : i + batch_size], training=training))
        for i in range(0, len(x), batch_size)
    ]
    return np.concatenate(parts)


def outputs(model: keras.Model, x: np.ndarray) -> list[np.ndarray]:
    """What each layer computes for a batch, from the first layer to the last, layers in a row."""
    results, value = [], x
    for layer in model.layers:
        if not isinstance(layer, keras.layers.InputLayer):
            value = layer(value, training=False)
            results.append(np.asarray(value))
    return results


def compile(model: keras.Model, arguments: dict[str, Any]) -> None:
    """``model.compile(**arguments)``."""
    model.compile(**arguments)


def fit(
    model: keras.Model,
    x: np.ndarray,
    y: np.ndarray,
    arguments: dict[str, Any],
    epoch_ended: Callable[[int, dict[str, float]], bool],
) -> dict[str, list[float]]:
    """Train; ``epoch_ended`` is told each epoch's logs, and ends training by returning True."""

    class Reporter(keras.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
            if epoch_ended(epoch, {k: float(v) for k, v in (logs or {}).items()}):
                self.model.stop_training = True

    history = model.fit(x, y, verbose=0, callbacks=[Reporter()], **arguments).history
    return {name: [float(v) for v in numbers] for name, numbers in history.items()}


def evaluate(model: keras.Model, x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """Loss and metrics."""
    return {k: float(v) for k, v in model.evaluate(x, y, verbose=0, return_dict=True).items()}
