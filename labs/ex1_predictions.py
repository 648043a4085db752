"""What do ten numbers mean?

Look at it:  grade lab ex1        or change it and run it yourself:  python ex1_predictions.py
"""

import keras
import numpy as np

from grader.datasets import fashion_mnist


def network(units: int, outputs: int = 10) -> keras.Model:
    """The usual network with one hidden layer, compiled."""
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(outputs, activation="softmax"),
        ]
    )
    # steps_per_execution: 32 batches in one go, which is faster and changes no number
    model.compile(
        "adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=32
    )
    return model


def trained(seed: int, say=print) -> keras.Model:
    """A model with 128 units after five epochs."""
    keras.utils.set_random_seed(seed)
    (images, labels), _ = fashion_mnist.load_data()
    model = network(128)
    said = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: say(f"epoch {epoch + 1}: loss {logs['loss']:.3f}")
    )
    model.fit(images / 255.0, labels, epochs=5, verbose=0, callbacks=[said])
    return model


def how_sure(seed: int, say=print) -> dict:
    """Compare what the model says of itself with how often it is right, on the test images."""
    model = trained(seed, say)
    _, (images, labels) = fashion_mnist.load_data()
    probabilities = model.predict(images / 255.0, verbose=0)
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bands = [(0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.01)]
    inside = [(sure >= low) & (sure < high) for low, high in bands]
    doubtful = np.argsort(sure, kind="stable")[:100]
    surest = np.argsort(np.where(right, 0, -sure), kind="stable")[:4]
    names = fashion_mnist.CLASS_NAMES
    return {
        "said": ["0.00-0.50", "0.50-0.70", "0.70-0.90", "0.90-0.99", "0.99+"],
        "right": [float(right[rows].mean()) for rows in inside],
        "images": [int(rows.sum()) for rows in inside],
        "garment": surest,
        "caption": [f"{names[probabilities[each].argmax()]}? {sure[each]:.1%}" for each in surest],
        "accuracy": float(right.mean()),
        "doubtful_right": float(right[doubtful].mean()),
        "doubtful_shirts": int((labels[doubtful] == 6).sum()),
    }


def noise(seed: int, say=print) -> dict:
    """Show a trained model 1,000 pictures of pure noise."""
    model = trained(seed, say)
    pictures = np.random.default_rng(0).random((1000, 28, 28))
    probabilities = model.predict(pictures, verbose=0)
    answers = np.bincount(probabilities.argmax(axis=1), minlength=10)
    return {
        "name": list(fashion_mnist.CLASS_NAMES),
        "answers": answers,
        "picture": (pictures[:4] * 255).astype(int),
        "caption": ["noise"] * 4,
        "confidence": float(probabilities.max(axis=1).mean()),
        "bags": int(answers[8]),
    }


def confusions(seed: int, say=print) -> dict:
    """Count which garments the model takes for which."""
    model = trained(seed, say)
    _, (images, labels) = fashion_mnist.load_data()
    answers = model.predict(images / 255.0, verbose=0).argmax(axis=1)
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (labels, answers), 1)
    found = np.diag(counts) / counts.sum(axis=1)
    return {
        "name": list(fashion_mnist.CLASS_NAMES),
        "counts": counts,
        "found": found,
        "worst": fashion_mnist.CLASS_NAMES[int(found.argmin())],
        "worst_found": float(found.min()),
    }


if __name__ == "__main__":
    print(noise(seed=1))
