"""The last axis is found by its length.

fails: dense_changes_last_axis_only
says: not the first one of its length
says: by its position
"""


def flatten_images(images):
    return images.reshape(len(images), -1)


def dense_output_shape(input_shape, units):
    shape = list(input_shape)
    shape[shape.index(input_shape[-1])] = units
    return tuple(shape)


def flatten_output_shape(input_shape):
    size = 1
    for axis in input_shape[1:]:
        size *= axis
    return (input_shape[0], size)


def row_votes(probabilities):
    return probabilities.mean(axis=1).argmax(axis=1)


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
