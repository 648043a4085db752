import time
from dataclasses import asdict, dataclass

import keras
from keras import layers


@dataclass
class Report:
    loss: float
    accuracy: float
    seconds: float


class Stopwatch(keras.callbacks.Callback):
    """Remembers the last logs, and how long training took."""

    def on_train_begin(self, logs=None):
        self.begin = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.logs = dict(logs)

    def on_train_end(self, logs=None):
        self.seconds = time.perf_counter() - self.begin


def build_model(units):
    stack = [
        layers.Input((28, 28)),
        layers.Reshape((784,)),
        layers.Dense(units),
        layers.ReLU(),
        layers.Dense(10, "softmax"),
    ]
    return keras.Sequential(stack)


def compile_model(model):
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=1e-3),
        metrics=["accuracy"],
    )
    return model


def count_parameters(units, inputs=784, classes=10):
    hidden = units * (inputs + 1)
    output = classes * (units + 1)
    return hidden + output


def accuracy_by_width(train_fn, widths, seeds):
    return [sum(train_fn(units, seed) for seed in seeds) / len(seeds) for units in widths]


def timed_fit(model, x, y, epochs):
    watch = Stopwatch()
    model.fit(x, y, epochs=epochs, verbose=0, callbacks=[watch])
    return asdict(Report(watch.logs["loss"], watch.logs["accuracy"], watch.seconds))
