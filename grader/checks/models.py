"""Keras models for checks: made-up ones for the learner's code, and the bench that measures."""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.checks import describe
from grader.checks.admission import MAX_TEXT, NotAdmitted, admit, admit_shape
from grader.checks.errors import SubmissionError
from grader.checks.expect import fail
from grader.checks.remote import Learner, Remote, RemoteProcess
from grader.clean import first_line
from grader.i18n import _

LayerConfig = dict[str, Any]
_SHAPING = {"Flatten", "InputLayer", "Reshape"}


def layer(class_name: str, **config: Any) -> LayerConfig:
    """A layer of Keras by its class name and arguments, as ``keras.layers`` has them."""
    return {
        "module": "keras.layers",
        "class_name": class_name,
        "config": config,
        "registered_name": None,
    }


def flatten() -> LayerConfig:
    """``keras.layers.Flatten()``."""
    return layer("Flatten")


def dense(units: int, activation: str | None = None) -> LayerConfig:
    """``keras.layers.Dense(units, activation)``."""
    return layer("Dense", units=units, activation=activation)


@dataclass
class KerasModel:
    """A model that a check describes; Keras builds it where it is needed.

    Pass one to the learner's code and it gets a real ``keras.Model``; ``bench.model`` builds one
    on the bench.

    Args:
        layers: in a row.
        input_shape: without the batch axis; ``None`` leaves the model unbuilt.
        compiled: keyword arguments for ``compile``; ``None`` leaves it uncompiled.
        weights: as from ``get_weights()``.
        seed: for the initial weights; ``None`` leaves them to the process's own random state.
        watched: ``{method: function}``: before the learner's code runs the model's method, the
            function is called with the same arguments.

    Attributes:
        remote: the model in the learner's process, once it has been passed there.
    """

    layers: list[LayerConfig]
    input_shape: tuple[int, ...] | None = None
    compiled: dict[str, Any] | None = None
    weights: list[np.ndarray] | None = None
    seed: int | None = None
    watched: dict[str, Callable[..., Any]] = field(default_factory=dict)
    remote: Any = None

    @property
    def methods(self) -> dict[str, Callable[..., Any]]:
        """What is reported while the learner's code runs."""
        return self.watched

    @property
    def description(self) -> dict[str, Any]:
        """The arguments of ``grader.sandbox.bench.build``."""
        layers = list(self.layers)
        if self.input_shape is not None:
            layers.insert(0, layer("InputLayer", batch_shape=[None, *self.input_shape]))
        return {
            "kind": "Sequential",
            "config": {"name": "model", "layers": layers},
            "weights": self.weights,
            "compiled": self.compiled,
            "seed": self.seed,
        }

    def form(self, encode: Callable[[Any], Any]) -> dict[str, Any]:
        """What the agent needs to make it."""
        return {"model": encode(self.description), "watched": list(self.watched)}


