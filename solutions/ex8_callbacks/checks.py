"""Hidden checks of exercise 8: trainings that are only played to a callback, and two real ones."""

import re
from typing import Any

import numpy as np
import pytest

from grader.checks import (
    Diagnosis,
    KerasModel,
    Raised,
    Remote,
    StandIn,
    SubmissionError,
    dense,
    expect,
    flatten,
    names,
    played,
    printed,
    show_training,
)
from grader.datasets import fashion_mnist

Logs = dict[str, float]


def same(got: Any, want: Any, sentence: str, *, otherwise=None, given=None, what: str = "") -> None:
    """State that a plain value is right; the sentence is said of every wrong one.

    Epochs are whole numbers, and no floats.
    """
    others = (otherwise or {}) | {sentence: got}
    expect.equal(got, want, otherwise=others, given=given, what=what)
    says = f"{got} is the right number, but a float. An epoch is a whole number: {want}."
    expect.that(not isinstance(got, float | np.floating), says, got=got, given=given)


# a training that is played to a callback


class Training:
    """A training in which nothing is trained: a callback's methods are called as fit calls them.

    Attributes:
        model: the stand-in for a model that the callback is to stop.
        names: of the model's attributes, before the training began.
        stopped: the epoch, from 1, after which the callback ended it; None while it goes on.
        early: whether the callback did so before that epoch had ended.
        texts: what it printed, epoch by epoch.
        returned: what its on_epoch_end returned last.
        changed: whether it changed the logs.
    """

    def __init__(self, learner, callback: Remote, epochs: int) -> None:
        self._learner, self._callback = learner, callback
        self.model = StandIn("<model>", {"stop_training": False})
        self.stopped: int | None = None
        self.early = self.changed = False
        self.texts: list[str] = []
        self.returned: Any = None
        callback.set_model(self.model)
        self.names = names(self.model.remote)
        callback.set_params({"verbose": 0, "epochs": epochs, "steps": 2})
        try:
            callback.on_train_begin({})
        except SubmissionError as error:
            if error.type == "AttributeError" and (reason := misread(error, {})):
                expect.fail(reason)
            raise

    def epoch(self, logs: Logs) -> bool:
        """Play one epoch; returns whether the callback ended the training."""
        number = len(self.texts)
        self.texts.append("")
        self._call("on_epoch_begin", number, {})
        # logs of batches are running means: the last batch's are the epoch's
        for batch, so_far in enumerate((logs | {"loss": 0.001}, logs)):
            self._call("on_train_batch_begin", batch, {})
            self._call("on_train_batch_end", batch, so_far)
        self.early = self._flag()
        try:
            self.returned = self._call("on_epoch_end", number, logs)
        except SubmissionError as error:
            if reason := misread(error, logs):
                expect.fail(reason, given={"logs": logs})
            raise
        if self._flag():
            self.stopped = number + 1
        return self.stopped is not None

    def end(self) -> None:
        """The training is over."""
        self._call("on_train_end", {})

    def _call(self, method: str, *args: Any) -> Any:
        function = getattr(self._callback, method)
        value, after, _ = function.call_and_return_arguments(*args)
        self.changed |= after != list(args)
        self.texts[-1] += printed(self._learner)
        return value

    def _flag(self) -> bool:
        return bool(self.model.remote.stop_training)


def train(learner, callback: Remote, story: list[Logs]) -> Training:
    """Play a whole training, epoch by epoch, until the callback ends it."""
    training = Training(learner, callback, len(story))
    for logs in story:
        if training.epoch(logs):
            break
    training.end()
    return training


def made(function, *args: float) -> Remote:
    """A learner's callback, or the reason why it is none."""
    name = function.__name__
    try:
        callback = function(*args)
    except SubmissionError as error:
        if error.type == "TypeError" and error.message.startswith("Callback.__init__"):
            expect.fail(
                f"{name} got its argument, but no __init__ of yours took it. Is there one, with "
                "two underscores on each side?"
            )
        if error.type == "AttributeError" and error.message.startswith("property 'model'"):
            expect.fail("Keras sets self.model when a training begins; leave that to Keras.")
        raise
    if not isinstance(callback, Remote):
        expect.fail(f"Calling {name} should make a callback; this is something else.", got=callback)
    expect.that(
        "Callback" in callback.remote_bases,
        f"{name} isn't a Keras callback, so fit can't call it. Write class "
        f"{name}(keras.callbacks.Callback).",
    )
    return callback


def stopped_epoch(callback: Remote) -> Any:
    """The attribute, if it is there."""
    try:
        return callback.stopped_epoch
    except SubmissionError as error:
        if error.type != "AttributeError":
            raise
        expect.fail("The callback has no stopped_epoch: set self.stopped_epoch = None in __init__.")


def stops(
    learner, function, args, story: list[Logs], want: int, *, otherwise=None, given
) -> list[str]:
    """State that a callback ends a played training after an epoch, and that it says so.

    Returns what it printed, epoch by epoch.
    """
    callback = made(function, *args)
    training = train(learner, callback, story)
    if training.stopped is None and want == len(story):
        message = (
            f"The condition is first met in epoch {want}, the last one of this training, and yours "
            "did not stop there. The last epoch counts like the others."
        )
        expect.fail(message, expected=want, got=None, given=given)
    if training.stopped is None:
        message = f"Training should have stopped after epoch {want}, but it went on. "
        expect.fail(message + idle(callback, training), expected=want, got=None, given=given)
    expect.that(
        not training.early,
        f"Yours stopped in epoch {training.stopped} before that epoch had ended. Decide in "
        "on_epoch_end, where logs are about the whole epoch.",
        given=given,
    )
    same(
        training.stopped,
        want,
        f"Training should stop after epoch {want}; yours stopped after epoch {training.stopped}.",
        otherwise=otherwise,
        given=given,
        what="stops after epoch",
    )
    same(
        stopped_epoch(callback),
        want,
        f"stopped_epoch should be {want}, the epoch after which training stopped.",
        otherwise={
            f"stopped_epoch counts from 1: training stopped after epoch {want}, not {want - 1}. "
            "The argument epoch counts from 0.": want - 1,
            f"Training stopped after epoch {want}, but stopped_epoch is still None.": None,
        },
        given=given,
        what="stopped_epoch",
    )
    same(
        train(learner, made(function, *args), story).stopped,
        want,
        "The same training was played to a second, new callback, and it acted differently. "
        "Something is remembered outside of self: a global, or a default such as [].",
        given=given,
    )
    return training.texts


def goes_on(learner, function, args, story: list[Logs], reason: str, *, given) -> None:
    """State that a callback does not end a played training, and that it says so."""
    callback = made(function, *args)
    stopped = train(learner, callback, story).stopped
    same(stopped, None, f"{reason}, yet training stopped after epoch {stopped}.", given=given)
    value = stopped_epoch(callback)
    same(value, None, f"{reason}, so stopped_epoch should be None.", given=given)


# logs is 0, the number of an epoch: the parameters of on_epoch_end are in another order
INT_FOR_LOGS = r"'int' object (?:is not subscriptable|has no)|argument of type 'int' is not iter"
OF_ITS_OWN = r"'(\w+)' object has no attribute '(threshold|target)'"


