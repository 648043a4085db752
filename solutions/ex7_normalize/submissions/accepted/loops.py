"""Loops over pixels, and predictions that are compared one by one."""

import keras
import numpy as np


def normalize(images):
    flat = [np.float32(pixel) / np.float32(255) for pixel in images.ravel()]
    return np.array(flat, dtype="float32").reshape(images.shape)


def prepare(train_images, test_images):
    result = []
    for images in (train_images, test_images):
        result.append(normalize(images))
    return result[0], result[1]


def standardize(train_images, test_images):
    pixels = [float(pixel) for pixel in train_images.ravel()]
    mean = sum(pixels) / len(pixels)
    sd = (sum((pixel - mean) ** 2 for pixel in pixels) / len(pixels)) ** 0.5
    return (train_images - mean) / sd, (test_images - mean) / sd


def compare(build, x, y, x_test, y_test, epochs, seed):
    result = {"raw": 0.0, "scaled": 0.0}
    for name in result:
        train, test = (x, x_test) if name == "raw" else prepare(x, x_test)
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        right = 0
        for probabilities, label in zip(model.predict(test, verbose=0), y_test, strict=True):
            right += int(np.argmax(probabilities) == label)
        result[name] = right / len(y_test)
    return result