class BenchModel:
    """A model on the bench.

    A learner's model and the one rebuilt from its description are compared before the latter is
    first used: what is measured is what the learner's own computes.

    Attributes:
        compiled: how the learner's model was compiled, as from ``get_compile_config()``.
        layers: the class names of its layers, in the order of its description; none of a check's.
        acting: class name and activation of each layer that does more than change shapes.
    """

    def __init__(
        self,
        bench: "Bench",
        remote: Remote,
        compiled: dict[str, Any] | None = None,
        source: Remote | None = None,
        layers: Sequence[LayerConfig] = (),
    ) -> None:
        self._bench, self._remote, self.compiled = bench, remote, compiled
        self.layers = tuple(each["class_name"] for each in layers)
        self.acting = [
            (each["class_name"], each["config"].get("activation"))
            for each in layers
            if each["class_name"] not in _SHAPING
        ]
        self._source = source  # until they are compared

    def weights(self) -> list[np.ndarray]:
        """All weights, in Keras's order."""
        return self._call("weights")

    def trainable(self) -> int:
        """How many of its weights a training changes: two of each Dense layer."""
        return self._call("trainable")

    def has_weights(self, weights: Sequence[np.ndarray]) -> bool:
        """Whether these are its weights, but for what two processes round differently."""
        own = self.weights()
        return [np.shape(w) for w in weights] == [w.shape for w in own] and all(
            np.allclose(*pair, rtol=1e-3, atol=1e-4) for pair in zip(weights, own, strict=True)
        )

    def learns_like(self, learners: Remote, x: np.ndarray, y: np.ndarray) -> bool:
        """Whether three epochs change its weights as those of a learner's model, in one order.

        Both are trained, from the weights they have.
        """
        learners.run_eagerly = True  # no tracing
        self.fit(x, y, epochs=3, shuffle=False)
        learners.fit(x, y, epochs=3, shuffle=False, verbose=0)
        return self.has_weights(learners.get_weights())

    def set_weights(self, weights: list[np.ndarray]) -> None:
        """Replace all weights."""
        self._call("set_weights", weights)

    def predict(self, x: np.ndarray, training: bool = False) -> np.ndarray:
        """The outputs for a batch, shape (n, ...); with ``training`` as while it trains."""
        return self._call("predict", x, training)

    def outputs(self, x: np.ndarray) -> list[np.ndarray]:
        """What each layer computes for a batch; for models whose layers stand in a row."""
        return self._call("outputs", x)

    def compile(self, **arguments: Any) -> None:
        """``Model.compile``."""
        self._call("compile", arguments)

    def evaluate(self, x: np.ndarray, y: np.ndarray) -> dict[str, float]:
        """Loss and metrics by name."""
        return self._call("evaluate", x, y)

    def fit(
        self,
        x: np.ndarray,
        y: np.ndarray,
        *,
        epochs: int = 1,
        on_epoch_end: Callable[[int, dict[str, float]], bool | None] | None = None,
        **arguments: Any,
    ) -> dict[str, list[float]]:
        """Train, and return the history.

        Args:
            x, y: training data.
            epochs: at most so many.
            on_epoch_end: called with the epoch (from 0) and its logs; training stops when it
                returns True.
            **arguments: further ones of ``Model.fit``.
        """

        begin = time.monotonic()

        def epoch_ended(epoch: int, logs: dict[str, float]) -> bool:
            left = (time.monotonic() - begin) / (epoch + 1) * (epochs - epoch - 1)
            self._bench.epoch_ended(epoch + 1, epochs, logs["loss"], left)
            return bool(on_epoch_end and on_epoch_end(epoch, logs))

        return self._call("fit", x, y, arguments | {"epochs": epochs}, epoch_ended)

    def _call(self, name: str, *args: Any) -> Any:
        if self._source is not None and name in ("predict", "outputs", "evaluate", "fit"):
            self._compare(self._source, np.shape(args[0])[1:])
            self._source = None
        return self._bench.call(name, self._remote, *args)

    def _compare(self, source: Remote, shape: tuple[int, ...]) -> None:
        """State that the learner's own model computes the same, on drawn inputs and weights."""
        seed = secrets.randbits(31)
        ours = self._bench.call("answers", self._remote, shape, seed)
        try:
            theirs = source.remote_process.bench("answers", source.remote_number, shape, seed)
        except SubmissionError as error:
            template = _("Your model can't compute its outputs: it raises {error}: {message}")
            fail(template.format(error=error.type, message=first_line(error.message)))
        same = isinstance(theirs, list) and [_kind(a) for a in theirs] == [_kind(a) for a in ours]
        if not same or not all(
            np.allclose(*pair, rtol=1e-3, atol=1e-4, equal_nan=True)
            for pair in zip(theirs, ours, strict=True)
        ):
            fail(
                _(
                    "For the same inputs and weights, your model computes different "
                    "numbers from a model built from its description. Use Keras's layers "
                    "as they are, with their usual dtype, and change nothing in them."
                )
            )