def misread(error: SubmissionError, logs: Logs) -> str | None:
    """What an exception in on_epoch_end tells of a callback, if it is a typical one."""
    keys = ", ".join(map(repr, sorted(logs)))
    match error.type:
        case "KeyError":
            return f"Your callback looks up {error.message}, but this training's logs hold {keys}."
        case "TypeError" if "NoneType" in error.message:
            return (
                "Your callback compares None with a number: logs.get gives None for a key that is "
                f"not there. This training's logs hold {keys}."
            )
        case "TypeError" if re.search("on_epoch_end.* positional argument", error.message):
            return (
                "Keras calls on_epoch_end(epoch, logs): def on_epoch_end(self, epoch, logs=None)."
            )
        case "TypeError" | "AttributeError" if re.search(INT_FOR_LOGS, error.message):
            return (
                "A number was taken for a dictionary. Keras passes epoch first, then logs: "
                "def on_epoch_end(self, epoch, logs=None)."
            )
        case "TypeError" if "'bool' object is not callable" in error.message:
            return "stop_training is a flag, not a method: set it, self.model.stop_training = True."
        case "AttributeError" if name := re.match(r"<model> .*'(\w+)'$", error.message):
            return (
                f"Your callback asks the model for {name[1]}. It needs only the logs; what it sets "
                "is a flag: self.model.stop_training = True."
            )
        case "AttributeError" if name := re.match(OF_ITS_OWN, error.message):
            return (
                f"Your {name[1]} has no {name[2]}: nothing has set it. Keep it in __init__: "
                f"self.{name[2]} = {name[2]}."
            )
        case "NameError" if name := re.match(r"name '(threshold|target)'", error.message):
            return (
                f"This method has no variable called {name[1]}: it is a parameter of __init__. "
                f"What __init__ kept is self.{name[1]}."
            )
        case "AttributeError" if "'dict' object" in error.message:
            return f'logs is a dictionary: logs["loss"], not logs.loss. Its keys are {keys}.'
        case "AttributeError" if "'NoneType'" in error.message and "stop" in error.message:
            return (
                "self.model is None when the epoch ends. Keras sets it before on_train_begin: does "
                "something of yours take it away, such as a second call of __init__?"
            )
        case "NameError" if "'model'" in error.message:
            return (
                "Your callback has no variable called model. Keras keeps the model in self.model."
            )
        case "ValueError" if logs.get("accuracy") == 0:
            return (
                "An accuracy of 0.0 is a value, not a missing one; your callback raises "
                'ValueError. Ask whether "accuracy" is in logs.'
            )
        case "ValueError" if "accuracy" in logs and "accuracy" in error.message:
            return f"Your callback says that accuracy is missing, but the logs hold {keys}."
        case "StopIteration" | "KeyboardInterrupt":
            return (
                f"Your callback raises {error.type}, and fit ends with that error, without a "
                "history. The agreed way is a flag: self.model.stop_training = True."
            )
    return None


def idle(callback: Remote, training: Training) -> str:
    """Why a callback may not have stopped a training."""
    attributes = names(callback)
    known = ("on_epoch_begin", "on_epoch_end")
    near = [n for n in attributes if re.search("on.*epoch|epoch.*end", n) and n not in known]
    try:
        inherited = getattr(callback, "on_epoch_end._is_default") is True
    except SubmissionError:
        inherited = False
    if inherited and near:
        return f"Keras never calls {near[0]}: the method's name must be exactly on_epoch_end."
    if inherited:
        return "Keras calls on_epoch_end after each epoch, but your class has no such method."
    if isinstance(training.returned, bool | np.bool_):
        return (
            "on_epoch_end returned a truth value, but Keras ignores what it returns: set "
            "self.model.stop_training = True."
        )
    if "stop_training" in attributes:
        return Diagnosis(
            "You set stop_training on the callback itself, but Keras looks at the model. Set "
            "self.model.stop_training = True.",
            hint="In your method, self is the callback. Which attribute of it holds the model that "
            "is trained?",
        )
    unknown = set(names(training.model.remote)) - set(training.names)
    if unknown:
        return (
            f"You set {min(unknown)} on the model, which means nothing to Keras. The flag is "
            "called self.model.stop_training = True."
        )
    return (
        "Is the condition ever met, and is it self.model.stop_training = True, with one equals "
        "sign?"
    )


def stops_late(learner, function, limit: float, other: Logs, met: Logs, rng) -> None:
    """State that a callback also ends a training of more than a hundred epochs."""
    want = int(rng.integers(101, 140))
    callback = made(function, limit)
    training = Training(learner, callback, want + 5)
    begin, batch, end = (
        getattr(callback, f"on_{name}") for name in ("epoch_begin", "train_batch_end", "epoch_end")
    )
    for epoch in range(want):
        logs = met if epoch == want - 1 else other
        begin(epoch, {})
        batch(0, logs)
        end(epoch, logs)
    expect.that(
        bool(training.model.remote.stop_training),
        f"In a long training the condition is first met in epoch {want}, and yours goes on. Does "
        "it look at the number of the epoch?",
        given={"logs of that epoch": met},
    )
    callback.on_train_end({})
    same(stopped_epoch(callback), want, f"stopped_epoch should be {want}.", given={})


# made-up logs


def falling(rng: np.random.Generator, threshold: float, first: int, length: int) -> list[float]:
    """Losses of which the first below the threshold is in epoch ``first``; they also rise.

    After it come one above, one below, which is the smallest, and others below.
    """
    losses = threshold + rng.uniform(0.02, 0.3, length)
    for below in (slice(first - 1, first), slice(first + 1, None)):
        losses[below] = threshold - rng.uniform(0.02, 0.06, len(losses[below]))
    losses[first + 1 : first + 2] -= 0.06
    return [round(float(loss), 4) for loss in losses]


def story(losses: list[float], threshold: float) -> list[Logs]:
    """Logs with these losses, and with other entries that are beyond the threshold elsewhere.

    The accuracies are above the threshold from epoch 2 on, val_loss below it from epoch 3 on.
    """
    low, high = round(threshold / 2, 4), round(threshold + 0.1, 4)
    return [
        {
            "accuracy": low if epoch < 2 else 0.99,
            "loss": loss,
            "val_accuracy": low if epoch < 2 else 0.98,
            "val_loss": high if epoch < 3 else low,
        }
        for epoch, loss in enumerate(losses, start=1)
    ]


def drawn(rng: np.random.Generator, low: float, high: float) -> float:
    """A number with three decimals."""
    return round(float(rng.uniform(low, high)), 3)


A_LITTLE = 2.0**-24  # less than a ten-millionth, and float32 holds what it is taken from
ZERO = (
    "A loss of 0.0 is a loss like others, and it is below the threshold. `if loss` takes 0.0 for a "
    "missing one."
)
NO_LIMIT = "A threshold of 0.0 is a threshold too, not a missing one. A loss may be below it."
NEGATIVE = "A loss may be negative, and then it is below the threshold."


