"""TensorFlow computes everything."""

import tensorflow as tf


def normalize(images):
    return tf.cast(images, tf.float32).numpy() / 255.0


def prepare(train_images, test_images):
    return tuple(map(normalize, (train_images, test_images)))


def standardize(train_images, test_images):
    train = tf.cast(train_images, tf.float32)
    test = tf.cast(test_images, tf.float32)
    mean, sd = tf.reduce_mean(train), tf.math.reduce_std(train)
    return (train - mean) / sd, (test - mean) / sd


def compare(build, x, y, x_test, y_test, epochs, seed):
    out = {}
    for key in ("scaled", "raw"):
        change = normalize if key == "scaled" else lambda images: tf.cast(images, tf.float32)
        tf.keras.utils.set_random_seed(seed)
        model = build()
        model.fit(change(x), y, epochs=epochs, verbose=0)
        guess = tf.argmax(model(change(x_test), training=False), axis=1)
        hits = tf.cast(guess == tf.cast(y_test, tf.int64), tf.float32)
        out[key] = tf.reduce_mean(hits)
    return out
