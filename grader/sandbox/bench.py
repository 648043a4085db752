"""The bench: Keras models that were admitted are rebuilt, trained and measured here.

These functions run in a confined process of their own, which holds neither the submission nor any
label that it is not given. They need Keras; only the server's children import this module.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras.src.activations import activations
from keras.src.models.functional import Functional
from keras.src.ops import nn
from keras.src.trainers.data_adapters.array_data_adapter import ArrayDataAdapter

from grader.i18n import _
from grader.sandbox.intact import VARIABLE, acts, disturbs, handled, overridden  # noqa: F401
from grader.sandbox.raised import KNOWN
from grader.sandbox.values import family

_ROWS = 8  # inputs that two models are compared by
_PLAIN = {"epochs", "batch_size", "shuffle", "validation_data"}  # of fit, when data may be slices


# Keras's own, as they are before a submission runs: it could put others in their places
_LAYERS: dict[str, Any] = {k: v for k, v in vars(keras.layers).items() if isinstance(v, type)}
_OPERATIONS = activations.ReLU, nn.Relu, nn.Sigmoid, nn.Softmax
_FUNCTIONS = {id(f): f for m in (keras.activations, keras.ops, tf.nn) for f in vars(m).values()}
for _module in (keras.callbacks, keras.layers, keras.losses, keras.metrics, keras.optimizers):
    for _name, _thing in vars(_module).items():
        if isinstance(_thing, type):
            KNOWN.setdefault(_name, []).append(_thing)
for _base in (tf.Tensor, tf.Variable, keras.Variable, keras.KerasTensor):  # what becomes an array
    for _thing in family(_base):
        KNOWN.setdefault(_thing.__name__, []).append(_thing)
_SEQUENTIAL, _MODEL, _LAYER = keras.Sequential, keras.Model, keras.layers.Layer
GENUINE = (  # classes whose methods answer for a submission's models
    *(_SEQUENTIAL, Functional, keras.layers.Dense, keras.layers.Flatten, keras.layers.InputLayer),
    *(keras.optimizers.Adam, keras.callbacks.History, keras.Variable, *_OPERATIONS),
    *(keras.losses.SparseCategoricalCrossentropy, keras.metrics.SparseCategoricalAccuracy),
    *(keras.metrics.Mean, keras.callbacks.CallbackList, ArrayDataAdapter),  # which fit calls
)


def reset(seed: int) -> None:
    """Forget what Keras keeps of earlier models, and draw from a seed."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed % 2**32)


def describe(model: Any) -> dict[str, Any]:
    """What is needed to rebuild a model: plain data and arrays.

    Returns:
        ``{"kind", "config", "own", "weights", "input_shape", "compiled"}``; ``kind`` is
        ``"Sequential"``, ``"Functional"``, ``"subclass"`` or ``None`` for what is no Keras model.
        ``own`` names a part that is not Keras's. ``input_shape`` is without the batch axis,
        ``None`` while the model is not built.
    """
    if not isinstance(model, _MODEL):
        return {"kind": None}
    # exact types: a subclass may say one thing in its configuration and do another
    if type(model) is _SEQUENTIAL:
        kind = "Sequential"
    elif type(model) is Functional:
        kind = "Functional"
    else:
        return {"kind": "subclass"}
    shape = getattr(model, "input_shape", None) if model.built else None
    return {
        "kind": kind,
        "config": model.get_config(),
        "own": _own(model),
        "weights": [np.asarray(w) for w in model.get_weights()],
        "input_shape": tuple(shape[1:]) if isinstance(shape, tuple) else None,
        "compiled": model.get_compile_config() if getattr(model, "compiled", False) else None,
    }


