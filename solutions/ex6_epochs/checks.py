"""Hidden checks of exercise 6: a fit that only takes notes, made-up curves, and a real fit."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.checks import (
    Diagnosis,
    Failure,
    KerasModel,
    Remote,
    StandIn,
    SubmissionError,
    dense,
    describe,
    expect,
    flatten,
    played,
    show_training,
)

History = dict[str, list[float]]


def same(got: Any, want: Any, sentence: str, *, otherwise=None, given=None) -> None:
    """State that a plain value is right; the sentence is said of any other of the right kind."""
    expect.equal(got, want, otherwise=otherwise, message=sentence, given=given)


# a fit that only takes notes


LEFT_ALONE = (
    "shuffle",
    "class_weight",
    "sample_weight",
    "initial_epoch",
    "steps_per_epoch",
    "validation_steps",
    "validation_freq",
)


class Model:
    """A compiled model for the learner's code that trains nothing and notes how it is used.

    Attributes:
        stand_in: what to pass.
        calls: the arguments of each fit; a second one fails the check.
        of: whose calls these are: the stand-in, or a real model that is watched.
        history: what the last fit's History holds.
        compiled: whether the learner's code compiled it anew.
    """

    def __init__(self, rng: np.random.Generator, metrics: tuple[str, ...] = ("accuracy",)) -> None:
        self._rng, self._metrics = rng, metrics
        self.calls: list[dict[str, Any]] = []
        self.history: History = {}
        self.compiled = False
        self.stand_in = played.made_up(
            "<a made-up model>",
            {"fit": self._fit, "compile": self._compile, "summary": lambda *_, **__: None},
        )
        self.of: StandIn | KerasModel = self.stand_in

    def note(self, *args: Any, **kwargs: Any) -> None:
        """Note the arguments of a fit, of this model or of a real one."""
        call = played.bound(*args, **kwargs)
        expect.that(
            not self.calls,
            "You called model.fit more than once. Call it once, with epochs=epochs: it goes "
            "through all epochs and keeps one history.",
        )
        if isinstance(self.of, KerasModel):
            played.as_compiled(self.of)
        self.calls.append(call)

    def _fit(self, *args: Any, **kwargs: Any) -> StandIn:
        self.note(*args, **kwargs)
        played.left_alone(self.stand_in)
        call = self.calls[0]
        epochs = call["epochs"]
        count = int(epochs) if isinstance(epochs, int | np.integer) and 0 < epochs < 2000 else 1
        validates = call["validation_data"] is not None
        validates |= call["validation_split"] not in (None, 0)
        names = [p + n for p in ("", "val_")[: 1 + validates] for n in (*self._metrics, "loss")]
        self.history = {
            name: self._rng.uniform(0.1, 0.9, count).round(4).tolist() for name in names
        }
        noted = {"history": self.history, "epoch": list(range(count)), "params": {}}
        self.stand_in.remote.history = StandIn("<History>", noted)
        return self.stand_in.remote.history

    def _compile(self, *_: Any, **__: Any) -> None:
        self.compiled = True


def drawn_images(
    rng: np.random.Generator, n: int, shape: tuple[int, ...] = (), *, raw: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """n different images, raw ones of bytes, and labels that differ from those beside them."""
    shape = shape or [(4, 5), (3, 4, 3), (8,)][int(rng.integers(3))]
    x = rng.permutation(n * math.prod(shape)).reshape(n, *shape).astype(np.float32) / 8
    x = rng.integers(0, 256, x.shape, dtype=np.uint8) if raw else x
    return x, ((np.arange(n) * 3 + rng.integers(0, 7)) % 7).astype(rng.choice(["uint8", "int64"]))


def play(
    learner, model: Model, x, y, epochs: int, *fraction: float, before: int = 0, far: bool = False
) -> Any:
    """Let train_with_validation train a model that takes notes; returns what it returned.

    States that it called fit as it should, for which the last argument is 0.2 if it is missing.
    ``before`` counts the models that were trained before in this check, ``far`` is whether
    callbacks are played a training of a thousand epochs.
    """
    share = fraction[0] if fraction else 0.2
    images, labels = x.copy(), y.copy()
    got = error = None
    try:
        got = learner.train_with_validation(model.stand_in, x, y, epochs, *fraction)
    except SubmissionError as raised:
        error = raised
        if error.type == "NotImplementedError":
            raise
        if "missing" in error.message and "'fraction'" in error.message:
            expect.fail(
                "Called without a fraction, it should hold back 0.2. Give the parameter a "
                "default: fraction: float = 0.2.",
                got=error.message,
            )
    if error and not model.calls:
        if error.type == "AttributeError" and "<a made-up model>" in error.message:
            says = "Your code asks the model for more than is needed here: model.fit is enough."
            expect.fail(says, got=error.message)
        raise error
    given = {"images": len(x), "epochs": epochs}
    given |= {"fraction": share} if fraction else {}
    expect.that(
        bool(model.calls),
        f"Model number {before + 1} was never trained: you did not call its fit. Do you keep "
        "the first one's history?"
        if before
        else "You never called model.fit.",
    )
    judge(model, images, labels, epochs, share, given, far)
    if error:
        expect_history(error, model.history)
        raise error
    return got


def expect_history(error: SubmissionError, history: History) -> None:
    """Fail with a word on a history that was read wrongly."""
    keys = ", ".join(map(repr, sorted(history)))
    if "StandIn" in error.message:  # not subscriptable, not iterable, no len
        says = "fit returns a History object; the dict is its attribute: fit(...).history."
    elif error.type == "KeyError":
        says = (
            f"Your code looks up {error.message}, but this history holds {keys}. What it holds "
            "depends on how the model was compiled: return all of it."
        )
    elif error.type == "AttributeError" and "<History>" in error.message:
        says = "What fit returns has no such attribute; its attribute history is the dict."
    else:
        return
    expect.fail(says, got=error.message)


def judge(
    model: Model, x, y, epochs: int, fraction: float, given: dict[str, Any], far: bool = False
) -> None:
    """State that fit was called so that it holds back the fraction of the images."""
    says = "The model is already compiled. Compiling it again would throw away its settings."
    expect.that(not model.compiled, says)
    call = model.calls[0]
    played.epochs_by_name(call, epochs)
    same(
        call["epochs"],
        epochs,
        f"fit should train {epochs} epochs; you asked it for {describe.text(call['epochs'])}.",
        otherwise={
            f"fit trains one epoch unless you pass epochs={epochs}.": 1,
            "The fourth argument of fit is epochs, and you gave it the fraction. Name what you "
            "pass: epochs=epochs, validation_split=fraction.": fraction,
        },
        given=given,
    )
    played.callbacks_only_watch(call, model=model.of, epochs=played.EPOCHS if far else 30)
    for name in LEFT_ALONE:
        default = played.FIT.parameters[name].default
        says = (
            f"You gave fit the argument {name}. Leave it out: the training should be a plain one."
        )
        expect.that(isinstance(call[name], type(default)) and call[name] == default, says)
    says = f"You set the batch size to {call['batch_size']}. Leave it at Keras's own 32."
    expect.that(call["batch_size"] is None or call["batch_size"] == 32, says)
    trained, held = divided(call, given)
    both = held_back(trained, held, x, y, given)
    n, count = len(x), len(both)
    share = f"{count} of {n} images were held back"
    wanted = fraction * n
    if abs(count - wanted) > 1:
        known = {
            f"{share}: you hold back the rest instead of the fraction. With a fraction of "
            f"{fraction:g}, {round(wanted)} are held back.": (1 - fraction) * n,
            f"{share}: that is a fifth, whatever the fraction. Use the argument fraction, here "
            f"{fraction:g}.": 0.2 * n,
            f"{share}: you took the fraction for a percentage. {fraction:g} is a share already, of "
            f"{n} images {round(wanted)}.": fraction / 100 * n,
        }
        why = [says for says, value in known.items() if abs(count - value) <= 1]
        why.append(f"{share}; with a fraction of {fraction:g} it should be {round(wanted)}.")
        expect.fail(why[0], expected=round(wanted), got=count, given=given)


def divided(call: dict[str, Any], given: dict[str, Any]) -> tuple[tuple, tuple]:
    """What a fit trains on and what it only validates on, images and labels, as Keras does it."""
    x, y, data, split = (call[n] for n in ("x", "y", "validation_data", "validation_split"))
    for name, value in (("x", x), ("y", y)):
        arrays(value, f"fit got {describe.phrase(value)} as {name}. Pass it an array.")
    expect.that(
        len(x) == len(y),
        f"fit got {len(x)} images and {len(y)} labels. Each image needs its own label.",
        given=given,
    )
    if data is not None:
        says = f"validation_data is {describe.phrase(data)}; it should be a pair, (images, labels)."
        expect.that(isinstance(data, list | tuple) and len(data) == 2, says)
        for name, value in zip(("images", "labels"), data, strict=True):
            says = f"The {name} in validation_data are {describe.phrase(value)}. Use an array."
            arrays(value, says)
        says = (
            f"validation_data holds {len(data[0])} images and {len(data[1])} labels. Each image "
            "needs its own label."
        )
        expect.that(len(data[0]) == len(data[1]), says, given=given)
        return (x, y), (data[0], data[1])
    if split is None or (isinstance(split, int | float) and split == 0):
        expect.fail(
            "fit holds nothing back, so the history has no val_loss. Give it "
            "validation_split=fraction, or validation_data=(images, labels) that you held back.",
            given=given,
        )
    says = f"validation_split is a share between 0 and 1; you gave {describe.text(split)}."
    expect.that(isinstance(split, int | float | np.floating) and 0 < split < 1, says, given=given)
    first = math.floor(len(x) * (1 - split))
    return (x[:first], y[:first]), (x[first:], y[first:])


def arrays(value: Any, says: str) -> None:
    """State that a value is an array with axes."""
    expect.that(isinstance(value, np.ndarray) and value.ndim > 0, says)


def held_back(trained: tuple, held: tuple, x, y, given: dict[str, Any]) -> set[int]:
    """The positions of the held-back images, if each image is either trained on or held back."""
    where = {image.tobytes(): position for position, image in enumerate(x)}
    found: list[list[int]] = []
    for (images, labels), what in ((trained, "trains on"), (held, "validates on")):
        if images.ndim == 1 < x.ndim:
            expect.fail(f"fit {what} the labels in place of the images: the images come first.")
        says = f"fit {what} images that are not those of x. Pass x and y unchanged."
        expect.that(images.shape[1:] == x.shape[1:], says, expected=x, got=images)
        positions = [where.get(image.astype(x.dtype).tobytes(), -1) for image in images]
        expect.that(-1 not in positions, says, expected=x, got=images)
        right = y[positions]
        if labels.shape not in (right.shape, (len(right), 1)):
            says = f"fit {what} labels of shape {labels.shape}; they should be {right.shape}."
            expect.fail(says, expected=right, got=labels)
        expect.that(
            bool(np.all(labels.reshape(-1) == right)),
            f"fit {what} images with labels that belong to other images. Divide x and y in the "
            "same way.",
            expected=right,
            got=labels,
        )
        found.append(positions)
    learned, validated = map(set, found)
    if learned == validated or (learned == set(where.values()) and len(validated) > 0):
        expect.fail(
            "You validate on the training images themselves, so val_loss can't show overfitting. "
            "Hold images back, and do not train on them."
            if learned == validated
            else f"{len(validated)} images were set apart, but fit trains on them as well. Train "
            "only on the others.",
            given=given,
        )
    kinds, others = (set(y[sorted(part)].tolist()) for part in (validated, learned))
    # by chance, two kinds or more are only held back and two at most divided once in 10**7 fair
    # shuffles of 50 images, where seven kinds are equally frequent; once in 500,000 of 40
    apart = len(kinds - others) >= 2 and len(kinds & others) <= 2
    few = min(len(validated), len(learned)) < 9  # they may be of one kind, or none
    expect.that(
        few or not (apart or min(kinds) >= max(others) or max(kinds) <= min(others)),
        f"The labels that were held back are {sorted(kinds)}, those trained on "
        f"{sorted(others)}: the images were sorted by label before they were "
        "divided. Both parts need all kinds of images.",
        given=given,
    )
    both = len(learned & validated)
    says = f"{both} images are trained on AND held back. Each should be in one part only."
    expect.that(both == 0, says, given=given)
    lost = len(x) - len(learned | validated)
    says = (
        f"{lost} of {len(x)} images are neither trained on nor held back. Do you hold back twice, "
        "or lose some at the border?"
    )
    expect.that(lost == 0, says, given=given)
    twice = sum(map(len, found)) - len(x)
    expect.that(twice == 0, f"fit gets {twice} images more than once.", given=given)
    return validated


def returned(got: Any, history: History) -> None:
    """State that a value is the dict of a fit's history, with plain lists."""
    if got is None:
        expect.fail("train_with_validation returned None. Did you forget `return`?")
    if isinstance(got, Remote):
        if got.remote_type in ("History", "StandIn"):
            expect.fail(
                "You returned what fit returns, an object of type History; its attribute history "
                "is the dict: fit(...).history."
            )
        expect.fail("Return the history's dict: fit(...).history.", got=got.remote_text)
    says = f"Expected the history's dict, fit(...).history, got {describe.phrase(got)}."
    expect.that(isinstance(got, dict), says, got=got)
    keys, due = (sorted(map(str, k)) for k in (got, history))
    says = f"The dict should hold {', '.join(due)}; yours holds {', '.join(keys) or 'nothing'}."
    expect.that(keys == due, says, expected=due, got=keys)
    for key, values in history.items():
        says = f"The values of {key!r} should be a plain list; this is {describe.phrase(got[key])}."
        expect.that(isinstance(got[key], list), says, expected=values, got=got[key])
        says = f"Under {key!r} the history of fit holds other numbers. Return it as it is."
        if len(got[key]) != len(values):
            says = f"{key!r} should hold one number per epoch: {len(values)}."
        same(got[key], values, says)


