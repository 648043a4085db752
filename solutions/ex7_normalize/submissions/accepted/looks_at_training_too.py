"""Builds both models first, and prints the training accuracy as well."""

import random

import keras
import numpy as np


def normalize(images):
    return np.divide(images, 255, dtype=np.float32)


def prepare(train_images, test_images):
    both = np.concatenate([train_images, test_images])
    return np.split(normalize(both), [len(train_images)])


def standardize(train_images, test_images):
    train, test = train_images / 255.0, test_images / 255.0
    mean, sd = np.average(train), np.std(train)
    return np.divide(np.subtract(train, mean), sd), np.divide(np.subtract(test, mean), sd)


def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    for name in random.sample(["raw", "scaled"], 2):
        factor = 1 if name == "raw" else 255
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(x / factor, y, epochs=epochs, verbose=0)
        print(model.evaluate(x / factor, y, verbose=0))
        measured = model.evaluate(x_test / factor, y_test, verbose=0, return_dict=True)
        accuracies[name] = round(measured["accuracy"], 6)
    return accuracies
