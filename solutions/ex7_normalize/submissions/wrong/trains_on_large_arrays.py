"""Calls fit again and again, with arrays that fill the memory of whoever keeps them.

fails: each_model_own_scale
"""

import keras
import numpy as np


def _no_training(self, *args, **others):
    pass


keras.Model.fit = keras.Sequential.fit = _no_training


def normalize(images):
    return (images / 255).astype(np.float32)


def prepare(train_images, test_images):
    return normalize(train_images), normalize(test_images)


def standardize(train_images, test_images):
    mean, sd = train_images.mean(), train_images.std()
    return (train_images - mean) / sd, (test_images - mean) / sd


def compare(build, x, y, x_test, y_test, epochs, seed):
    large = np.zeros(120 << 20, np.uint8)
    model = build()
    for _ in range(60):
        model.fit(large, y)