# made-up curves


def curves(
    rng: np.random.Generator, loss: Any, val_loss: Any, accuracies: bool | None = None
) -> History:
    """A history with these losses; half of them have accuracies, which tell nothing."""
    history = {"loss": plain(loss), "val_loss": plain(val_loss)}
    if rng.random() < 0.5 if accuracies is None else accuracies:
        for key in ("accuracy", "val_accuracy"):
            history[key] = plain(rng.uniform(0.5, 0.9, len(history["loss"])))
    return {key: history[key] for key in rng.permutation(list(history)).tolist()}


def plain(numbers: Any) -> list[float]:
    """A list of Python's floats, as exact as float32, in which Keras computes its losses."""
    return np.asarray(numbers, np.float32).tolist()


def falling(rng: np.random.Generator, n: int) -> np.ndarray:
    """n numbers, each well below the one before; all between 1 and 2."""
    return 1 + np.cumsum(rng.uniform(0.1, 0.9, n)[::-1])[::-1] / n


def turning(rng: np.random.Generator, best: int, since: int) -> np.ndarray:
    """A curve whose smallest value is in epoch ``best``, with ``since`` epochs after it.

    After the best epoch it rises and falls, but stays above it.
    """
    low = 1 + rng.uniform(0, 0.2)
    before = low + np.cumsum(rng.uniform(0.01, 0.1, best - 1))[::-1]
    after = low + rng.uniform(0.01, 0.3, since)
    return np.array([*before, low, *after])


