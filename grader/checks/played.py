"""Calls of a Keras model that a check plays or watches: every argument, by its parameter's name."""

import contextlib
import inspect
import math
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.checks.admission import MAX_TEXT
from grader.checks.errors import Raised, SubmissionError
from grader.checks.expect import fail
from grader.checks.models import KerasModel
from grader.checks.passing import StandIn
from grader.checks.remote import Remote
from grader.i18n import _

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
_RATE = 0.001  # Adam's own
EPOCHS = 1000  # that are played to a callback one after the other
_EPOCHS_OF_BATCHES, _BATCHES = 2, 100  # each is a call; many more are played in disturbs
_EVENTS = (
    "on_epoch_begin", "on_epoch_end", "on_test_begin", "on_test_end",
    "on_batch_begin", "on_batch_end", "on_train_batch_begin", "on_train_batch_end",
    "on_test_batch_begin", "on_test_batch_end",
)  # fmt: skip
_FAR = sorted({2**power for power in range(7, 21)} | set(range(500, 20_001, 500)))
_REMEMBERED = 100  # changes of a stand-in, which remembers no more
# what a callback that only watches leaves as it is, also where it puts it back afterwards
_ACTING = {"stop_training", "optimizer", "learning_rate", "trainable"}
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
            fail(
                _("You gave fit {name} as well, which changes the training.").format(name=name),
                got=value,
            )


def epochs_by_name(call: dict[str, Any], epochs: int) -> None:
    """State that a ``fit`` did not take the number of epochs for its third argument, the batches'.

    Args:
        call: the arguments of the ``fit``.
        epochs: that it should be asked for.
    """
    if call["epochs"] == 1 != epochs and call["batch_size"] == epochs:
        fail(
            _(
                "The third argument of fit is batch_size, and you gave it the number of epochs. "
                "Name what you pass: epochs={epochs}."
            ).format(epochs=epochs)
        )


def made_up(text: str, methods: dict[str, Callable[..., Any]]) -> StandIn:
    """A model whose methods are the check's, with the parts that a training depends on.

    Args:
        text: its ``repr``.
        methods: such as ``fit``; begin it with ``left_alone``.
    """
    layers = [StandIn("<layer>", {"trainable": True}) for _ in range(3)]
    parts = {
        "built": True,
        "compiled": True,
        "stop_training": False,
        "trainable": True,
        "layers": layers,
        "optimizer": StandIn("<optimizer>", {"learning_rate": _RATE}),
    }
    return StandIn(text, parts, methods)


def as_compiled(model: KerasModel) -> None:
    """State that a real model is trained as it was compiled, by Keras's own steps, at one rate.

    Call it from what watches ``fit``: after it Keras has made a function of the steps.

    Raises:
        Failure: something of it, or of its optimizer, is the learner's own, or frozen.
    """
    remote = model.remote
    name = remote.remote_process.bench("handled", remote.remote_number, list(model.watched))
    if name is not None:
        fail(
            _("You changed {name}. The model comes compiled: train it as it is.").format(
                name=str(name)[:MAX_TEXT]
            )
        )


def left_alone(model: StandIn) -> None:
    """State that nothing of a made-up model is changed that its training depends on."""
    remote = model.remote
    try:
        rate = remote.optimizer.learning_rate
        trainable = [remote.trainable, *(layer.trainable for layer in remote.layers)]
    except SubmissionError:  # it is no optimizer any more, or no list of layers
        fail(_("You replaced a part of the model. It comes compiled: train it as it is."))
    if rate != _RATE:
        fail(
            _("You changed the learning rate. The model comes compiled: train it as it is."),
            got=rate,
        )
    if not all(each is True for each in trainable):
        fail(_("You froze the model, or layers of it (trainable): they would not learn."))


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


