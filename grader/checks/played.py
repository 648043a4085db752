"""Calls of a Keras model that a check plays or watches: every argument, by its parameter's name."""

import inspect
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.errors import Raised, SubmissionError
from grader.checks.expect import fail
from grader.checks.passing import StandIn
from grader.checks.remote import Remote

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


def to_callbacks(
    callbacks: Any,
    model: StandIn,
    story: Sequence[dict[str, float]],
    epochs: int,
    *,
    stopped: bool = False,
    seconds: float = 0.0,
) -> None:
    """Play a training to the learner's callbacks, as ``fit`` calls them.

    Args:
        callbacks: what ``fit`` was given, one, several or none; what is not the learner's is not
            called.
        model: what is trained.
        story: the logs of each epoch that is trained.
        epochs: how many ``fit`` was asked for.
        stopped: whether one of the check's own callbacks ends the training after the story.
        seconds: that the training takes.
    """
    given = callbacks if isinstance(callbacks, list | tuple) else [callbacks]
    own = [callback for callback in given if isinstance(callback, Remote)]
    for callback in own:
        callback.set_model(model)
        callback.set_params({"verbose": 0, "epochs": epochs, "steps": 1})
        callback.on_train_begin({})
    time.sleep(seconds)
    for epoch, logs in enumerate(story):
        for callback in own:
            callback.on_epoch_begin(epoch, {})
            callback.on_epoch_end(epoch, dict(logs))
    if stopped:
        model.remote.stop_training = True
    for callback in own:
        callback.on_train_end(dict(story[-1]))


def history(model: StandIn, values: dict[str, list[float]], epochs: int) -> StandIn:
    """What ``fit`` returns; the model keeps it too, as in Keras.

    Args:
        model: what was trained.
        values: a list for each name, one number per epoch.
        epochs: how many ``fit`` was asked for.
    """
    noted = StandIn(
        "<History>",
        {
            "history": values,
            "epoch": list(range(len(next(iter(values.values()))))),
            "params": {"verbose": 0, "epochs": epochs, "steps": 1},
            "model": model,
        },
    )
    model.remote.history = noted
    return noted


def callbacks_only_watch(call: dict[str, Any], *own: Any) -> None:
    """State that the callbacks of a ``fit`` leave the training alone, whatever the losses do.

    A long training is played to each: in 20 epochs the losses fall to almost nothing, then they
    rise, and at last whole epochs are skipped. Call it after the learner's function has returned,
    as a callback may count epochs. One that can't be followed, as it needs more of a model than
    is played, is not taken.

    Args:
        call: the arguments of the ``fit``.
        own: the callbacks that may do anything.
    """
    given = call["callbacks"]
    for callback in given if isinstance(given, list | tuple) else [given]:
        if isinstance(callback, Remote) and not any(callback is each for each in own):
            says = (
                f"You gave fit a callback, {callback.remote_type}, that ends the training or "
                "changes how it learns. Leave it out: all epochs should be trained alike."
            )
            try:
                watches = _only_watches(callback)
            except SubmissionError as error:
                fail(
                    f"You gave fit a callback, {callback.remote_type}, that raises {error.type} in "
                    f"a made-up training: {error.message.strip()} Leave it out."
                )
            if not watches:
                fail(says)


def _only_watches(callback: Remote) -> bool:
    changed: list[Any] = []
    rate = 0.001
    optimizer = StandIn("<optimizer>", {"learning_rate": rate})
    model = StandIn(
        "<model>",
        {"stop_training": False, "optimizer": optimizer},
        {"get_weights": lambda: [], "set_weights": changed.append},
    )
    late = [2**power for power in range(7, 21)]
    callback.set_model(model)
    callback.set_params({"verbose": 0, "epochs": late[-1] + 1, "steps": 1})
    callback.on_train_begin({})
    for epoch in (*range(100), *late):
        loss = abs(20 - epoch) / 10 + 0.0001
        share = 1 / (1 + loss)
        callback.on_epoch_begin(epoch, {})
        logs = {"accuracy": share, "loss": loss, "val_accuracy": share, "val_loss": loss}
        callback.on_epoch_end(epoch, logs)
    stopped, now = model.remote.stop_training, optimizer.remote.learning_rate
    return not changed and stopped is False and isinstance(now, float) and now == rate