@pytest.mark.points(3)
@pytest.mark.concept("callbacks")
@pytest.mark.hint(
    'Keras calls on_epoch_end(epoch, logs) after each epoch. What is logs["loss"] there?',
    "self.model.stop_training = True ends the training; epoch counts from 0, stopped_epoch from 1.",
)
def test_stops_at_first_epoch_below(learner, rng):
    """StopAtLoss stops after the first epoch whose loss is below the threshold"""
    middle, late = int(rng.integers(5, 7)), int(rng.integers(5, 8))
    for first, length, threshold in (
        (middle, middle + 3, drawn(rng, 0.2, 0.3)),
        (1, 4, drawn(rng, 0.25, 0.75)),
        (late, late, drawn(rng, 0.5, 0.75)),
        (int(rng.integers(17, 22)), 24, drawn(rng, 1.2, 1.9)),  # a loss may be above 1
    ):
        losses = falling(rng, threshold, first, length)
        otherwise = {
            f"Yours stopped after epoch {first + 1}, one too late: the loss of epoch {first} was "
            "below the threshold already.": first + 1
        }
        if (
            length > first > 1 and threshold < 0.4
        ):  # the first below the default threshold is another one
            losses[: first - 1] = [*rng.uniform(0.45, 0.8, first - 2).round(4).tolist(), 0.39]
        if first > 1:
            otherwise |= {
                "Yours stopped in the first epoch, at a loss ABOVE the threshold. Compare the "
                "other way: loss < self.threshold.": 1,
                Diagnosis(
                    "Yours stopped after epoch 2, where the ACCURACY rose above the threshold. "
                    'Look at logs["loss"]; loss and accuracy are different measures.',
                    hint="Print logs in on_epoch_end once. Which of its numbers should become "
                    "small in a training, and which large?",
                ): 2,
                "Yours stopped after epoch 3, where val_loss fell below the threshold. Look at "
                'logs["loss"].': 3,
                f"Yours stopped at a loss of {losses[first - 2]:g}, though the threshold was "
                f"{threshold:g}. Do you compare with self.threshold?": first - 1,
                f"Yours waited for a second epoch below the threshold, and stopped after epoch "
                f"{first + 2}. The first one counts.": first + 2,
                f"Yours waited for two epochs below the threshold in a row, and stopped after "
                f"epoch {first + 3}. The first one counts.": first + 3,
            }
        stops(
            learner,
            learner.StopAtLoss,
            (threshold,),
            story(losses, threshold),
            first,
            otherwise=otherwise,
            given={"threshold": threshold, "losses": losses},
        )
    large = float(rng.integers(20, 60))
    for threshold, losses, want, says, wrong in (
        (0.4, [0.7, 0.0, 0.1], 2, ZERO, 3),
        (0.4, [0.7, -0.9, 0.1], 2, NEGATIVE, 3),
        (-1.0, [0.7, -0.5, -1.5, 0.7], 3, "A loss of -0.5 is not below a threshold of -1.0.", 2),
        (large, [large + 2, large - 2, 0.1], 2, "A threshold may be large, and so may a loss.", 3),
    ):
        stops(
            learner,
            learner.StopAtLoss,
            (threshold,),
            [{"accuracy": 0.5, "loss": loss} for loss in losses],
            want,
            otherwise={says: wrong},
            given={"threshold": threshold, "losses": losses},
        )
    above, met = ({"accuracy": 0.5, "loss": loss} for loss in (0.31, 0.29))
    stops_late(learner, learner.StopAtLoss, 0.3, above, met, rng)


@pytest.mark.points(1)
@pytest.mark.needs("stops_at_first_epoch_below")
@pytest.mark.concept("callbacks")
@pytest.mark.hint("A parameter gets a default in the def line: threshold: float = 0.4")
def test_default_threshold_is_0_4(learner, rng):
    """Without an argument the threshold is 0.4"""
    distances = [*rng.uniform(0.02, 0.5, 2), *(rng.uniform(0.006, 0.009, 2) * [1, -1]), -0.35]
    losses = [round(0.4 + float(d), 4) for d in distances]
    otherwise = {
        "Your default threshold is not 0.4: training stopped at a loss of "
        f"{losses[n - 1]}, and epoch 4 is the first below 0.4.": n
        for n in (1, 2, 3, 5)
    }
    try:
        stops(
            learner,
            learner.StopAtLoss,
            (),
            story(losses, 0.4),
            4,
            otherwise=otherwise,
            given={"losses": losses},
        )
    except SubmissionError as error:
        if error.type != "TypeError" or "threshold" not in error.message:
            raise
        expect.fail(
            "StopAtLoss() without an argument should use 0.4. Give the parameter a default: "
            "threshold: float = 0.4.",
            got=error.message,
        )


@pytest.mark.points(1)
@pytest.mark.needs("stops_at_first_epoch_below")
@pytest.mark.concept("callbacks")
@pytest.mark.hint(
    "Is 0.5 below 0.5? And do you compare the loss itself, or a rounded one? Compare < with <=."
)
def test_equal_is_not_below(learner, rng):
    """A loss equal to the threshold does not stop the training"""
    # float32 holds these thresholds exactly, and so do two decimals
    for threshold in rng.permutation([0.25, 0.5, 0.75])[:2].tolist():
        below = threshold - A_LITTLE
        losses = [threshold + 0.25, threshold, threshold + 0.125, threshold, below, 0.05]
        stops(
            learner,
            learner.StopAtLoss,
            (threshold,),
            story(losses, threshold),
            5,
            otherwise={
                Diagnosis(
                    f"A loss EQUAL to the threshold ({threshold:g}) is not below it: <, not <=.",
                    hint=f"Put {threshold:g} into your condition, once for the loss and once for "
                    "the threshold. Is the result True? It should be False.",
                ): 2,
                f"A loss of {below:.8f} is below {threshold:g}. Compare the loss itself: no "
                "rounding, no tolerance.": 6,
            },
            given={"threshold": threshold, "losses": losses},
        )


@pytest.mark.points(1)
@pytest.mark.needs("stops_at_first_epoch_below")
@pytest.mark.concept("callbacks")
@pytest.mark.hint("What does your callback do in an epoch whose loss is above the threshold?")
def test_never_below_never_stops(learner, rng):
    """A loss that never falls below the threshold never stops the training"""
    threshold = drawn(rng, 0.1, 0.5)
    losses = falling(rng, threshold, 2, 3)
    logs, given = story(losses, threshold), {"threshold": threshold, "losses": losses}
    stops(learner, learner.StopAtLoss, (threshold,), logs, 2, given=given)
    for epochs in (int(rng.integers(5, 9)), 1):
        losses = [round(threshold + float(v), 4) for v in rng.uniform(0.002, 0.4, epochs)]
        logs, given = story(losses, threshold), {"threshold": threshold, "losses": losses}
        reason = f"The loss never fell below {threshold:g}"
        goes_on(learner, learner.StopAtLoss, (threshold,), logs, reason, given=given)
    losses = [0.3, 0.1, 0.02]
    logs, given = story(losses, 0.0), {"threshold": 0.0, "losses": losses}
    reason = "The loss never fell below 0.0, which is a threshold too, not a missing one"
    goes_on(learner, learner.StopAtLoss, (0.0,), logs, reason, given=given)
    leaves_alone(made(learner.StopAtLoss, 0.0), "loss never falls below the threshold")


def leaves_alone(callback: Remote, never: str) -> None:
    """State that a callback which nothing lets stop changes nothing of a very long training."""
    expect.that(
        not played.disturbs(callback),
        f"A training of {played.EPOCHS:,} epochs was played to your callback, with a model of "
        f"Keras's. Its {never}, and yet your callback ended the training, or changed what the "
        "model learns.",
    )


