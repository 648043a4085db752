"""Functional API, activations of tf.nn."""

import math

import tensorflow as tf


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    inputs = x = tf.keras.Input(shape=list(input_shape))
    x = tf.keras.layers.Flatten(name="flat")(x)
    for number, units in enumerate(hidden):
        x = tf.keras.layers.Dense(units, tf.nn.relu, name=f"hidden_{number}")(x)
    return tf.keras.Model(inputs, tf.keras.layers.Dense(classes, tf.nn.softmax)(x))


def count_parameters(sizes):
    return sum((i + 1) * o for i, o in zip(sizes, sizes[1:]))


def repeat_scores(train_fn, seeds):
    import numpy as np

    return np.fromiter(map(train_fn, seeds), dtype=float, count=len(seeds))


def verdict(a, b):
    gap = float(a.mean()) - float(b.mean())
    se = math.sqrt(a.var(ddof=1) / a.size + b.var(ddof=1) / b.size)
    if gap > 2 * se:
        return "a"
    if -gap > 2 * se:
        return "b"
    return "no clear difference"