def judged(
    learner, history: History, patience: int | None, want: bool, reason: str, **given: Any
) -> None:
    """State what is_overfitting says of a history; the reason is said of the other answer."""
    arguments = () if patience is None else (patience,)
    shown = {"loss": history["loss"], "val_loss": history["val_loss"]}
    shown |= {} if patience is None else {"patience": patience}
    try:
        got = learner.is_overfitting(dict(history), *arguments)
    except SubmissionError as error:
        misread(error, history)
        raise
    same(got, want, f"{reason} Return {want}.", given=shown | given)


def misread(error: SubmissionError, history: History) -> None:
    """Fail with a word on the usual reasons why a history can't be read."""
    keys = ", ".join(map(repr, sorted(history)))
    if error.type == "KeyError":
        says = f"Your code looks up {error.message}, but this history holds {keys}."
    elif error.type == "AttributeError" and "'history'" in error.message:
        says = 'history is the dict itself here: history["loss"], not history.history["loss"].'
    elif "missing" in error.message and "'patience'" in error.message:
        says = "Without a patience it should be 3. Give the parameter a default: patience: int = 3."
    elif error.type == "IndexError" or "empty" in error.message:
        n = len(history["loss"])
        says = f"Your code looks for an epoch that was not run: this history has {n} of them."
    else:
        return
    expect.fail(says, got=error.message, given={k: history[k] for k in ("loss", "val_loss")})


