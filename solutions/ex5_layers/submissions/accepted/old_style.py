import numpy as np
import tensorflow as tf


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    net = tf.keras.models.Sequential(name="net")
    net.add(tf.keras.layers.Flatten(input_shape=input_shape))
    i = 0
    while i < len(hidden):
        net.add(
            tf.keras.layers.Dense(
                units=hidden[i],
                activation=tf.keras.activations.relu,
                kernel_initializer="he_uniform",
            )
        )
        i += 1
    net.add(tf.keras.layers.Dense(units=classes, activation="softmax", name="out"))
    return net


def count_parameters(sizes):
    s = np.array(sizes, dtype=object)
    return (s[:-1] * s[1:]).sum() + s[1:].sum()


def repeat_scores(train_fn, seeds):
    results = np.zeros(0)
    for s in list(seeds):
        results = np.append(results, train_fn(s))
    return results


def verdict(a, b):
    def variance(v):
        m = sum(v) / len(v)
        return sum((x - m) ** 2 for x in v) / (len(v) - 1)

    ma, mb = sum(a) / len(a), sum(b) / len(b)
    limit = 2 * (variance(a) / len(a) + variance(b) / len(b)) ** 0.5
    if ma - mb > limit:
        return "a"
    if mb - ma > limit:
        return "b"
    return "no clear difference"
