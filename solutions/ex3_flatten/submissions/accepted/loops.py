"""Plain Python: loops and lists."""


def flatten_images(images):
    def numbers(part):
        if part.ndim == 0:
            return [part.item()]
        result = []
        for each in part:
            result += numbers(each) if each.ndim else [each.item()]
        return result

    return [numbers(image) for image in images]


def dense_output_shape(input_shape, units):
    result = []
    for axis in input_shape:
        result.append(axis)
    result[len(result) - 1] = units
    return result


def flatten_output_shape(input_shape):
    result = [input_shape[0], 1]
    for axis in range(1, len(input_shape)):
        result[1] = result[1] * input_shape[axis]
    return result


def row_votes(probabilities):
    return probabilities.mean(axis=1).argmax(axis=1)


def fit_error(model, x, y):
    name = None
    try:
        model.fit(x, y)
    except Exception as e:
        name = e.__class__.__name__
    return name