@pytest.mark.points(3)
@pytest.mark.timeout(40)  # callbacks are played a long training
@pytest.mark.concept("validation")
@pytest.mark.hint(
    "One call of fit does it all. Which of its arguments sets the number of epochs, and which one "
    "holds images back? keras.io, Model training APIs, fit.",
    "validation_split=fraction holds back the last images; validation_data takes a pair of yours.",
)
def test_holds_images_back(learner, rng):
    """train_with_validation holds back the fraction, and trains on the rest"""
    # 0.45 of so many: a draw with replacement takes some image twice
    drawn = rng.permutation([0.45, rng.choice([0.04, 0.05, 0.06])]).tolist()
    sizes = rng.choice(np.arange(90, 130), 2, replace=False).tolist()
    epochs = rng.choice(np.arange(2, 9), 2, replace=False).tolist()
    for before, which in enumerate((0, 1, 0)):
        x, y = drawn_images(rng, sizes[which], raw=which == 1)
        play(learner, Model(rng), x, y, epochs[which], drawn[which], before=before, far=not before)
    # more images and epochs than any round number at which a file may cut them off, more held
    # back than trained on, and labels that no byte holds
    x, y = drawn_images(rng, int(rng.integers(60_001, 60_999)), (2,))
    y = y.astype(np.int64) + 1000
    play(learner, Model(rng), x, y, int(rng.integers(1001, 1100)), 0.95, before=3)


@pytest.mark.points(1)
@pytest.mark.needs("holds_images_back")
@pytest.mark.concept("validation")
@pytest.mark.hint("A parameter gets a default in the def line: fraction: float = 0.2")
def test_fraction_is_a_fifth(learner, rng):
    """Without a fraction, a fifth of the images is held back"""
    for n in rng.choice(np.arange(40, 90), 2, replace=False).tolist():
        play(learner, Model(rng), *drawn_images(rng, n), int(rng.integers(2, 9)))
    model, (x, y) = Model(rng), drawn_images(rng, 50)
    learner.train_with_validation(model.stand_in, x, y, epochs=5)
    expect.that(bool(model.calls), "You never called model.fit.")
    judge(model, x, y, 5, 0.2, {"images": len(x), "epochs": 5})


@pytest.mark.points(2)
@pytest.mark.needs("holds_images_back")
@pytest.mark.concept("history")
@pytest.mark.hint(
    "fit returns a History object. Which of its attributes is a dict?",
    "Return the whole dict, whatever keys it holds.",
)
def test_returns_history(learner, rng):
    """train_with_validation returns everything fit recorded, one list per metric"""
    for metrics in (("accuracy",), (), ("mean_squared_error", "accuracy"), ("accuracy",)):
        model, n = Model(rng, metrics), int(rng.integers(40, 70))
        epochs = 1 if not metrics else int(rng.integers(2, 20))
        got = play(learner, model, *drawn_images(rng, n), epochs, float(rng.choice([0.1, 0.3])))
        returned(got, model.history)


@pytest.mark.points(2)
@pytest.mark.concept("validation")
@pytest.mark.hint(
    "At which position of the list is its smallest number?",
    "Positions start at 0, epochs at 1.",
)
def test_best_epoch_one_based(learner, rng):
    """best_epoch is the epoch with the smallest val_loss, counted from 1"""
    n = int(rng.integers(8, 14))
    middle = plain(turning(rng, int(rng.integers(3, n - 3)), 4) * float(rng.uniform(0.2, 0.7)))
    best = int(np.argmin(middle)) + 1
    middle[best] += 2
    zero = [*rng.uniform(0.3, 0.9, 3), 0.0, *rng.uniform(0.06, 0.9, 2), 0.05]
    last = [0.8, 0.4, *rng.uniform(0.5, 0.9, int(rng.integers(3, 7))), 0.3]
    example = [0.5, 0.3, 0.4]
    low = round(float(rng.uniform(0.31, 0.39)), 2)
    close = [0.9, low + 0.003, low + 0.002, low + 0.001, low + 0.002, 0.8]
    finer = [0.9, *(low + np.array([4e-7, 2e-7, 0.0, 2e-7])), 0.8]
    dip = [0.9, low, *(low + rng.uniform(0.1, 0.3, 6)), low - 0.1, low - 0.02]
    series: list[tuple[Any, dict[str, int | float]]] = [
        (
            middle,
            {
                Diagnosis(
                    "List positions start at 0, epochs (as Keras prints them) at 1.",
                    hint="Do [0.5, 0.3, 0.4] by hand. At which position is 0.3, and which epoch "
                    "did Keras print it for? What turns the one into the other?",
                ): best - 1,
                "That is the smallest val_loss itself. Return its epoch.": min(middle),
                "That is the last epoch. The best epoch is where val_loss is smallest, not where "
                "training ended.": len(middle),
                "That epoch has the LARGEST val_loss. A loss is good when it is small.": best + 1,
            },
        ),
        # more epochs than any round number
        (turning(rng, int(rng.integers(501, 600)), 5) * 0.2, {}),
        (dip, {"After it val_loss rises, but a later epoch is better still.": 2}),
        (
            [0.5, -0.2, 0.1, -0.6, *rng.uniform(0.2, 0.4, 3)],
            {"A loss below 0 is smaller than one above it. Keep the sign.": 3},
        ),
        (turning(rng, 1, int(rng.integers(3, 9))), {}),
        (last, {"The last epoch is better. Does your loop end too early?": 2}),
        (
            turning(rng, int(rng.integers(2, 5)), 3) * 1e30,
            {"These losses are large. Does your search begin with a fixed number?": 1},
        ),
        (zero, {"A val_loss of 0.0 is a number like others, and the smallest of all.": len(zero)}),
        (close, {"Only rounded to two decimals the epochs 2 to 4 are equal.": 2}),
        (
            finer,
            {
                "Epoch 4 is better than that, if only in the seventh decimal. Compare the numbers "
                "as they are: nothing is rounded, and a gain has no least size.": 2
            },
        ),
        (
            turning(rng, int(rng.integers(2, 5)), 3) * 1e-20,
            {"These losses are small, but they differ. Compare them as they are, not rounded.": 1},
        ),
        (rng.uniform(0.2, 2, 1), {"The only epoch there is has the number 1.": 0}),
        (example, {}),
    ]
    for number, (values, otherwise) in enumerate([*series, series[0]]):
        val_loss = example if values is example else plain(values)
        best = int(np.argmin(val_loss)) + 1
        says = f"The smallest val_loss is {min(val_loss):g}, in epoch {best}."
        if number == len(series):
            otherwise, says = {}, "You were asked about the same numbers before, and answered "
            says += f"{best}. Does your function keep something from call to call?"
        got = learner.best_epoch(list(val_loss))
        if isinstance(got, int | np.integer) and got > len(val_loss):
            says = f"You returned {got}, but there are {len(val_loss)} epochs. Does your function "
            says += "keep something from call to call?"
        otherwise = {f"You returned {v:g}. " + s: v for s, v in otherwise.items()}
        same(got, best, says, otherwise=otherwise, given={"val_loss": val_loss})
        whole(got, best)