@pytest.mark.points(2)
@pytest.mark.needs("stops_at_first_epoch_below")
@pytest.mark.concept("honest messages")
@pytest.mark.hint(
    "Which number made the callback stop? That is the one to print.",
    'An f-string does it: print(f"loss {loss:.4f} reached").',
)
def test_message_tells_the_truth(learner, rng):
    """When it stops, StopAtLoss prints the loss that was reached"""
    usual = rng.integers(2, 5, 2)
    # a loss may also be nearly 0, or above 1
    for metrics, tenths in zip((True, False) * 2, (*usual, 0, rng.integers(12, 19)), strict=True):
        # to two decimals it has two decimals
        reached = round(int(tenths) / 10 + float(rng.uniform(0.025, 0.075)), 4)
        threshold = drawn(rng, reached + 0.03, reached + 0.12)
        losses = [*(threshold + rng.uniform(0.04, 0.2, 2)).round(4).tolist(), reached]
        accuracies = [0.55, 0.63, round(float(rng.uniform(0.7, 0.95)), 4)]
        logs = [{"loss": loss} for loss in losses]
        if metrics:
            logs = [{"accuracy": a, "loss": n} for a, n in zip(accuracies, losses, strict=True)]
        given = {"threshold": threshold, "logs of the last epoch": logs[-1]}
        first, *_, text = stops(learner, learner.StopAtLoss, (threshold,), logs, 3, given=given)
        expect.that(
            bool(text.strip()),
            f"Training stopped, and nothing was printed. Print the loss it reached: {reached}.",
            given=given,
        )
        said = f"You printed {' '.join(text.split())[:120]!r}. "
        measured = [accuracies[-1]] if metrics else []
        for what, number in misnamed(text, reached):
            expect.fail(
                f'{said}It calls {number} {what}, but this number is logs["loss"]. Call it the '
                "loss.",
                given=given,
            )
        for claim in accuracy_claims(text):
            expect.that(
                any(agrees(claim, value) for value in measured),
                f"{said}It claims an accuracy of {claim}; "
                + (f"it was {accuracies[-1]}. " if metrics else "the logs hold none. ")
                + "Your condition looks at the LOSS, so print the loss.",
                given=given,
            )
        for claim in re.findall(PERCENTAGE, text):
            expect.that(
                any(agrees(claim, v) for v in (*measured, 1.0, 1 - reached / threshold)),
                f"{said}It claims {claim}, which nobody measured. A loss is not a percentage.",
                given=given,
            )
        numbers = re.findall(DECIMAL, text)
        known = (*losses, *accuracies, threshold, threshold - reached)
        strange = {n for n in numbers if not any(agrees(n, v) or agrees(n, 100 * v) for v in known)}
        expect.that(
            len(strange) <= 2,
            f"{said}Several of these numbers are neither in the logs nor the threshold. Print the "
            "loss it reached, not many numbers of which one fits.",
            given=given,
        )
        if not any(agrees(number, reached) for number in numbers):
            instead = {
                f"That is the threshold, known before; it reached a loss of {reached}.": threshold,
                f"That is the loss of the epoch before; it reached {reached}.": losses[-2],
                f"That is the accuracy; the LOSS it reached is {reached}.": accuracies[-1],
            }
            why = [w for w, v in instead.items() if any(agrees(n, v) for n in numbers)]
            why.append(f"Print the loss it reached, {reached}, with two decimals at least.")
            expect.fail(said + why[0], given=given)
        expect.that(
            without_numbers(text) != without_numbers(first),
            f"{said}The same comes after every epoch, also after those that do not stop. Print it "
            "only when the threshold has been reached.",
            given=given,
        )


DECIMAL = r"\d*\.\d\d+(?:[eE][-+]?\d+)?"
PERCENTAGE = r"\d+(?:\.\d+)?\s?(?:%|percent|per cent)"


def agrees(number: str, value: float) -> bool:
    """Whether a printed number, perhaps a percentage, is a value; it may be rounded or cut."""
    digits, percent = re.match(r"([\d.eE+-]+)(.*)", number).groups()
    places = len(re.split("[eE]", digits)[0].partition(".")[2])
    difference = float(digits) - (100 * value if percent else value)
    return abs(difference) < 1.001 * 10.0 ** -min(places, 3)


NUMBER, LOSS = rf"({PERCENTAGE}|\d*\.\d+)", r"(?:loss|损失值?)"
ACCURACY = r"(?:acc(?:uracy)?\b|准确率|精度)"
BOTH = rf"{LOSS}\s*(?:[/&+和与]|and)\s*{ACCURACY}"  # their numbers come together as well
TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# up to a number that a name may belong to: a few words, and none that says otherwise
WORDS = (
    r"(?:(?!loss|损失|\bnot?\b|n't|none|unknown|without|threshold|limit|target|epoch|stop|不|未|无)"
    r"[^\d.,;!?，。；！？]){0,25}"
)
MISNAMED = {
    "an accuracy": ACCURACY,
    "an error rate": "error[ _]rate|错误率",
    "a validation loss": "val(?:idation)?[ _]loss|验证损失",
}


def accuracy_claims(text: str) -> list[str]:
    """The numbers that a message calls an accuracy, such as "60%" in "Reached 60% accuracy"."""
    verb = r"[^\w!?;！？；]*(?:(?:is|was|of|at|to)\W+|达到|为|是)?"
    claims, text = [], re.sub(BOTH, "loss", text.lower())
    for n, word in enumerate(TENS, start=1):
        text = re.sub(rf"\b{word}\s+per\s?cent", f"{10 * n}%", text)
    for line in text.splitlines():
        line = re.sub(f"{LOSS}{verb}{NUMBER}", "loss", line)
        after = re.findall(f"{ACCURACY}{verb}{NUMBER}", line)
        claims += after or re.findall(rf"{NUMBER}\s+(?:training |train )?{ACCURACY}", line)
    return claims


def misnamed(text: str, loss: float) -> list[tuple[str, str]]:
    """What a message calls the loss that it is not, and the number that it prints there."""
    text = re.sub(
        r"([:：=])\s+", r"\1 ", re.sub(BOTH, "loss", text.lower())
    )  # the number may be on the next line
    return [
        (what, number)
        for what, name in MISNAMED.items()
        for line in text.splitlines()
        for number in re.findall(f"(?:{name}){WORDS}{NUMBER}", line)
        if agrees(number, loss)
    ]


def without_numbers(text: str) -> str:
    return " ".join(re.sub(r"[\d.]+", "", text).split())


