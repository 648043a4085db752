"""Images are as wide as high.

fails: flatten_keeps_images_apart
"""


def flatten_images(images):
    side = images.shape[1]
    return images.reshape(len(images), side * side)


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