def equivalent(weights: list[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    """Other weights with which Dense layers of relu, and a last one of softmax, compute the same.

    relu does not care how large its sums are: a unit's weights and bias are multiplied, and what
    the next layer takes from it is divided, by a power of two. Softmax does not notice a number
    that is added to all scores.

    Args:
        weights: of Dense layers in a row, each kernel before its bias.
    """
    changed = [w.copy() for w in weights]
    for kernel, bias, following in zip(changed[:-2:2], changed[1:-2:2], changed[2::2], strict=True):
        factors = np.exp2(rng.integers(-30, 31, len(bias))).astype(np.float32)
        kernel *= factors
        bias *= factors
        following /= factors[:, np.newaxis]
    changed[-1] += np.float32(rng.choice([-1, 1]) * rng.integers(500, 1000))
    return changed


def _kind(value: Any) -> Any:
    return (value.shape, value.dtype) if isinstance(value, np.ndarray) else None


class Bench:
    """A confined process that holds no learner's code; models are rebuilt and measured there."""

    def __init__(
        self, process: RemoteProcess, epoch_ended: Callable[[int, int, float, float], None]
    ) -> None:
        self._process, self.epoch_ended = process, epoch_ended

    def model(
        self, source: KerasModel | Remote, input_shape: tuple[int, ...] | None = None
    ) -> BenchModel:
        """Build a check's model, or rebuild a learner's with the weights it has.

        Args:
            source: what to build.
            input_shape: builds a learner's model that has no ``Input``, without the batch axis.

        Raises:
            Failure: the learner's object is no model, or one that can't be rebuilt.
        """
        if isinstance(source, KerasModel):
            return BenchModel(self, self.call("build", **source.description))
        if not isinstance(source, Remote):
            fail(_model_is_not_a_model(describe.phrase(source)), got=source)
        told = source.remote_process.bench("describe", source.remote_number)
        kind = told.get("kind") if isinstance(told, dict) else None
        if kind is None:
            fail(_model_is_not_a_model(describe.phrase(source)), got=source)
        if kind == "subclass":
            fail(
                _(
                    "The model is an instance of {name}, a class of its own. Build it "
                    "with keras.Sequential([...]) or keras.Model(inputs, outputs), so "
                    "that it can be rebuilt and measured."
                ).format(name=source.remote_type)
            )
        try:
            config, weights = admit(kind, told.get("config"), told.get("weights"))
            if own := told.get("own"):
                fail(
                    _(
                        "The model can't be rebuilt for measuring: {what} is your own. "
                        "Use Keras's layers and activations as they are, such as "
                        'activation="relu".'
                    ).format(what=str(own)[:MAX_TEXT])
                )
            shape = admit_shape(told.get("input_shape")) or input_shape
            remote = self.call(
                "build", kind=kind, config=config, weights=weights or None, input_shape=shape
            )
        except NotAdmitted as error:
            fail(_model_not_admitted(str(error)))
        except SubmissionError as error:  # Keras refuses it, though each part is on the list
            fail(_model_not_admitted(first_line(error.message)))
        compiled = told.get("compiled")
        compiled = compiled if isinstance(compiled, dict) else None
        return BenchModel(self, remote, compiled, source, config["layers"])

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call a function of ``grader.sandbox.bench`` in the bench process."""
        return self._process.call((None, name), args, kwargs)


def with_libraries_as_they_are(learner: Learner) -> None:
    """State that the submission has left libraries alone: they answer for it.

    Raises:
        Failure: it has replaced a part of one.
    """
    name = learner._process.ask("replaced")
    if name is not None:
        fail(
            _(
                "Your file puts something else in the place of {name}, which is not its own. "
                "Leave libraries as they are; write a function, or a class of your own, instead."
            ).format(name=str(name)[:MAX_TEXT])
        )


def overridden(thing: Remote) -> list[str]:
    """The methods that a learner's optimizer, or another object of Keras's, replaces by its own."""
    found = thing.remote_process.bench("overridden", thing.remote_number)
    return [str(name) for name in found] if isinstance(found, list) else []


def _model_is_not_a_model(got: str) -> str:
    return _("Expected a Keras model, got {got}.").format(got=got)


def _model_not_admitted(what: str) -> str:
    return _(
        "The model can't be rebuilt for measuring: {what}. Use the layers of the exercise."
    ).format(what=what)
