"""while True with break; else after except; an inner function that fits."""

import logging

log = logging.getLogger(__name__)


def flatten_images(images):
    rows, i = [], 0
    while True:
        if i == len(images):
            break
        rows.append(images[i].reshape(-1))
        i += 1
    return rows


def dense_output_shape(input_shape, units):
    result, i = (), 0
    while i < len(input_shape) - 1:
        result += (input_shape[i],)
        i += 1
    return result + (units,)


def flatten_output_shape(input_shape):
    size, i = 1, len(input_shape) - 1
    while i > 0:
        size, i = size * input_shape[i], i - 1
    return (input_shape[0], size)


def row_votes(probabilities):
    return probabilities.mean(axis=1).argmax(axis=1)


def fit_error(model, x, y):
    def attempt(epochs=1):
        try:
            model.fit(x=x, y=y, verbose=0, epochs=epochs, validation_split=0.0)
        except (ArithmeticError, LookupError) as error:
            log.warning("%s", error)
            raise
        else:
            log.warning("fit worked")

    try:
        attempt()
    except Exception as error:
        name = type(error).__name__
    else:
        name = None
    return name
