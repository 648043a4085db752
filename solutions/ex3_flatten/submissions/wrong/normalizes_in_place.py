"""Sorts the pixels afterwards and spoils the original first.

fails: inputs_untouched
"""


def flatten_images(images):
    rows = images.reshape(len(images), -1).copy()
    images //= 2
    return rows


def dense_output_shape(input_shape, units):
    return (*input_shape[:-1], units)


def flatten_output_shape(input_shape):
    size = 1
    for axis in input_shape[1:]:
        size *= axis
    return (input_shape[0], size)


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