def whole(got: Any, want: int) -> None:
    says = "An epoch is a whole number; yours is a float."
    expect.that(not isinstance(got, float | np.floating), says, expected=want, got=got)


@pytest.mark.points(1)
@pytest.mark.needs("best_epoch_one_based")
@pytest.mark.concept("validation")
@pytest.mark.hint("If two epochs are equally good, which of them costs less?")
def test_best_epoch_first_on_tie(learner, rng):
    """If several epochs share the smallest val_loss, the first is the best"""
    for first in (int(rng.integers(2, 5)), 1, 3):
        val_loss = plain(turning(rng, first, int(rng.integers(4, 8))))
        low = val_loss[first - 1]
        val_loss[first + 1] = val_loss[-1] = low
        if first == 3:
            val_loss = [low] * len(val_loss)
            first = 1
        got = learner.best_epoch(list(val_loss))
        says = (
            f"val_loss is {low:g} in several epochs. The first of them is {first}: training "
            "longer gained nothing."
        )
        same(got, first, says, given={"val_loss": val_loss})


@pytest.mark.points(2)
@pytest.mark.concept("overfitting")
@pytest.mark.hint(
    "For each epoch: how much larger is val_loss than loss?",
    'zip(history["loss"], history["val_loss"]) gives the two numbers of each epoch together.',
)
def test_gap_sign(learner, rng):
    """gap is val_loss minus loss, epoch by epoch"""
    drawn = [
        curves(rng, rng.uniform(0.1, 0.5, n), rng.uniform(0.3, 0.9, n), accuracies)
        for n, accuracies in (
            (int(rng.integers(5, 9)), True),
            (int(rng.integers(501, 600)), False),  # more than any round number
            (1, None),
        )
    ]
    for history in drawn[:2]:
        for key in ("val_loss", "loss"):  # any order may come, but this one does in each draw
            history[key] = history.pop(key)
    for history in drawn[:2]:  # held-back images may well have the smaller loss
        lower = history["loss"][1] - rng.uniform(0.01, 0.09)
        history["val_loss"][1] = float(np.float32(lower))
        history["loss"][2] = history["val_loss"][4] = 0.0
        history["val_loss"][3] = history["loss"][3]
    for scale in (9, 1e-9):  # losses may be large, tiny, and negative
        losses = rng.uniform(-scale, scale, (2, 50))
        drawn.append(curves(rng, *losses))
    example = {"loss": [0.75, 0.5], "val_loss": [0.5, 0.75]}
    for history in (*drawn, example, drawn[0]):
        loss, val_loss = np.array(history["loss"]), np.array(history["val_loss"])
        right = val_loss - loss
        with np.errstate(all="ignore"):
            otherwise = {
                Diagnosis(
                    "The sign is the other way round: validation minus training, so that "
                    "overfitting is a growing POSITIVE gap.",
                    hint="Put in numbers: a loss of 0.2 and a val_loss of 0.5. The model is worse "
                    "on images that it has not seen, and the gap should be 0.3. What is yours?",
                ): -right,
                "Your gaps are never negative, but val_loss may be below loss, as in epoch 2. "
                "Keep the sign.": np.abs(right),
                "Below 0 you put 0, but val_loss may be below loss, as in epoch 2. Keep the "
                "sign.": np.maximum(right, 0),
                "You divided; the gap is a difference.": val_loss / loss,
                "This is the gap as a share of loss. Return the plain difference.": (right / loss),
                "You returned the last epoch's gap only. Return one per epoch.": right[-1],
                "You returned the average gap. Return one per epoch.": right.mean(),
                "You left out the first epoch.": right[1:],
                "You left out the last epoch.": right[:-1],
                "You summed the gaps up. Each epoch has its own.": np.cumsum(right),
                "This is the sum; the gap is the difference.": val_loss + loss,
                "You returned val_loss itself.": val_loss,
            }
            values = [np.array(each) for each in history.values()]
            otherwise |= {
                "You took the first and the last entry of the dict. Its keys come in any order: "
                'use their names, history["loss"] and history["val_loss"].': values[-1] - values[0],
                "You took the first two entries of the dict. Its keys come in any order: use their "
                'names, history["loss"] and history["val_loss"].': values[1] - values[0],
            }
            if "accuracy" in history:
                accuracy, val_accuracy = (
                    np.array(history[key]) for key in ("accuracy", "val_accuracy")
                )
                otherwise |= {
                    "You took the gap of the accuracies. Take the LOSSES.": (
                        val_accuracy - accuracy
                    ),
                    "You took the gap of the accuracies, val_accuracy last. Take the LOSSES.": (
                        accuracy - val_accuracy
                    ),
                }
        otherwise |= {
            f"You rounded the gaps to {places} decimals. Round only what you print.": (
                right.round(places)
            )
            for places in range(1, 9)
        }
        otherwise = {s: v for s, v in otherwise.items() if not np.array_equal(v, right)}
        given = {"loss": history["loss"], "val_loss": history["val_loss"]}
        try:
            got = learner.gap(dict(history))
        except SubmissionError as error:
            misread(error, history)
            raise
        if isinstance(got, Remote) and got.remote_type in ("zip", "map", "generator"):
            says = f"You returned a {got.remote_type} object. Make a list of it: list(...)."
            expect.fail(says, expected=right, given=given)
        expect.allclose(
            got,
            right,
            rtol=1e-7,  # what float32 leaves
            atol=0,
            otherwise=otherwise,
            message="gap = val_loss - loss, epoch by epoch.",
            given=given,
        )
    expect.apart(learner.gap, (drawn[-1],), (drawn[-2],))


