"""Real models only under __main__; Keras is imported there."""

import numpy as np


def flatten_images(images):
    return np.stack([image.ravel() for image in images])


def dense_output_shape(input_shape, units):
    shape = list(input_shape)
    shape[-1] = units
    return tuple(shape)


def flatten_output_shape(input_shape):
    return (input_shape[0], np.zeros(input_shape[1:]).size)


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose="auto")
    except Exception as error:
        return type(error).__name__
    return None


if __name__ == "__main__":
    import keras

    model = keras.Sequential([keras.layers.Dense(10, activation="softmax")])
    model.compile(loss="sparse_categorical_crossentropy")
    print(fit_error(model, np.zeros((4, 28, 28)), np.zeros(4)))