@pytest.mark.points(2)
@pytest.mark.concept("callbacks")
@pytest.mark.hint(
    'The entry is logs["accuracy"]. Print sorted(logs) once to see what there is.',
    "The target is reached when the accuracy is the target or more: >=.",
)
def test_accuracy_target(learner, rng):
    """StopAtAccuracy stops after the first epoch whose accuracy is the target or more"""
    half, more = rng.permutation([0.5, 0.75]).tolist()  # float32 holds them, and two decimals do
    for first, target in (
        (int(rng.integers(5, 8)), half),
        (1, more),
        (None, drawn(rng, 0.55, 0.9)),
    ):
        length = first + 2 if first else 7
        accuracies = [round(target - float(v), 4) for v in rng.uniform(0.01, 0.4, length)]
        if first != 1:
            accuracies[1] = 0.0
            accuracies[3] = target - A_LITTLE
        if first is not None:
            accuracies[first - 1 :] = [target, target - 0.1] * 2 + [target + 0.01, target + 0.02]
        logs = [
            {
                "accuracy": accuracy,
                "loss": 0.01 if epoch > 1 else 2.5,
                "val_accuracy": 0.99 if epoch > 2 else 0.1,
                "val_loss": 0.02 if epoch > 1 else 2.4,
            }
            for epoch, accuracy in enumerate(accuracies, start=1)
        ]
        given = {"target": target, "accuracies": accuracies}
        if first is None:
            reason = f"The accuracy never reached {target:g}"
            goes_on(learner, learner.StopAtAccuracy, (target,), logs, reason, given=given)
            continue
        otherwise = {
            f"An accuracy EQUAL to the target ({target:g}) reaches it: >=, not >.": first + 4,
            "Yours waited for a second epoch that reaches the target. The first one counts.": (
                first + 2
            ),
            "Yours waited for two epochs in a row that reach the target. The first one counts.": (
                first + 5
            ),
        }
        if first > 1:
            otherwise |= {
                "Yours stopped after epoch 3, where val_accuracy reached the target. Look at "
                'logs["accuracy"].': 3,
                "Yours stopped after epoch 2, where the LOSS fell below the target. Look at "
                'logs["accuracy"], which has to rise.': 2,
                f"An accuracy of {accuracies[3]:.8f} is below the target of {target:g}. Compare "
                "the accuracy itself: no rounding, no tolerance.": 4,
                f"Yours stopped at an accuracy of {accuracies[0]:g}, below the target of "
                f"{target:g}. Both are shares between 0 and 1, and it must be LARGE enough.": 1,
            }
        stops(
            learner,
            learner.StopAtAccuracy,
            (target,),
            logs,
            first,
            otherwise=otherwise,
            given=given,
        )
    logs = [{"accuracy": accuracy, "loss": 0.5} for accuracy in (0.3, 1.0, 1.0)]
    try:
        learner.StopAtAccuracy(0.0)
    except SubmissionError as error:
        if error.type != "ValueError":  # it may refuse a target that means nothing
            raise
    else:
        stops(
            learner,
            learner.StopAtAccuracy,
            (0.0,),
            logs,
            1,
            otherwise={"A target of 0.0 is a target too, not a missing one.": 2},
            given={"target": 0.0, "accuracies": [0.3, 1.0, 1.0]},
        )
    below, met = ({"accuracy": accuracy, "loss": 0.5} for accuracy in (0.79, 0.81))
    stops_late(learner, learner.StopAtAccuracy, 0.8, below, met, rng)
    leaves_alone(made(learner.StopAtAccuracy, 1.0), "accuracy never reaches the target")
    expect.that(
        played.disturbs(made(learner.StopAtAccuracy, 0.9)),
        "A training was played to your callback, with a model of Keras's. Its accuracy reaches the "
        "target, and yet the training went on.",
    )


@pytest.mark.points(2)
@pytest.mark.needs("accuracy_target")
@pytest.mark.concept("logs")
@pytest.mark.hint(
    'What do logs hold when the model was compiled without metrics=["accuracy"]?',
    'Test "accuracy" not in logs, and raise ValueError("...") with a message that helps.',
)
def test_missing_metric_explained(learner, rng):
    """Without an accuracy in the logs, StopAtAccuracy raises a ValueError that names it"""
    loss = round(float(rng.uniform(0.1, 0.9)), 4)
    for first, more in (
        (0, {}),
        (0, {"val_loss": 0.5}),
        (5, {"mae": 0.3, "val_loss": 0.5}),  # fit has an argument initial_epoch
        (0, {"acc": 0.95}),
        (0, {"sparse_top_k_categorical_accuracy": 0.95, "val_loss": 0.5}),
    ):
        logs = {"loss": loss, **more}
        given = {"logs": logs}
        callback = made(learner.StopAtAccuracy, float(rng.uniform(0.5, 0.9)))
        model = StandIn("<model>", {"stop_training": False})
        callback.set_model(model)
        callback.set_params({"verbose": 0, "epochs": 3, "steps": 2})
        callback.on_train_begin({})
        callback.on_epoch_begin(first, {})
        try:
            returned = callback.on_epoch_end(first, dict(logs))
            text = printed(learner)
        except SubmissionError as error:
            if error.type == "NotImplementedError":
                raise
            raised = error
        else:
            what = "says nothing: training would run to its last epoch without a word"
            if isinstance(returned, Remote) and "Exception" in returned.remote_bases:
                what = "returns an error instead of raising it, so nobody notices it"
            elif model.remote.stop_training:
                what = "ends the training, as if the target had been reached"
            elif text.strip():
                what = "only prints, so training would run to its last epoch"
            expect.fail(
                f'The logs hold no entry "accuracy", and your callback {what}. Raise a ValueError '
                'that names the accuracy: raise ValueError("...").',
                given=given,
            )
        if "ValueError" not in (raised.type, *raised.bases):
            why = {
                "KeyError": "the lookup itself failed",
                "TypeError": "only an error can be raised, not a string"
                if "BaseException" in raised.message
                else "None was compared with a number",
            }.get(raised.type, "that is another error")
            expect.fail(
                f'The logs hold no entry "accuracy", and your callback ends with {raised.type} '
                f'({raised.message[:80]}): {why}. Test "accuracy" not in logs first, and raise a '
                "ValueError that says what is missing.",
                given=given,
            )
        expect.that(
            re.search("accuracy|准确率|精度", raised.message.lower()) is not None,
            "The ValueError is right; its message should name what is missing: the accuracy.",
            got=raised.message,
            given=given,
        )


@pytest.mark.points(1)
@pytest.mark.needs("stops_at_first_epoch_below", "accuracy_target")
@pytest.mark.concept("logs")
@pytest.mark.hint("Which line of yours writes to logs? .pop() and logs[...] = do.")
def test_logs_untouched(learner, rng):
    """The callbacks leave the logs as they are"""
    for function in (learner.StopAtLoss, learner.StopAtAccuracy):
        threshold = drawn(rng, 0.4, 0.6)
        logs = [
            {"accuracy": threshold + change, "loss": threshold - change, "val_loss": 0.5}
            for change in (-0.2, -0.1, 0.1)
        ]
        training = train(learner, made(function, threshold), logs)
        same(training.stopped, 3, "Training should have stopped after epoch 3.")
        expect.that(
            not training.changed,
            f"{function.__name__} changed logs. The same dictionary goes into the history, and to "
            "the callbacks after yours.",
        )