def _own(model: keras.Model) -> str | None:
    """A part of a model that is not Keras's, though its description may have Keras's name for it.

    By identity: a name says nothing of what a function does.
    """
    for layer in model.layers:
        if type(layer) is not _LAYERS.get(type(layer).__name__):
            return _("the class of the layer {layer}").format(layer=layer.name)
        activation = getattr(layer, "activation", None)
        parts = [(_("the method {name} of the layer {layer}"), layer)]
        if isinstance(activation, _LAYER):
            template = _("the method {name} of the activation of the layer {layer}")
            parts.append((template, activation))
        elif activation is not None and id(activation) not in _FUNCTIONS:
            return _("the activation of the layer {layer}").format(layer=layer.name)
        for variable in layer.variables:  # a configuration does not tell of these
            if type(variable) is not VARIABLE or overridden(variable):
                template = _("the class of the {variable} of the layer {layer}")
                return template.format(variable=variable.name, layer=layer.name)
            for name in ("regularizer", "constraint", "overwrite_with_gradient"):
                if getattr(variable, name, None):
                    template = _("the {name} of the {variable} of the layer {layer}")
                    return template.format(name=name, variable=variable.name, layer=layer.name)
        for template, part in parts:
            for name in overridden(part):
                return template.format(name=name, layer=layer.name)
    for operation in getattr(model, "operations", ()):  # those of a functional model
        if isinstance(operation, _LAYER):
            continue
        if not any(type(operation) is each for each in _OPERATIONS) or overridden(operation):
            return _("the function {name}").format(name=operation.name)
    for part in (model, getattr(model, "_functional", None)):
        for name in overridden(part) if part is not None else ():
            return _("the method {name}").format(name=name)
    return None


def answers(model: keras.Model, shape: tuple[int, ...], seed: int) -> list[np.ndarray]:
    """What a model computes, and how it learns: two models of one make answer alike.

    Inputs and weights are drawn from the seed. The model is left with the weights that it had.

    Args:
        shape: of an input, without the batch axis.

    Returns:
        Its outputs for the inputs, the same in training, and after one step of gradient descent.
    """
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((_ROWS, *shape), np.float32)
    model(x[:1])  # a model without Input has its weights from here on
    noise = [g.state for layer in model.layers if (g := getattr(layer, "seed_generator", None))]
    kept = [(variable, np.asarray(variable)) for variable in (*model.weights, *noise)]
    try:
        for variable in model.weights:
            if "float" in variable.dtype:
                variable.assign(_drawn(rng, variable.shape))
        for state in noise:
            state.assign([seed, 0])
        before = np.asarray(model(x, training=False))
        with tf.GradientTape() as tape:
            training = model(x, training=True)
            loss = tf.reduce_sum(training * tf.cast(_drawn(rng, training.shape), training.dtype))
        variables = [variable.value for variable in model.trainable_variables]
        for variable, slope in zip(variables, tape.gradient(loss, variables), strict=True):
            if slope is not None:
                variable.assign_sub(slope)
        return [before, np.asarray(training), np.asarray(model(x, training=False))]
    finally:
        for variable, value in kept:
            variable.assign(value)