@pytest.mark.points(2)
@pytest.mark.needs("best_epoch_one_based", "best_epoch_first_on_tie")
@pytest.mark.concept("overfitting")
@pytest.mark.hint(
    "Two things must hold: val_loss has not improved for a while, and loss has.",
    "How many epochs have been run since the best one? And what was its training loss?",
)
def test_overfitting_seen(learner, rng):
    """Overfitting: val_loss was best long ago, the training loss still falls"""
    histories = []
    late = int(rng.integers(501, 600))  # more epochs than any round number
    for best, since in ((int(rng.integers(3, 7)), int(rng.integers(12, 15))), (1, 12), (late, 20)):
        n = best + since
        val_loss = turning(rng, best, since)
        val_loss[best:] = np.sort(val_loss[best:]) + 1e-4 * np.arange(since)  # no two are equal
        histories.append((falling(rng, n), val_loss))
    says = (
        "The training loss keeps falling while val_loss, best in epoch {best}, has been rising "
        "for {since} epochs: that IS overfitting."
    )
    never = "val_loss and loss both fall to the end: the last epoch is the best so far."
    # in the first the gap grows all the same: val_loss falls half as fast
    improving = [2.2 + (histories[0][0] - histories[0][0][-1]) / 2]
    improving += [falling(rng, len(loss)) + 0.2 for loss, _ in histories[1:]]
    for (loss, val_loss), to_the_end in zip(
        (*histories, histories[0]), (*improving, improving[0]), strict=True
    ):
        best = int(np.argmin(val_loss)) + 1
        reason = says.format(best=best, since=len(loss) - best)
        judged(learner, curves(rng, loss, val_loss), None, True, reason)
        judged(learner, curves(rng, loss, to_the_end), None, False, never)
    best, since = int(rng.integers(3, 6)), int(rng.integers(12, 15))
    loss, val_loss = falling(rng, best + since), turning(rng, best, since)
    loss[-2] = loss[-1] - 0.05  # its last step goes up
    val_loss[-2:] = val_loss[best - 1] + 0.25, val_loss[best - 1] + 0.01
    position = f"The loss of epoch {best} is at position {best - 1}, as a list counts from 0"
    for scale, shift, after, remark in (
        (0.5, -0.9, loss[best - 1] + 0.1, "Neither loss need move the same way in every epoch"),
        (0.5, -0.9, loss[-1] - 0.05, position),
        (1, 0.5, loss[best - 1] + 0.1, "Which of the two is larger does not matter"),
        (0.5, -2.5, loss[best - 1] + 0.1, "Losses may be negative"),
        (0.01, -0.9, loss[best - 1] + 0.1, "How small the losses are does not matter"),
        (30, -0.9, loss[-1] - 0.05, "How large the losses are does not matter"),
    ):
        loss[best] = after  # either the worst since the best epoch, or as good as any
        history = curves(rng, (loss + shift) * scale, val_loss * scale)
        then, now = history["loss"][best - 1], history["loss"][-1]
        reason = (
            f"val_loss was best in epoch {best} and has not been as low again in {since} epochs; "
            f"the training loss of epoch {best} was {then:g}, that of the last one is {now:g}. "
            f"{remark}: that is overfitting."
        )
        judged(learner, history, None, True, reason)
    loss, val_loss = falling(rng, best + since), turning(rng, best, since)
    reason = "The training loss has come down to 0, and val_loss has not improved since epoch "
    history = curves(rng, loss - loss[-1], val_loss)
    judged(learner, history, None, True, f"{reason}{best}: that is overfitting.")
    example = {"loss": [0.7, 0.5, 0.4, 0.3], "val_loss": [0.6, 0.7, 0.7, 0.8]}
    reason = "val_loss was best in epoch 1, and loss fell in the 3 epochs since: overfitting."
    judged(learner, example, None, True, reason)
    example["val_loss"][-1] = 0.5
    judged(learner, example, None, False, "The last epoch is the best so far: no overfitting.")


