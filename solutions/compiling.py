"""How a model is compiled: of exercises that ask for Adam, a loss for class numbers, accuracy."""

from typing import Any

import numpy as np
from activations import softmax

from grader.checks import Diagnosis, Remote, SubmissionError, expect, overridden

ADAM: dict[str, Any] = {
    "learning_rate": 0.001,
    "beta_1": 0.9,
    "beta_2": 0.999,
    "epsilon": 1e-7,
    "amsgrad": False,
    "weight_decay": None,
    "clipnorm": None,
    "clipvalue": None,
    "global_clipnorm": None,
    "use_ema": False,
    "gradient_accumulation_steps": None,
    "loss_scale_factor": None,
}
# what else compile takes, what it is without, and what it does
FURTHER: dict[str, tuple[tuple[Any, ...], str]] = {
    "loss_weights": ((None,), "the reported loss is multiplied by these weights"),
    "weighted_metrics": (
        (None, []),
        'the accuracy is an ordinary metric: metrics=["accuracy"]',
    ),
    "run_eagerly": ((None, False), "a training becomes many times slower"),
    "steps_per_execution": ((None, 1), "callbacks see only some of the batches"),
}
METRICS_THIRD = Diagnosis(
    'The third argument of compile is loss_weights. Name the one you mean: metrics=["accuracy"].',
    hint="model.compile takes many arguments, and Python fills them from the left unless you name "
    "them: optimizer=..., loss=..., metrics=[...].",
)


SUMMED = (
    'Your loss is the sum over the images of a batch. Leave out reduction="sum": the loss of a '
    "batch is the mean of its images."
)


def with_usual_adam(model: Remote) -> None:
    """State that the model's optimizer is Keras's Adam, with Keras's own settings."""
    name = model.optimizer.remote_type
    says = f'The optimizer is {name}, not Adam. Use Keras\'s: optimizer="adam".'
    expect.that(name == "Adam", says, expected="Adam", got=name)
    own = overridden(model.optimizer)
    says = 'A method of the optimizer is your own. Use Keras\'s Adam as it is: optimizer="adam".'
    expect.that(not own, says, got=own)
    settings = model.optimizer.get_config()
    for key, usual in ADAM.items():
        value = settings.get(key)
        same = np.isclose(value, usual) if isinstance(value, float) and usual else value == usual
        says = f"Adam's {key} is not the usual one. Leave its settings as they are."
        expect.that(bool(same), says, expected=usual, got=value)


def with_nothing_else(model: Remote) -> None:
    """State that compile got an optimizer, a loss and metrics, and no other argument that acts.

    Keras makes the steps of a model when it is first trained or measured.
    """
    for name in ("train_function", "test_function"):
        says = f"The model has a {name} already. Only compile it: Keras makes one when needed."
        expect.that(getattr(model, name) is None, says)
    try:
        config = model.get_compile_config()
    except SubmissionError:  # of parts that have no description; other statements judge those
        return
    for name, (usual, effect) in FURTHER.items():
        value = config.get(name) if isinstance(config, dict) else None
        words = value if isinstance(value, list | tuple) else [value]
        if name == "loss_weights" and any(isinstance(word, str) for word in words):
            expect.fail(METRICS_THIRD)
        says = f"You gave compile {name} as well: {effect}. Leave it out."
        expect.that(any(value is each or value == each for each in usual), says, got=value)


def with_crossentropy(model: Remote, rng: np.random.Generator) -> None:
    """State that the loss is that of probabilities for class numbers, for any class and any size.

    Some labels are held for nearly impossible, so that no loss is clipped; and of many classes
    each comes once, so that none is left out.

    Raises:
        SubmissionError: the loss can't work with such labels.
    """
    for classes in (int(rng.integers(4, 10)), 10, int(rng.integers(270, 300))):
        n = max(classes, 50)
        labels = rng.permutation(np.resize(np.arange(classes), n))
        # Keras takes probabilities below 1e-7 for 1e-7: none is, even among 300 classes
        scores = np.clip(rng.normal(0, 2, (n, classes)), -5, 5)
        some = np.arange(4 if classes < 20 else 0)
        scores[some, labels[some]] = scores[some].max(axis=1) - rng.uniform(12, 13, len(some))
        table = softmax(scores).astype(np.float32)
        of_label = table[np.arange(n), labels].astype(float)
        logits = softmax(table)[np.arange(n), labels]
        expect.number(
            model.compute_loss(None, labels, table),
            float(-np.log(of_label).mean()),
            rtol=2e-5,  # a class of 300 that is left out changes little
            otherwise={
                "Your loss takes the outputs for bare scores (from_logits=True), but the model "
                "ends with softmax: they are probabilities already.": float(-np.log(logits).mean()),
                SUMMED: float(-np.log(of_label).sum()),
            },
            message="This is another loss than sparse_categorical_crossentropy.",
            given={"labels": labels[:50], "probability of each label": of_label[:50]},
        )
