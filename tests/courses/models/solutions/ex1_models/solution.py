"""Models across the wire

A course for the engine's own tests: models come back, real ones go in, functions are called back.
"""

import time

import keras
import numpy as np


def build_model(units):
    """A model that takes (28, 28) and returns ten probabilities."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    ### END SOLUTION


def compile_model(model):
    """Compile and return the same model."""
    ### BEGIN SOLUTION
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return model
    ### END SOLUTION


def timed_fit(model, x, y, epochs):
    """Last loss, last accuracy and wall time of a fit."""
    ### BEGIN SOLUTION
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0).history
    return {
        "loss": history["loss"][-1],
        "accuracy": history["accuracy"][-1],
        "seconds": time.perf_counter() - begin,
    }
    ### END SOLUTION


def repeat_scores(train, seeds):
    """One score per seed."""
    ### BEGIN SOLUTION
    return np.array([train(seed) for seed in seeds])
    ### END SOLUTION


def compare(build, x, y, seed):
    """Two models with the same start; the second sees scaled images."""
    ### BEGIN SOLUTION
    scores = []
    for images in (x, x / 255):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(images, y, epochs=1, verbose=0)
        scores.append(float(np.mean(model.predict(images, verbose=0).argmax(axis=1) == y)))
    return scores
    ### END SOLUTION
