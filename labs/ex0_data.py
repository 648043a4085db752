"""Look at the data, then run the program that all eight questions are about.

Look at it:  grade lab ex0        or change it and run it yourself:  python ex0_data.py
"""

import numpy as np

from grader.datasets import fashion_mnist

NAMES = fashion_mnist.CLASS_NAMES


def first_garment() -> dict:
    """The first training image: 28 rows of 28 numbers, and a label."""
    (images, labels), (test_images, _) = fashion_mnist.load_data()
    return {
        "number": list(range(10)),
        "name": list(NAMES),
        "images": [int(sum(labels == number)) for number in range(10)],
        "garment": images[:1],
        "garment_name": [NAMES[labels[0]]],
        "pixels": images[0],
        "label": int(labels[0]),
        "label_name": NAMES[labels[0]],
        "training_images": len(images),
        "test_images": len(test_images),
    }


def sixteen() -> dict:
    """The first sixteen training images, with their names."""
    (images, labels), _ = fashion_mnist.load_data()
    return {"picture": images[:16], "caption": [NAMES[label] for label in labels[:16]]}


def nearest_average() -> dict:
    """Name each test image after the class whose average picture is nearest to it."""
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    images, test_images = images / 255.0, test_images / 255.0
    averages = np.stack([images[labels == kind].mean(axis=0) for kind in range(10)])
    distances = [((test_images - average) ** 2).sum(axis=(1, 2)) for average in averages]
    right = np.argmin(distances, axis=0) == test_labels
    return {
        "name": list(NAMES),
        "right": [float(right[test_labels == kind].mean()) for kind in range(10)],
        "picture": np.round(averages * 255).astype(int),
        "caption": list(NAMES),
        "accuracy": float(right.mean()),
    }


def base_run(seed: int, say=print) -> dict:
    """Flatten, 128 units, ten outputs; five epochs; then test it, and predict one garment."""
    import keras

    keras.utils.set_random_seed(seed)
    (images, labels), (test_images, test_labels) = fashion_mnist.load_data()
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    told = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: say(
            f"epoch {epoch + 1}: loss {logs['loss']:.3f}, accuracy {logs['accuracy']:.3f}"
        )
    )
    history = model.fit(images / 255.0, labels, epochs=5, verbose=0, callbacks=[told]).history
    loss, accuracy = model.evaluate(test_images / 255.0, test_labels, verbose=0)
    _, trained = model.evaluate(images / 255.0, labels, verbose=0)
    ten = model.predict(test_images[:1] / 255.0, verbose=0)[0]
    return {
        "epoch": [1, 2, 3, 4, 5],
        "loss": history["loss"],
        "accuracy": history["accuracy"],
        "name": list(NAMES),
        "probability": ten,
        "garment": [0],
        "garment_name": [NAMES[test_labels[0]]],
        "answer": NAMES[int(ten.argmax())],
        "test_loss": loss,
        "test_accuracy": accuracy,
        "training_accuracy": trained,
        "steps": -(-len(images) // 32),
    }


def whole_set(seed: int, say=print, whole=None) -> dict:
    """The same program with all 60,000 images, once with scaled pixels and once with raw ones."""
    import keras

    (images, labels), (test_images, test_labels) = whole or fashion_mnist.load_data(full=True)
    table = {"pixels": [], "accuracy": [], "first_loss": [], "last_loss": [], "test_loss": []}
    for pixels, divisor in (("scaled", 255), ("raw", 1)):
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.layers.Input((28, 28)),
                keras.layers.Flatten(),
                keras.layers.Dense(128, activation="relu"),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )
        # steps_per_execution: 125 batches in one go, which is faster and changes no number
        model.compile(
            "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=125
        )
        told = keras.callbacks.LambdaCallback(
            on_epoch_end=lambda epoch, logs, pixels=pixels: say(
                f"{pixels} pixels, epoch {epoch + 1}: loss {logs['loss']:.3f}"
            )
        )
        x, x_test = (each.astype("float32") / divisor for each in (images, test_images))
        losses = model.fit(x, labels, epochs=5, verbose=0, callbacks=[told]).history["loss"]
        test_loss, accuracy = model.evaluate(x_test, test_labels, verbose=0)
        table["pixels"].append(pixels)
        table["accuracy"].append(accuracy)
        table["first_loss"].append(losses[0])
        table["last_loss"].append(losses[-1])
        table["test_loss"].append(test_loss)
    return table | {"images": len(images), "steps": -(-len(images) // 32)}


if __name__ == "__main__":
    print(base_run(seed=1))
