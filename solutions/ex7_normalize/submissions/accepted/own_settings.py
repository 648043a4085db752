"""Settings for all of Keras, as many scripts have them."""

import keras
import numpy as np
import tensorflow as tf

keras.backend.set_floatx("float64")
keras.config.set_image_data_format("channels_first")
np.seterr(divide="raise")
tf.random.set_seed(42)


def normalize(images):
    return images.astype("float32") / 255


def prepare(train_images, test_images):
    return normalize(train_images), normalize(test_images)


def standardize(train_images, test_images):
    mean, sd = np.mean(train_images), np.std(train_images)
    return (train_images - mean) / sd, (test_images - mean) / sd


def compare(build, x, y, x_test, y_test, epochs, seed):
    told = {}
    for name, train, test in (("raw", x, x_test), ("scaled", *prepare(x, x_test))):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        told[name] = model.evaluate(test, y_test, verbose=0)[1]
    return told
