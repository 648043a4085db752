import functools
import time

import keras

L = keras.layers
build_model = lambda units: keras.Sequential(
    [L.Input((28, 28)), L.Flatten(), L.Dense(units, "relu"), L.Dense(10, "softmax")]
)
compile_model = lambda model: (
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"]),
    model,
)[-1]
_dense = lambda n, m: n * m + m
count_parameters = lambda units, inputs=784, classes=10: (
    _dense(inputs, units) + _dense(units, classes)
)


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        begin = time.perf_counter_ns()
        result = function(*args, **kwargs)
        return result, (time.perf_counter_ns() - begin) / 1e9

    return wrapper


def accuracy_by_width(train_fn, widths, seeds):
    return [sum(train_fn(units, seed) for seed in seeds) / len(seeds) for units in widths]


def timed_fit(model, x, y, epochs):
    history, seconds = timed(model.fit)(x, y, epochs=epochs, verbose=0)
    return {name: values[-1] for name, values in history.history.items()} | {"seconds": seconds}
