import timeit

import numpy as np
import tensorflow as tf

NUM_CLASSES: int = 10


def build_model(units: int = 128):
    net = tf.keras.models.Sequential()
    net.add(tf.keras.layers.Flatten(input_shape=(28, 28)))
    net.add(
        tf.keras.layers.Dense(
            units=units, activation=tf.keras.activations.relu, kernel_initializer="he_normal"
        )
    )
    net.add(
        tf.keras.layers.Dense(
            NUM_CLASSES, activation=tf.keras.activations.softmax, name="probabilities"
        )
    )
    return net


def compile_model(model):
    options = {
        "optimizer": "adam",
        "loss": "sparse_categorical_crossentropy",
        "metrics": ["accuracy"],
    }
    model.compile(**options)
    return model


def count_parameters(units, inputs=784, classes=10):
    sizes = np.array([inputs, units, classes], dtype=object)
    return int((sizes[:-1] * sizes[1:]).sum() + sizes[1:].sum())


def accuracy_by_width(train_fn, widths, seeds):
    means = [np.mean([train_fn(units, seed) for seed in seeds]) for units in widths]
    return np.array(means, dtype=np.float32)


def timed_fit(model, x, y, epochs):
    start = timeit.default_timer()
    model.fit(x, y, epochs=epochs, batch_size=None, shuffle=True)
    stop = timeit.default_timer()
    record = model.history.history
    return {
        "loss": np.float32(record["loss"][-1]),
        "accuracy": np.array(record["accuracy"])[-1],
        "seconds": np.float64(stop - start),
    }