def _drawn(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Weights: sums of many inputs stay near 1, and what may be a variance is positive."""
    if len(shape) < 2:
        return rng.uniform(0.2, 1.2, shape).astype(np.float32)
    return rng.standard_normal(shape, np.float32) / np.float32(np.sqrt(np.prod(shape[:-1])))


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
    with usual_settings():
        model = _in_a_row(config) if kind == "Sequential" else keras.Model.from_config(config)
        if not model.built and input_shape is not None:
            model.build((None, *input_shape))
        if weights is not None:
            model.set_weights(weights)
        if compiled is not None:
            model.compile(**compiled)
    return model


def _in_a_row(config: dict[str, Any]) -> keras.Sequential:
    """What ``Sequential.from_config`` returns, which traces all layers again for each one."""
    layers = [keras.layers.deserialize(layer) for layer in config["layers"]]
    model = keras.Sequential(layers, name=config["name"])
    if not model.built and (shape := config.get("build_input_shape")):
        model.build(shape)
    return model


@contextlib.contextmanager
def usual_settings() -> Iterator[None]:
    """Keras's own types, axes and speed: a model of ours is built and trained alike everywhere."""
    ours = keras.config
    settings: list[tuple[Callable[[Any], None], Any, Any]] = [
        (ours.set_floatx, ours.floatx(), "float32"),
        (ours.set_dtype_policy, ours.dtype_policy(), "float32"),
        (ours.set_image_data_format, ours.image_data_format(), "channels_last"),
        (tf.config.run_functions_eagerly, tf.config.functions_run_eagerly(), False),
    ]
    for change, __, usual in settings:
        change(usual)
    try:
        yield
    finally:
        for change, before, __ in settings:
            change(before)


def weights(model: keras.Model) -> list[np.ndarray]:
    """All weights, in Keras's order."""
    return [np.asarray(w) for w in model.get_weights()]


def trainable(model: keras.Model) -> int:
    """How many of the weights a training changes."""
    return len(model.trainable_weights)


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
    """Train; ``epoch_ended`` gets each epoch's logs, and ends training by returning True."""

    class Reporter(keras.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
            if epoch_ended(epoch, {k: float(v) for k, v in (logs or {}).items()}):
                self.model.stop_training = True

    _make_variables(model, x, y)
    data = _for_fit(x, y, **arguments)
    history = model.fit(**data, verbose=0, callbacks=[Reporter()]).history
    return {name: [float(v) for v in numbers] for name, numbers in history.items()}


def evaluate(model: keras.Model, x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """Loss and metrics."""
    _make_variables(model, x, y)
    measured = model.evaluate(_slices(x, y), verbose=0, return_dict=True)
    return {k: float(v) for k, v in measured.items()}


def _make_variables(model: keras.Model, x: np.ndarray, y: np.ndarray) -> None:
    """Make the variables of optimizer and metrics now: Keras traces a step twice if it must.

    What can't be made is left to Keras, and so are its messages.
    """
    if not model.built or not getattr(model, "compiled", False):
        return
    with contextlib.suppress(Exception):
        model.compute_metrics(x[:1], y[:1], model(x[:1], training=False))
        model.optimizer.build(model.trainable_variables)
    with contextlib.suppress(Exception):
        model.reset_metrics()


def _for_fit(x: np.ndarray, y: np.ndarray, **arguments: Any) -> dict[str, Any]:
    """The arguments of ``fit``, with data in slices where the others allow it."""
    held_x, held_y = arguments.get("validation_data", (x, y))
    if arguments.keys() - _PLAIN or not (0 < len(x) == len(y) and 0 < len(held_x) == len(held_y)):
        return {"x": x, "y": y} | arguments
    size = arguments.get("batch_size") or 32
    if arguments.get("shuffle", True) and len(x) > size:
        return {"x": x, "y": y} | arguments  # batches in Keras's own order, as a learner's fit has
    if "validation_data" in arguments:
        arguments["validation_data"] = _slices(held_x, held_y, size)
    # a dataset has its own order; Keras warns if it is asked for another
    left = {name: arguments[name] for name in arguments.keys() - {"batch_size"}}
    return left | {"x": _slices(x, y, size), "shuffle": False}


def _slices(x: np.ndarray, y: np.ndarray, size: int = 32) -> tf.data.Dataset:
    """Batches of rows, as Keras makes them from arrays, without the functions it traces for that.

    Args:
        x, y: of one length.
        size: of a batch; the last one may have fewer rows.
    """
    rows = tf.data.Dataset.from_tensor_slices((_floatx(x), _floatx(y)))
    options = tf.data.Options()
    options.experimental_optimization.apply_default_optimizations = False
    options.autotune.enabled = False
    return rows.batch(size, drop_remainder=len(x) % size == 0).with_options(options)


def _floatx(array: np.ndarray) -> np.ndarray:
    return array.astype(keras.config.floatx()) if array.dtype.kind == "f" else array
