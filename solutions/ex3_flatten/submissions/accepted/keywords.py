"""Arguments of fit by keyword, and many of them; try with else and finally."""

import math


def flatten_images(images):
    return images.reshape(images.shape[:1] + (-1,))


def dense_output_shape(input_shape, units, use_bias=True):
    return (*input_shape[: len(input_shape) - 1], units)


def flatten_output_shape(input_shape):
    return (input_shape[0],) + (math.prod(input_shape[1:]),)


def row_votes(probabilities):
    return probabilities.mean(axis=1).argmax(axis=1)


def fit_error(model, x, y, batch_size=16):
    try:
        model.fit(y=y, x=x, batch_size=batch_size, epochs=1, shuffle=False, verbose=2, callbacks=[])
    except BaseException as error:
        result = error.__class__.__qualname__
    else:
        result = None
    finally:
        print("done")
    return result