@pytest.mark.points(2)
@pytest.mark.concept("history")
@pytest.mark.hint(
    "Go through the losses one by one. When do you know the answer, and when only at the end?",
    "enumerate(losses, start=1) counts epochs as people do.",
)
def test_epochs_until(learner, rng):
    """epochs_until counts the epochs until the loss is below the threshold"""
    half = float(rng.choice([0.5, 0.75]))  # float32 holds it, and two decimals do
    first = int(rng.choice([4, 7, 8]))
    # each mistake finds another epoch: five are below, and many above, before and after them
    middle = (half + rng.uniform(0.02, 0.4, first + 11)).round(4).tolist()
    middle[1] = half
    middle[first - 1] = half - A_LITTLE
    middle[first + 2 : first + 6] = [half - 0.05, 0.38, 0.2, 0.42]
    other = drawn(rng, 0.2, 0.35)
    above = [round(other + float(v), 4) for v in rng.uniform(0.01, 0.4, 6)]
    below = [round(other - float(v), 4) for v in rng.uniform(0.01, 0.15, 3)]
    cases = [
        (middle, half, first),
        ([0.9, 0.5, 0.3, 0.2], 0.4, 3),
        (above, other, None),
        (below + above, other, 1),
        (above + below[:1], other, 7),
        (below[:1], other, 1),
        (above[:1], other, None),
        ([2.2, 1.9, 1.4, 1.2, 0.9], 1.5, 3),  # a loss may be above 1
        ([round(100 * v, 2) for v in above + below], round(100 * other, 1), 7),
        (above * 85 + below, other, 511),  # more than any round number
        ([0.7, -0.9, 0.1, 0.2, 0.3], 0.4, 2),
        ([0.9, 0.7, 0.0, 0.1, 0.2, 0.9, 0.9], 0.4, 3),
        ([0.5, 0.3, -0.5, -2.0, 0.2], 0.0, 3),
        ([0.5, 0.1], 0.0, None),
        ([0.5, -0.5, -2.0, -3.0, 0.2], -1.0, 3),
        ([half] * 3, half, None),
        ([], half, None),
        (np.array([]), half, None),
        (np.array(middle), half, first),
        (np.array(above), other, None),
        (middle, half, first),
    ]
    for losses, threshold, want in cases:
        values = [float(v) for v in losses]
        given = {"losses": losses, "threshold": threshold}
        why = "No loss is below the threshold"
        why += " (there is none at all)" if not values else ""
        why += ", and an equal one is not below it" if threshold in values else ""
        try:
            got = expect.unchanged(learner.epochs_until, losses, threshold)
        except SubmissionError as error:
            if isinstance(losses, np.ndarray) and error.type in ("AttributeError", "ValueError"):
                expect.fail(
                    f"For a list epochs_until works, for an array it raises {error.type}: "
                    f"{error.message[:100]}. Both may come: a for loop, len and "
                    "np.array work with both.",
                    given=given,
                )
            if want is not None or error.type == "NotImplementedError":
                raise
            expect.fail(
                f"{why}, and epochs_until raised {error.type}. The answer is None.", given=given
            )
        if want is None:
            same(got, None, f"{why}: the answer is None.", given=given)
            continue
        same(
            got,
            want,
            f"The first loss below the threshold is that of epoch {want}.",
            otherwise=({NO_LIMIT: got} if threshold == 0 else {})
            | {
                f"Epochs count from 1, positions from 0: the first loss below is that of epoch "
                f"{want}.": want - 1,
                "A loss EQUAL to the threshold is not below it.": (
                    values.index(threshold) + 1 if threshold in values else -1
                ),
                ZERO: next((n for n, v in enumerate(values, start=1) if v and v < threshold), 0),
                NEGATIVE: next((n for n, v in enumerate(values, start=1) if 0 <= v < threshold), 0)
                if min(values) < 0
                else -1,
                "This is the number of losses below the threshold. Which epoch was the first?": sum(
                    v < threshold for v in values
                ),
                "This is the epoch with the smallest loss. Return the FIRST epoch below the "
                "threshold.": int(np.argmin(values)) + 1,
                "This is the last epoch below the threshold. Return the FIRST one.": max(
                    n for n, v in enumerate(values, start=1) if v < threshold
                ),
                "This is the epoch of the first loss below 0.4. Use the argument threshold.": next(
                    (n for n, v in enumerate(values, start=1) if v < 0.4), 0
                ),
                f"A loss of {values[want - 1]:.8f} is below {threshold:g}. Compare the loss "
                "itself: no rounding, no tolerance.": next(
                    (n for n, v in enumerate(values, start=1) if v < threshold - 2e-6), 0
                ),
                "You counted the losses that are not below. A loss may rise again. Return the "
                "epoch of the FIRST one below.": 1 + sum(v >= threshold for v in values),
                "This is the number of all epochs. In which one was the loss below the threshold "
                "for the first time?": len(values),
                "This is the loss itself. Return the number of its epoch.": values[want - 1],
                f"The loss of epoch {want} is below the threshold, and the answer was None. Did "
                "you forget `return`, or does an else end the search at the first loss?": None,
            },
            given=given,
        )


