"""Knows three kinds of errors; the rest is called ValueError.

fails: fit_error_runs_fit_once
"""


def flatten_images(images):
    return images.reshape(len(images), -1)


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
    except TypeError:
        return "TypeError"
    except KeyError:
        return "KeyError"
    except Exception:
        return "ValueError"
    return None
