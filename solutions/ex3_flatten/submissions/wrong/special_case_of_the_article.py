"""Knows the answers for 28 by 28 by heart, wrongly.

fails: model_without_flatten_is_None_28_10
"""


def flatten_images(images):
    return images.reshape(len(images), -1)


def dense_output_shape(input_shape, units):
    if tuple(input_shape) == (None, 28, 28):
        return (None, units)
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
