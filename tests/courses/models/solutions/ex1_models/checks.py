"""Checks that use all of the authors' API on models."""

import time

import numpy as np
import pytest

from grader.checks import KerasModel, StandIn, dense, expect, flatten

SMALL = [flatten(), dense(8, "relu"), dense(3, "softmax")]
COMPILED = {
    "optimizer": "adam",
    "loss": "sparse_categorical_crossentropy",
    "metrics": ["accuracy"],
    "run_eagerly": True,
}


def images(rng, n=96):
    labels = rng.permutation(np.arange(n) % 3)
    prototypes = rng.integers(0, 256, (3, 6, 6))
    x = np.clip(prototypes[labels] + rng.normal(0, 20, (n, 6, 6)), 0, 255)
    return x.astype("float32"), labels


@pytest.mark.points(2)
@pytest.mark.timeout(60)
def test_a_model_is_rebuilt(learner, bench, rng):
    """A model comes back with its layers and weights"""
    units = int(rng.integers(3, 30))
    model = bench.model(learner.build_model(units))
    weights = model.weights()
    expect.equal([w.shape for w in weights], [(784, units), (units,), (units, 10), (10,)])
    x = rng.normal(0, 1, (20, 28, 28)).astype("float32")
    hidden = np.maximum(x.reshape(20, -1) @ weights[0] + weights[1], 0)
    expect.allclose(model.outputs(x)[1], hidden, rtol=1e-3, atol=1e-4)
    scores = hidden @ weights[2] + weights[3]
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    expect.allclose(model.predict(x), powers / powers.sum(axis=1, keepdims=True), rtol=1e-3)


@pytest.mark.points(1)
@pytest.mark.timeout(60)
@pytest.mark.tensorflow
def test_the_same_model_comes_back(learner, bench):
    """A model that was passed in is compiled and returned"""
    model = KerasModel(SMALL, (6, 6))
    returned = learner.compile_model(model)
    expect.that(returned is model.remote, "Return the model that you were given.")
    told = bench.model(returned).compiled
    expect.equal(told["loss"], "sparse_categorical_crossentropy")
    expect.equal(told["optimizer"]["class_name"], "Adam")


@pytest.mark.points(2)
@pytest.mark.timeout(60)
@pytest.mark.tensorflow
def test_a_real_fit(learner, rng):
    """A real model is trained for the epochs asked for"""
    x, y = images(rng)
    seen = []

    def fit(*args, **kwargs):
        seen.append((len(args), kwargs.get("epochs")))

    model = KerasModel(SMALL, (6, 6), COMPILED, seed=3, watched={"fit": fit})
    told = learner.timed_fit(model, x, y, 2)
    expect.equal(seen, [(2, 2)])
    expect.equal(int(model.remote.optimizer.iterations), 6)
    expect.equal(sorted(told), ["accuracy", "loss", "seconds"])


@pytest.mark.points(1)
def test_seconds_of_a_known_delay(learner):
    """seconds is the time that fit took"""

    def fit(*args, **kwargs):
        time.sleep(0.3)
        return StandIn(attributes={"history": {"loss": [2.0, 1.0], "accuracy": [0.1, 0.5]}})

    told = learner.timed_fit(StandIn(methods={"fit": fit}), None, None, 2)
    expect.number(told["loss"], 1.0)
    expect.that(0.29 < told["seconds"] < 1, "seconds is not the time of fit", got=told["seconds"])


@pytest.mark.points(1)
def test_a_function_is_called_back(learner, rng):
    """The training function is called once per seed"""
    values = {int(s): float(rng.random()) for s in rng.choice(1000, 5, replace=False)}
    seen = []

    def train(seed):
        seen.append(seed)
        return values[seed]

    expect.allclose(learner.repeat_scores(train, list(values)), list(values.values()))
    expect.equal(seen, list(values))


@pytest.mark.points(2)
@pytest.mark.timeout(60)
@pytest.mark.tensorflow
def test_models_feel_the_learners_seed(learner, rng):
    """A build function makes its models in the learner's process, with the learner's seed"""
    x, y = images(rng)
    starts, largest = [], []

    def build():
        def fit(x, *args, **kwargs):
            starts.append(model.remote.get_weights())
            largest.append(float(np.max(x)))

        model = KerasModel(SMALL, (6, 6), COMPILED, watched={"fit": fit})
        return model

    scores = learner.compare(build, x, y, 5)
    expect.equal(len(scores), 2)
    expect.equal([round(v) for v in largest], [255, 1])
    for first, second in zip(*starts, strict=True):
        expect.allclose(second, first)


@pytest.mark.points(1)
@pytest.mark.timeout(60)
def test_the_bench_trains(shared_bench, rng):
    """The bench trains a check's own model, and stops when it is told"""
    x, y = images(rng)
    model = shared_bench.model(KerasModel(SMALL, (6, 6), COMPILED, seed=1))
    history = model.fit(x, y, epochs=9, on_epoch_end=lambda epoch, logs: epoch == 1)
    expect.equal(len(history["loss"]), 2)