def callbacks_only_watch(
    call: dict[str, Any],
    *own: Any,
    model: StandIn | KerasModel | None = None,
    epochs: int = EPOCHS,
) -> None:
    """State that the callbacks of a ``fit`` leave the training alone, whatever the losses do.

    A long training is played to each: in 20 epochs the losses fall to almost nothing, then they
    rise, then whole epochs are skipped, and the last loss is NaN. One that acts after batches gets
    many of those.
    Then it is played once more, with a model of Keras's.
    Call it after the learner's function has returned, as a callback may count epochs. One that
    can't be followed, as it needs more of a model than is played, is not taken.

    Args:
        call: the arguments of the ``fit``.
        own: the callbacks that may do anything.
        model: whose ``fit`` it was; a callback may know it otherwise than as its own model.
        epochs: how many are played one after the other, before some are skipped.
    """
    before = _settings(model)
    given = call["callbacks"]
    for callback in given if isinstance(given, list | tuple) else [given]:
        if isinstance(callback, Remote) and not any(callback is each for each in own):
            says = _(
                "You gave fit a callback, {callback}, that ends the training or "
                "changes how it learns. Leave it out: all epochs should be trained "
                "alike."
            ).format(callback=callback.remote_type)
            try:
                watches = _only_watches(callback, epochs)
            except SubmissionError as error:
                fail(
                    _(
                        "You gave fit a callback, {callback}, that raises {type} in a "
                        "made-up training: {message} Leave it out."
                    ).format(
                        callback=callback.remote_type,
                        type=error.type,
                        message=error.message.strip(),
                    )
                )
            if not watches or _settings(model) != before:
                fail(says)


def _settings(model: StandIn | KerasModel | None) -> list[Any]:
    """What of a model a callback must leave as it is."""
    if model is None:
        return []
    remote = model.remote
    try:
        rate = float(remote.optimizer.learning_rate)
        return [remote.stop_training is True, rate, remote.trainable is True]
    except (SubmissionError, TypeError):  # replaced, or a schedule
        return []


def _only_watches(callback: Remote, epochs: int) -> bool:
    changed: list[Any] = []
    optimizer = StandIn("<optimizer>", {"learning_rate": _RATE})
    model = StandIn(
        "<model>",
        {"stop_training": False, "optimizer": optimizer},
        {"get_weights": lambda: [], "set_weights": changed.append},
    )
    late = [epoch for epoch in _FAR if epoch >= epochs]
    # looked up once; Keras's own, which do nothing, are not called
    acts = callback.remote_process.bench("acts", callback.remote_number, _EVENTS)
    known = isinstance(acts, list)  # nothing is, where there is no Keras
    own = {name: getattr(callback, name) for name in _EVENTS if not known or name in acts}
    by_batch = [own[name] for name in own if "batch" in name]
    callback.set_model(model)
    callback.set_params({"verbose": 0, "epochs": late[-1] + 2, "steps": _BATCHES})
    callback.on_train_begin({})
    for epoch in (*range(epochs), *late):
        loss = abs(20 - epoch) / 10 + 0.0001
        share = 1.0 if epoch == 20 else 1 / (1 + loss)
        logs = {"accuracy": share, "loss": loss}
        if begin := own.get("on_epoch_begin"):
            begin(epoch, {})
        few = epoch < _EPOCHS_OF_BATCHES
        batches = (*range(_BATCHES), *(() if epoch else _FAR)) if few and by_batch else ()
        for batch in batches:
            for act in by_batch:
                act(batch, dict(logs))
        for name in ("on_test_begin", "on_test_end"):
            if name in own:
                own[name]({})
        if end := own.get("on_epoch_end"):
            end(epoch, logs | {"val_accuracy": share, "val_loss": loss})
    with contextlib.suppress(SubmissionError):  # one that only prints need not know of NaN
        for act in by_batch:
            act(0, {"accuracy": 0.0, "loss": math.nan})
        if end:
            end(late[-1] + 1, {"accuracy": 0.0, "loss": math.nan, "val_loss": math.nan})
    callback.on_train_end(logs)
    touched = {*_changed(model), *_changed(optimizer)}
    if changed or touched & _ACTING:
        return False
    return not (known and disturbs(callback))


def disturbs(callback: Remote) -> bool:
    """Whether a callback changes a training that is played to it with a model of Keras's.

    The losses fall to almost nothing, rise, and stay as they are; no accuracy is 1, no loss is 0.
    """
    process = callback.remote_process
    return process.bench("disturbs", callback.remote_number, EPOCHS) is not False


def _changed(thing: StandIn) -> list[str]:
    """The attributes of a stand-in that the learner's code has changed, for a while or for good."""
    found = thing.remote._changed
    if not isinstance(found, list) or len(found) >= _REMEMBERED:
        return list(_ACTING)
    return [str(name) for name in found]
