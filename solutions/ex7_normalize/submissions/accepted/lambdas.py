"""Short, and the seed is set by a decorator."""

import functools

import keras
import numpy as np

normalize = lambda images: (images / 255.0).astype("float32")  # noqa: E731
prepare = lambda *sets: tuple(normalize(images) for images in sets)  # noqa: E731


def standardize(train_images, test_images):
    z = lambda images: (images - train_images.mean()) / train_images.std()  # noqa: E731
    return z(train_images), z(test_images)


def seeded(function):
    @functools.wraps(function)
    def wrapper(seed, *args):
        keras.utils.set_random_seed(seed)
        return function(*args)

    return wrapper


@seeded
def accuracy(build, x, y, x_test, y_test, epochs):
    model = build()
    model.fit(x, y, None, epochs, 0)
    return np.mean(np.argmax(model.predict(x_test, 64, 0), 1) == y_test)


def compare(build, x, y, x_test, y_test, epochs, seed):
    return {
        "scaled": accuracy(seed, build, normalize(x), y, normalize(x_test), y_test, epochs),
        "raw": accuracy(seed, build, x, y, x_test, y_test, epochs),
    }