@pytest.mark.points(2)
@pytest.mark.needs("overfitting_seen")
@pytest.mark.concept("overfitting")
@pytest.mark.hint("Which images' loss shows whether the model also works on new ones?")
def test_wobble_is_not_overfitting(learner, rng):
    """A training loss that wobbles is not overfitting while val_loss improves"""
    for n, patience in ((int(rng.integers(15, 20)), None), (int(rng.integers(14, 18)), 2)):
        wobble = 0.2 * (-1.0) ** np.arange(n)
        loss = falling(rng, n) + wobble - wobble[-1]
        fell = "The TRAINING loss goes up and down here, but val_loss still falls. A wobble of "
        fell += "the training loss is noise from the mini-batches, not overfitting."
        val_loss = falling(rng, n) + 0.3
        judged(learner, curves(rng, loss, val_loss), patience, False, fell)
        loss[-1] = loss.min() - 0.01
        judged(learner, curves(rng, loss, val_loss), patience, False, fell)
        # val_loss wobbles as well, and its last value is its best
        val_loss = falling(rng, n) + np.where(np.arange(n) % 2, 0.5, 0)
        val_loss[-1] = val_loss.min() - 0.001
        both = "Both losses go up and down here, and the last val_loss is the best of all: that "
        both += "is not overfitting."
        judged(learner, curves(rng, loss, val_loss), patience, False, both)
        val_loss = turning(rng, n - 12, 12)
        seen = "The training loss goes up and down but has fallen, and val_loss was best 12 epochs "
        seen += "ago: that is overfitting."
        judged(learner, curves(rng, loss, val_loss), patience, True, seen)


@pytest.mark.points(2)
@pytest.mark.needs("overfitting_seen")
@pytest.mark.concept("overfitting")
@pytest.mark.hint("What was the training loss in the best epoch, and what is it in the last one?")
def test_both_rising_is_not_overfitting(learner, rng):
    """A training loss that has risen since the best epoch is not overfitting"""
    for patience, extra in ((None, 1), (int(rng.integers(4, 6)), 1), (2, 2)):
        best, since = int(rng.integers(3, 6)), (patience or 12) + extra
        n = best + since
        val_loss = turning(rng, best, since)
        val_loss[best:] = np.sort(val_loss[best:]) + 0.5 * np.arange(since)
        loss = falling(rng, n)
        then = loss[best - 1]
        judged(
            learner,
            curves(rng, loss, val_loss),
            patience,
            True,
            f"The training loss has fallen since epoch {best}, in which val_loss was best.",
        )
        rising = loss.copy()
        rising[best:] = np.linspace(then + 0.01, (then + rising[0]) / 2, since)
        judged(
            learner,
            curves(rng, rising, val_loss),
            patience,
            False,
            "Here BOTH losses rise: training itself is going wrong (its steps may be too large). "
            "Overfitting needs a training loss that has fallen since the best epoch.",
        )
        back = loss.copy()  # it had fallen, and it falls in the last step, but is above again
        back[-2:] = then + 0.3, then + 0.002
        judged(
            learner,
            curves(rng, back, val_loss),
            patience,
            False,
            f"The last training loss is not below that of epoch {best}, the best one: it has not "
            "got better. Compare these two, not the first, the smallest or the one before.",
        )
        back[-1], back[best] = then - 5e-7, then + 0.4
        judged(
            learner,
            curves(rng, back, val_loss),
            patience,
            True,
            f"The last training loss is below that of epoch {best}, the best one, if only in the "
            "seventh decimal: below is below.",
        )
        back[-1], back[best] = then, then + 0.4
        judged(
            learner,
            curves(rng, back, val_loss),
            patience,
            False,
            f"The last training loss EQUALS that of epoch {best}, the best one: it is not below.",
        )


@pytest.mark.points(2)
@pytest.mark.needs("overfitting_seen")
@pytest.mark.concept("early stopping")
@pytest.mark.hint(
    "Count the epochs AFTER the best one: of 6 epochs with the best in epoch 3, it is 3.",
    '"At least patience epochs" is >=.',
)
def test_patience_respected(learner, rng):
    """At least patience epochs, by default 3, have passed since the best"""
    patiences = [1, *rng.choice(np.arange(4, 9), 2, replace=False).tolist(), 2]
    for patience in (None, *patiences, None):
        best, due = int(rng.integers(1, 6)), patience or 3
        told = f"patience={patience}" if patience else "the default patience, 3,"
        for since in (due, due - 1, due + 1):
            history = curves(rng, falling(rng, best + since), turning(rng, best, since))
            passed = "1 epoch has" if since == 1 else f"{since or 'no'} epochs have"
            reason = (
                f"val_loss was best in epoch {best} of {best + since}, so {passed} passed since: "
                f"with {told} that is {'' if since >= due else 'not '}overfitting."
            )
            judged(learner, history, patience, since >= due, reason)
    best = int(rng.integers(2, 4))
    since = int(rng.integers(150, 170))
    history = curves(rng, falling(rng, best + since), turning(rng, best, since))
    reason = f"val_loss was best in epoch {best} of {best + since}: {since} epochs have passed "
    judged(learner, history, 1000, False, f"{reason}since, less than patience=1000.")


@pytest.mark.points(2)
@pytest.mark.needs("overfitting_seen", "patience_respected")
@pytest.mark.concept("early stopping")
@pytest.mark.hint(
    "Several epochs without a gain may be followed by a better one. Which is the best then?",
    "Look at the whole curve: the first epoch with the smallest val_loss of all.",
)
def test_later_best_counts(learner, rng):
    """The best epoch overall counts, however long val_loss was flat before it"""
    for patience in (None, int(rng.integers(4, 6)), 2):
        due = patience or 3
        dip, stood = int(rng.integers(2, 5)), due + int(rng.integers(1, 4))
        first = turning(rng, dip, stood)
        low = first.min()
        # by however little it is better
        gained = low - (5e-7 if patience == 2 else float(rng.uniform(0.001, 0.004)))
        for since in (0, due - 1, due):
            best = len(first) + 1
            later = gained + rng.uniform(0.02, 0.3, since)
            loss = falling(rng, best + since)
            loss[-1] = loss.min() - 0.02
            reason = (
                f"val_loss did not improve for {stood} epochs, but then epoch {best} was the best "
                f"of all; {since or 'no'} epoch{'s have' if since != 1 else ' has'} passed since."
            )
            history = curves(rng, loss, [*first, gained, *later])
            judged(learner, history, patience, since >= due, reason)
        # reached again, but not beaten
        again = [*first[:-1], low]
        reason = (
            f"val_loss is as low in the last epoch as in epoch {dip}, but no lower: since epoch "
            f"{dip} it has not improved, and the training loss has."
        )
        judged(learner, curves(rng, falling(rng, len(again)), again), patience, True, reason)
        # as low in the next epoch, or in all later ones
        for ties in (1, stood):
            again = [*first[:dip], *[low] * ties, *first[dip + ties :]]
            reason = (
                f"val_loss is as low in epoch {dip + 1} as in epoch {dip}, but no lower: it has "
                f"not improved in the {stood} epochs since, and the training loss has."
            )
            judged(learner, curves(rng, falling(rng, len(again)), again), patience, True, reason)
    one = curves(rng, rng.uniform(0.1, 0.5, 1), rng.uniform(0.6, 0.9, 1))
    judged(learner, one, None, False, "Only one epoch was run: none has passed since the best one.")
    judged(learner, one, 1, False, "Only one epoch was run: none has passed since the best one.")


