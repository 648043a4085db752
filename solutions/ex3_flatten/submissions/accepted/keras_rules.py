"""Asks Keras for the shapes, and returns a tensor."""

import tensorflow as tf
from tensorflow import keras


def flatten_images(images):
    return tf.reshape(images, (len(images), -1))


def dense_output_shape(input_shape, units):
    return keras.layers.Dense(units).compute_output_shape(input_shape)


def flatten_output_shape(input_shape):
    return keras.layers.Flatten().compute_output_shape(input_shape)


def row_votes(probabilities):
    return probabilities.mean(axis=1).argmax(axis=1)


def fit_error(model, x, y):
    try:
        model.fit(tf.constant(x), tf.constant(y), epochs=1, verbose=0)
    except (ValueError, tf.errors.OpError) as error:
        return type(error).__name__
    except Exception as error:
        return type(error).__name__
    return None