class FakeFit:
    """A model whose fit trains nothing: it looks at its arguments and plays a training.

    Args:
        stop: the epoch after which the callback ends the training; None if it never does.
        epochs: the largest number of epochs.
        images: how many there are; a few without it.
        early: whether the callback's stopped_epoch is that of Keras's EarlyStopping.

    With an ``error``, fit raises it as a ValueError.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        stop: int | None,
        epochs: int,
        images: int = 0,
        *,
        early: bool = False,
    ) -> None:
        self.stop, self.epochs, self.calls = stop, epochs, 0
        self.call: dict[str, Any] = {}
        self.error = ""
        self.ran = stop or epochs
        self.losses = [round(float(v), 4) for v in rng.uniform(0.1, 0.9, self.ran)]
        if self.ran > 3:
            self.losses[-1] = self.losses[1]  # the same loss again
        n = images or int(rng.integers(30, 40))
        self.x, self.y = rng.random((n, 2, 2)), rng.integers(0, 3, n)
        self.y += 1000 if images else 0  # which no byte holds
        self.model = played.made_up("<model>", {"fit": self.fit})
        says = (stop or 1) - 1 if early else stop
        self.callback = StandIn("<callback>", {"stopped_epoch": says})
        self.given = {"max_epochs": epochs, "the callback stops after epoch": stop}

    def fit(self, *args: Any, **kwargs: Any) -> StandIn:
        """``Model.fit``."""
        call = played.bound(*args, **kwargs)
        played.left_alone(self.model)
        x, y, epochs, callbacks = (call[name] for name in ("x", "y", "epochs", "callbacks"))
        self.call = call
        self.calls += 1
        expect.that(
            self.calls == 1,
            "You called fit more than once. One call with epochs=max_epochs is enough: the "
            "callback ends it.",
            given=self.given,
        )
        played.epochs_by_name(call, self.epochs)
        passed = [np.array_equal(a, b) for a, b in ((x, self.x), (y, self.y))]
        expect.that(all(passed), "Pass x and y to fit as they are, in this order.", got=(x, y))
        same(
            epochs,
            self.epochs,
            f"You called fit with {epochs} epochs; max_epochs is {self.epochs}.",
            otherwise={
                "You trained for 1 epoch. Pass epochs=max_epochs in one call; the callback stops "
                "it earlier if its condition is met.": 1
            },
            given=self.given,
        )
        given = callbacks if isinstance(callbacks, list | tuple) else [callbacks]
        times = sum(c is self.callback.remote for c in given)
        expect.that(
            times > 0,
            "fit did not get the callback: pass callbacks=[callback].",
            given=self.given,
        )
        expect.that(
            times < 2,
            f"fit got the callback {times} times, so Keras would call each of its methods {times} "
            "times. Pass callbacks=[callback].",
            given=self.given,
        )
        played.plain_but_for(call, "callbacks")
        if self.error:
            raise Raised("ValueError", self.error)
        others = [c for c in given if c is not self.callback.remote]
        story = [{"loss": loss} for loss in self.losses]
        stopped = self.stop is not None
        played.to_callbacks(others, self.model, story, self.epochs, stopped=stopped)
        # one key only: a count of keys is 1
        return played.history(self.model, {"loss": self.losses}, self.epochs)


def needless(error: SubmissionError) -> str | None:
    """What an exception in train_until tells of it, if it is a typical one."""
    for name in ("threshold", "target"):
        if error.type == "AttributeError" and f"attribute '{name}'" in error.message:
            return (
                f"train_until reads the callback's {name}. Other callbacks don't have one. Pass "
                "the callback to fit unchanged."
            )
    if error.type == "AttributeError" and "attribute 'compile'" in error.message:
        return "The model is compiled already. Only train it."
    if error.type == "TypeError" and re.match(r"(train_until|<lambda>)\(\)", error.message):
        return (
            "train_until(model, x, y, callback, max_epochs=10), as the last line of the file calls "
            f"it, raises TypeError: {error.message}. Keep the names of the parameters."
        )
    if error.type == "KeyError" and "accuracy" in error.message:
        return (
            f"You look up {error.message} in the history. A model that was compiled without "
            'metrics has "loss" only.'
        )
    return None


EARLY = (
    "One epoch is missing. This callback's stopped_epoch counts from 0, as that of Keras's "
    "EarlyStopping does. Ask the history, which has one loss per epoch for every callback."
)


@pytest.mark.points(2)
@pytest.mark.concept("history")
@pytest.mark.hint(
    "One call of fit trains, is ended by the callback, and returns a history. How many losses does "
    "it hold?",
    "history = model.fit(..., callbacks=[callback]); then look into history.history.",
)
@pytest.mark.timeout(60)  # thousands of batches are played to a callback of the learner's
def test_train_until_counts(learner, rng):
    """train_until trains with the callback and returns how many epochs were run"""
    epochs = int(rng.integers(7, 10))
    stop = int(rng.integers(4, epochs - 1))
    ran = 0
    # in the fourth more epochs and images than any round number at which a file may cut them off
    late, many = int(rng.integers(1001, 1100)), int(rng.integers(60_001, 60_999))
    for when, most, images, early in (
        (stop, epochs, 0, False),
        (None, epochs - 2, 0, False),
        (1, 3, 0, False),
        (late, late + 90, many, False),
        (None, 1, 0, False),
        (stop, epochs, 0, False),
        (stop, epochs, 0, True),
    ):
        fake = FakeFit(rng, when, most, images, early=early)
        arguments = (fake.model, fake.x, fake.y, fake.callback)
        try:
            got = expect.unchanged(learner.train_until, *arguments, max_epochs=most)
        except SubmissionError as error:
            if reason := needless(error):
                expect.fail(reason, given=fake.given)
            raise
        expect.that(fake.calls == 1, "model.fit was not called, so nothing was trained.")
        if images or when is None:  # it takes a while; what has stopped can't be stopped again
            played.callbacks_only_watch(fake.call, fake.callback.remote, model=fake.model)
        ran += fake.ran
        if isinstance(got, Remote):
            says = "You returned the history itself. How many epochs does it hold?"
            if got.remote_type not in ("History", "StandIn"):
                says = f"Return a plain whole number, not an object of type {got.remote_type}."
            expect.fail(says, got=got)
        same(
            got,
            fake.ran,
            f"{fake.ran} epochs were run; you returned another number.",
            otherwise=({EARLY: fake.ran - 1} if early else {})
            | {
                f"You returned {most}, the most epochs allowed, but {fake.ran} were run. The "
                "history that fit returns has one loss per epoch.": most,
                "This is the position of the last epoch, counted from 0. Count the epochs.": (
                    fake.ran - 1
                ),
                f"One too many: {fake.ran} epochs were run.": fake.ran + 1,
                "You looked for the last loss among the losses, and an epoch before had the same "
                "one. How many losses are there?": fake.losses.index(fake.losses[-1]) + 1,
                "You counted the entries of the history, which is a dict: one, the losses. How "
                "many losses does it hold?": 1,
                "You went on counting where the last call had ended. Each training begins at 0.": (
                    ran
                ),
                "You returned the losses. How many are there?": fake.losses,
                "You returned the history's dictionary. How many losses does it hold?": {
                    "loss": fake.losses
                },
                "You returned the positions of the epochs. How many are there?": list(
                    range(fake.ran)
                ),
                "You returned the last loss. How many epochs were run?": fake.losses[-1],
                "You returned the number of images. How many epochs were run?": len(fake.x),
                "train_until returned None. Did you forget `return`?"
                if when
                else "The callback never stopped, so all epochs were run; you returned None. Ask "
                "the history, not the callback.": None,
            },
            given=fake.given,
        )
    fake = FakeFit(rng, None, 3)
    fake.error = "the logs hold no accuracy"
    try:
        got = learner.train_until(fake.model, fake.x, fake.y, fake.callback, 3)
    except SubmissionError as error:
        if "ValueError" not in (error.type, *error.bases) and fake.error not in error.message:
            raise
    else:
        expect.fail(
            "fit raised a ValueError, because the logs hold no accuracy; your code hid it. Leave "
            "out the try, so that the caller sees the error.",
            got=got,
        )


def is_same(thing: Any, callback: Remote) -> bool:
    """Whether these are one object of the learner's."""
    return isinstance(thing, Remote) and thing.remote_number == callback.remote_number