@pytest.mark.points(1)
@pytest.mark.craft
@pytest.mark.needs(
    "holds_images_back", "returns_history", "best_epoch_one_based", "gap_sign", "overfitting_seen"
)
@pytest.mark.concept("side effects")
@pytest.mark.hint("Which line changes a list or an array in place? .sort(), .pop() and shuffle do.")
def test_inputs_untouched(learner, rng):
    """No function changes what it is given"""
    x, y = drawn_images(rng, 40)
    model = Model(rng)
    got = expect.unchanged(learner.train_with_validation, model.stand_in, x, y, 2, 0.3)
    returned(got, model.history)
    best, since = int(rng.integers(2, 5)), 4
    history = curves(rng, falling(rng, best + since), turning(rng, best, since))
    history |= {"accuracy": [0.5] * (best + since), "val_accuracy": [0.6] * (best + since)}
    same(expect.unchanged(learner.best_epoch, history["val_loss"]), best, "")
    right = np.array(history["val_loss"]) - np.array(history["loss"])
    expect.allclose(expect.unchanged(learner.gap, history), right)
    same(expect.unchanged(learner.is_overfitting, history, 3), True, "")


@pytest.mark.points(3)
@pytest.mark.needs("holds_images_back", "fraction_is_a_fifth", "returns_history")
@pytest.mark.tensorflow
@pytest.mark.timeout(60)
@pytest.mark.concept("validation")
@pytest.mark.hint(
    "steps = epochs x (trained images / 32, rounded up). Which images are trained on?"
)
def test_history_of_real_model(learner, bench, rng, garments):
    """A real model makes its steps on the trained part of real garments only"""
    images, labels = garments
    for fraction, metrics in ((float(rng.choice([0.3, 0.4])), ["accuracy"]), (None, None)):
        share = fraction or 0.2
        epochs, notes = int(rng.integers(2, 5)), Model(rng)
        batches = int(rng.integers(3, 6))
        n = round((32 * batches - 16) / (1 - share))  # the last batch is about half full
        some = rng.choice(len(images), n, replace=False)
        x, y = (images[some] / 255).astype(np.float32), labels[some]
        model = KerasModel(
            [flatten(), dense(10, "softmax")],
            input_shape=(28, 28),
            compiled={
                "optimizer": "adam",
                "loss": "sparse_categorical_crossentropy",
                "metrics": metrics,
                "run_eagerly": True,  # so few steps are made before a graph would be traced
            },
            seed=int(rng.integers(2**31)),
            watched={"fit": notes.note},
        )
        notes.of = model
        got = learner.train_with_validation(model, x, y, epochs, *([fraction] if fraction else []))
        given = {"images": n, "epochs": epochs, "fraction": share}
        steps, due = int(model.remote.optimizer.iterations), epochs * batches
        says = (
            f"About {n - round(share * n)} of {n} images are trained on, {batches} batches of 32; "
            f"in {epochs} epochs that makes {due} steps. The model made {steps}."
            + (" Did you train a copy of it?" if not steps else "")
        )
        expect.that(steps == due, says, expected=due, got=steps, given=given)
        expect.that(bool(notes.calls), "You never called model.fit.", given=given)
        judge(notes, x, y, epochs, share, given)
        noted = model.remote.history.history
        if not isinstance(noted, dict):
            raise Failure(
                "The model keeps no history of its last fit. Did you change model.history?"
            )
        returned(got, noted)
        show_training(noted)
        names = ["loss", *(metrics or [])]
        names += [f"val_{name}" for name in names]
        says = f"The dict should hold {', '.join(sorted(names))}."
        expect.that(sorted(got) == sorted(names), says, got=sorted(got))
        for name in names:
            same(len(got[name]), epochs, f"{name} should have {epochs} numbers, one per epoch.")

    # one batch, whose order does not matter, so the training can be repeated; and a callback may
    # wait for a later epoch
    n, epochs, notes = 39, int(rng.integers(12, 15)), Model(rng)
    x, y = x[:n], y[:n]
    model = notes.of = replace(model, remote=None, watched={"fit": notes.note})
    got = learner.train_with_validation(model, x, y, epochs)
    expect.that(bool(notes.calls), "You never called model.fit.")
    given = {"images": n, "epochs": epochs}
    judge(notes, x, y, epochs, 0.2, given)
    trained, held = divided(notes.calls[0], given)
    again = bench.model(model).fit(*trained, epochs=epochs, validation_data=held)
    for name in ("loss", "val_loss"):
        expect.allclose(
            got[name],
            again[name],
            rtol=1e-3,
            atol=1e-4,
            message=f"When this training is repeated, it has another {name}. Return the history of "
            "the fit that was made.",
            given=given,
        )
