"""except*, which wraps what it catches; star expressions; reshape by a tuple of sizes."""

from math import prod


def flatten_images(images):
    n, *axes = images.shape
    return images.reshape((n, prod(axes)))


def dense_output_shape(input_shape, units):
    match list(input_shape):
        case [*front, _]:
            return *front, units


def flatten_output_shape(input_shape):
    match list(input_shape):
        case [batch, *axes]:
            return batch, prod(axes)


def row_votes(probabilities):
    return probabilities.mean(axis=1).argmax(axis=1)


def fit_error(model, x, y):
    name = None
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except* Exception as group:
        name = type(group.exceptions[0]).__name__
    return name