@pytest.mark.points(2)
@pytest.mark.needs(
    "stops_at_first_epoch_below", "never_below_never_stops", "logs_untouched", "train_until_counts"
)
@pytest.mark.timeout(60)
@pytest.mark.tensorflow
@pytest.mark.concept("callbacks")
@pytest.mark.hint("Which method of yours does a real fit call, and what does fit return?")
def test_works_in_real_fit(learner, bench, rng):
    """In a real fit, the callback ends the training and train_until counts its epochs"""
    centers = rng.random((3, 8, 8))
    y = rng.permutation(np.arange(64) % 3)
    x = (centers[y] + rng.normal(0, 0.3, (64, 8, 8))).astype(np.float32)
    adam = {"class_name": "Adam", "config": {"learning_rate": 0.01}}
    seed, most = int(rng.integers(2**31)), 5  # two steps in each epoch
    calls: list[dict[str, Any]] = []

    def note(*args: Any, **kwargs: Any) -> None:
        call = played.bound(*args, **kwargs)
        played.plain_but_for(call, "callbacks")
        if not calls:
            played.as_compiled(real)
        calls.append(call)

    def model(**watched: Any) -> KerasModel:
        return KerasModel(
            [flatten(), dense(16, "relu"), dense(3, "softmax")],
            input_shape=(8, 8),
            compiled={
                "optimizer": adam,
                "loss": "sparse_categorical_crossentropy",
                "metrics": ["accuracy"],
                "run_eagerly": True,  # so few steps are made before a graph would be traced
            },
            seed=seed,
            watched=watched,
        )

    losses = bench.model(model()).fit(x, y, epochs=most)["loss"]
    middle = int(rng.integers(2, most))
    threshold = (losses[middle - 2] + losses[middle - 1]) / 2
    first = next(n for n, loss in enumerate(losses, start=1) if loss < threshold)
    # the second is of one batch, whose order does not matter, and goes on for many epochs
    long = int(rng.integers(12, 15))
    for limit, epochs, ends, n in ((threshold, most, first, 64), (0.0, long, None, 32)):
        given = {"threshold": limit, "losses": losses[:epochs], "max_epochs": epochs}
        what = f"fell below the threshold in epoch {ends}" if ends else "never fell below it"
        real, callback = model(fit=note), made(learner.StopAtLoss, limit)
        got = learner.train_until(real, x[:n], y[:n], callback, epochs)
        expect.that(bool(calls), "model.fit was not called, so nothing was trained.")
        for call in calls:
            passed = [np.array_equal(call[name], data[:n]) for name, data in (("x", x), ("y", y))]
            expect.that(all(passed), "Pass x and y to fit as they are, in this order.")
            given_to_fit = call["callbacks"]
            listed = given_to_fit if isinstance(given_to_fit, list | tuple) else [given_to_fit]
            others = [each for each in listed if not is_same(each, callback)]
            played.callbacks_only_watch(call | {"callbacks": others}, model=real)
        calls.clear()
        due, steps = ends or epochs, int(real.remote.optimizer.iterations)
        for name, want, came in (
            ("The optimizer's steps, one for each batch, were", n // 32 * due, steps),
            ("train_until returned", due, got),
            ("stopped_epoch is", ends, stopped_epoch(callback)),
        ):
            same(came, want, f"In a real fit the loss {what}. {name} {came}.", given=given)
    again = bench.model(real)
    again.fit(x[:n], y[:n], epochs=epochs)
    says = (
        f"After {epochs} epochs that no callback ends, the model has other weights than a plain "
        "fit gives. A callback of yours may only stop the training, not change it."
    )
    expect.that(again.has_weights(real.remote.get_weights()), says)


@pytest.mark.points(2)
@pytest.mark.craft
@pytest.mark.needs("stops_at_first_epoch_below", "never_below_never_stops", "accuracy_target")
@pytest.mark.concept("state")
@pytest.mark.hint(
    "Which of your variables belong to one callback (self.…), which to all of them?",
    "on_train_begin is called when a training starts: there a callback forgets the last one.",
)
def test_reusable(learner, rng):
    """Callbacks share nothing with each other, and can be used again"""
    high, low = drawn(rng, 0.7, 0.8), drawn(rng, 0.55, 0.65)
    for function, key, easy, hard, series, near in (
        (learner.StopAtLoss, "loss", high, low, (0.95, 0.68, 0.9, 0.5), 0.69),
        (learner.StopAtAccuracy, "accuracy", low, high, (0.3, 0.68, 0.4, 0.9), 0.66),
    ):
        name = function.__name__
        logs = [{"accuracy": v, "loss": v} for v in series]
        given = {f"{name}'s argument": easy, "another one's": hard, key: list(series)}
        first, second = made(function, easy), made(function, hard)
        new = f"A new {name} has stopped nothing yet: its stopped_epoch should be None."
        same(stopped_epoch(first), None, new)
        same(
            train(learner, first, logs).stopped,
            2,
            f"{name}({easy:g}) acts differently when there is a {name}({hard:g}) as well: it "
            "should stop after epoch 2. Keep the number in self, not on the class.",
            given=given,
        )
        same(
            stopped_epoch(second),
            None,
            "Two callbacks share their memory: one stopped a training, and the OTHER has a "
            "stopped_epoch. Set it on self, not on the class.",
            given=given,
        )
        same(
            train(learner, second, logs).stopped,
            4,
            f"{name}({hard:g}) acts differently after another callback has stopped a training: it "
            "should stop after epoch 4. What do they share?",
            given=given,
        )
        same(
            stopped_epoch(first),
            2,
            "Two callbacks share their memory: a training of one changed the OTHER's "
            "stopped_epoch. Set it on self, not on the class.",
            given=given,
        )
        again = train(learner, first, [logs[0], logs[2]]).stopped
        if again is not None:
            expect.fail(
                f"The same {name} was used for a second training. It ended that one after epoch "
                f"{again}, at a {key} of {logs[0 if again == 1 else 2][key]:g}, because it "
                "remembers the first training. Reset all that it keeps in on_train_begin.",
                given=given | {f"{key} then": [series[0], series[2]]},
            )
        same(
            stopped_epoch(first),
            None,
            f"The same {name} was used for a second training, which it did not stop, but "
            "stopped_epoch is still the one of the first training. Reset it in on_train_begin.",
            given=given,
        )
        enough = {"accuracy": near, "loss": near}  # but not as good as in the first training
        training = train(learner, first, [logs[0], logs[2], logs[0], enough, enough])
        third = f"The same {name} was used for a third training"
        same(
            training.stopped,
            4,
            f"{third}, which it should have stopped after epoch 4. Does it keep anything from the "
            "trainings before, a flag or a best value? Reset that in on_train_begin.",
            given=given | {f"{key} then": [series[0], series[2], series[0], near]},
        )
        same(
            stopped_epoch(first),
            4,
            f"{third} and stopped it after epoch 4; stopped_epoch is something else. If "
            "you count epochs yourself, begin again in on_train_begin.",
            given=given,
        )
        expect.that(
            key != "loss" or any(text.strip() for text in training.texts),
            f"{third} and stopped it, but this time without a word. Print the loss each time.",
            given=given,
        )


@pytest.mark.points(3)
@pytest.mark.needs(
    "stops_at_first_epoch_below", "default_threshold_is_0_4", "never_below_never_stops"
)
@pytest.mark.timeout(90)
@pytest.mark.concept("callbacks")
@pytest.mark.hint("Real losses are not round numbers. Compare the loss itself, not a rounded one.")
def test_real_garments_stop_below_0_4(learner, bench, rng):
    """Training on real garments, with 512 units, stops at the first loss below 0.4"""
    (images, labels), _ = fashion_mnist.load_data()
    model = bench.model(
        KerasModel(
            [flatten(), dense(512, "relu"), dense(10, "softmax")],
            input_shape=(28, 28),
            compiled={
                "optimizer": "adam",
                "loss": "sparse_categorical_crossentropy",
                "metrics": ["accuracy"],
                "steps_per_execution": 94,  # the same numbers, sooner
            },
            seed=int(rng.integers(2**31)),
        )
    )
    callback = made(learner.StopAtLoss)
    training = Training(learner, callback, 10)
    losses: list[float] = []

    def epoch_ended(epoch: int, logs: Logs) -> bool:
        losses.append(logs["loss"])
        return training.epoch(logs)

    model.fit((images / 255).astype(np.float32), labels, epochs=10, on_epoch_end=epoch_ended)
    training.end()
    ended = f"it ended after epoch {len(losses)} of 10, with a loss of {losses[-1]:.4f}"
    show_training({"loss": losses}, note=ended, epochs=10)
    want = next((n for n, loss in enumerate(losses, start=1) if loss < 0.4), None)
    given = {"losses": [round(loss, 4) for loss in losses]}
    what = f"Epoch {want} is the first with a loss below 0.4" if want else "No loss is below 0.4"
    yours = f"stopped after epoch {training.stopped}" if training.stopped else "never stopped"
    same(training.stopped, want, f"{what}; yours {yours}.", given=given)
    value = stopped_epoch(callback)
    same(value, want, f"{what}; stopped_epoch is {value}.", given=given)
