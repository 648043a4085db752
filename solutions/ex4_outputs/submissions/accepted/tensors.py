"""TensorFlow everywhere."""

import tensorflow as tf


def required_outputs(labels):
    return int(tf.reduce_max(tf.cast(labels, tf.int64)).numpy()) + 1


def bad_labels(labels, outputs):
    labels = tf.cast(labels, tf.int32)
    outside = tf.boolean_mask(labels, (labels < 0) | (labels >= outputs))
    return sorted(tf.unique(outside).y.numpy())


def encode_labels(labels):
    classes = tf.sort(tf.unique(tf.cast(labels, tf.int64)).y)
    return tf.searchsorted(classes, tf.cast(labels, tf.int64)), classes


def build_classifier(labels, units, input_shape):
    model = tf.keras.models.Sequential(
        [
            tf.keras.layers.Flatten(input_shape=input_shape),
            tf.keras.layers.Dense(units, activation=tf.nn.relu),
            tf.keras.layers.Dense(tf.unique(labels).y.shape[0], activation=tf.nn.softmax),
        ]
    )
    model.compile(
        optimizer=tf.keras.optimizers.Adam(learning_rate=0.001),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=False),
        metrics=["acc"],
    )
    return model
