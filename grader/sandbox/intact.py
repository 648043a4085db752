"""Whether a training is the one that Keras makes: its model, its optimizer and its callbacks.

These functions run where the submission runs, after its code: they see what it leaves behind.
"""

from typing import Any

import keras
import numpy as np

from grader.i18n import _
from grader.sandbox.raised import is_known

# What Keras itself puts in the place of a method.
_KERAS_REPLACES = {"build", "loss", "quantize"}
_METHODS = dict(vars(keras.callbacks.Callback))
VARIABLE = keras.Variable
_EPOCHS_OF_BATCHES, _BATCHES = 3, 2000
_LOOKS = 50  # epochs from one look at the model's state to the next: a look takes its time


def acts(callback: Any, names: list[str]) -> list[str]:
    """Which of these methods a callback has of its own; Keras's do nothing."""
    own = getattr(callback, "__dict__", {})
    return [
        name
        for name in names
        if name in own or getattr(type(callback), name, None) is not _METHODS[name]
    ]


def overridden(thing: Any) -> list[str]:
    """The methods of its class that an object replaces, and its variables that are none."""
    methods = [
        name
        for name in vars(thing)
        if name not in _KERAS_REPLACES and callable(getattr(type(thing), name, None))
    ]
    variables = getattr(thing, "variables", ()) if not isinstance(thing, VARIABLE) else ()
    return methods + [each.name for each in variables if type(each) is not VARIABLE]


def handled(model: keras.Model, watched: list[str]) -> str | None:
    """What of a compiled model that is about to be trained is not as Keras has made it.

    Args:
        model: a check's, which was never trained before.
        watched: its methods that the check has replaced.
    """
    optimizer = model.optimizer
    if own := [name for name in overridden(model) if name not in watched]:
        return own[0]
    if model.train_function is not None:
        return "train_function"
    if not is_known(type(optimizer)) or (own := overridden(optimizer)):
        return _("the optimizer")
    if not isinstance(optimizer._learning_rate, VARIABLE):
        return _("the learning rate")
    if not all(layer.trainable for layer in (model, *model.layers)):
        return _("which layers learn")
    return None


def disturbs(callback: Any, epochs: int) -> bool:
    """Whether a callback changes a training that is played to it, with a model of Keras's.

    In 20 epochs the losses fall to almost nothing, then they rise, and in the second half they
    stay as they are; no accuracy is 1, no loss is 0.
    """
    layer = keras.layers.Dense(1, kernel_initializer="zeros")  # to draw takes longer than all else
    model = keras.Sequential([keras.layers.Input((1,)), layer])
    model.compile("adam", "mse")
    parts = "batch", "train_batch", "test_batch"
    events = [f"on_{part}_{end}" for part in parts for end in ("begin", "end")]
    by_batch = [getattr(callback, name) for name in acts(callback, events)]
    callback.set_model(model)
    callback.set_params({"verbose": 0, "epochs": epochs, "steps": _BATCHES})
    before = _settings(model)
    callback.on_train_begin({})
    for epoch in range(epochs):
        looks = epoch % _LOOKS == 0
        if looks:
            _learn(model, epoch)
        loss = abs(20 - min(epoch, epochs // 2)) / 10 + 0.0001
        share = 0.999 / (1 + loss)
        logs = {"accuracy": share, "loss": loss}
        callback.on_epoch_begin(epoch, {})
        batches = _BATCHES if epoch < _EPOCHS_OF_BATCHES else 2  # one may remember the last one
        for batch in range(batches if by_batch else 0):
            for act in by_batch:
                act(batch, dict(logs))
        callback.on_epoch_end(epoch, logs | {"val_accuracy": share, "val_loss": loss})
        if model.stop_training:
            return True
        if looks and (_settings(model) != before or not _has_learned(model, epoch)):
            return True
    _learn(model, epochs)
    callback.on_train_end(dict(logs))
    return _settings(model) != before or not _has_learned(model, epochs)


def _learn(model: keras.Model, epoch: int) -> None:
    """Give a model other weights, as an epoch does."""
    for weight in model.weights:
        weight.assign(np.full(weight.shape, epoch, np.float32))


def _has_learned(model: keras.Model, epoch: int) -> bool:
    """Whether a model has the weights of an epoch."""
    return all(bool((np.asarray(weight) == epoch).all()) for weight in model.weights)


def _settings(model: keras.Model) -> list[Any]:
    """What a training depends on beside the weights."""
    trainable = [weight.trainable for weight in model.weights]
    return [model.stop_training, np.asarray(model.optimizer.learning_rate).item(), *trainable]
