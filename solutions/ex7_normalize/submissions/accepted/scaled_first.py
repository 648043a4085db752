"""The scaled run comes first; NumPy numbers, keyword arguments, other batch sizes for the test."""

import keras
import numpy as np

SCALE = np.float32(255.0)


def normalize(images: np.ndarray) -> np.ndarray:
    return np.divide(images, SCALE, dtype=np.float32)


def prepare(train_images, test_images):
    return [normalize(train_images), normalize(test_images)]


def standardize(train_images, test_images):
    mean = np.mean(train_images, dtype=np.float64)
    deviation = np.std(train_images, dtype=np.float64)
    return (
        ((train_images - mean) / deviation).astype(np.float32),
        ((test_images - mean) / deviation).astype(np.float32),
    )


def compare(build, x, y, x_test, y_test, epochs, seed):
    x_scaled, x_test_scaled = prepare(x, x_test)

    def run(train, test):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(x=train, y=y, batch_size=32, epochs=epochs, verbose=2, shuffle=True)
        loss, accuracy = model.evaluate(x=test, y=y_test, batch_size=50, verbose=0)
        print(loss, accuracy)
        return np.float32(accuracy)

    scaled = run(x_scaled, x_test_scaled)
    raw = run(x, x_test)
    return {"raw": raw, "scaled": scaled}
