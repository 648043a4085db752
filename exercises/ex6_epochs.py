"""How long to train?

More epochs nearly always lower the loss on the images that are trained on. Only images that you
held back can show whether they help. Write a function that trains a Keras model and holds some
back, and three that read its history. You need to import nothing but NumPy. No function may change
what it is given.

    fit  -->  history.history = {"loss": [...], "val_loss": [...], ...}   one number per epoch

Where the loss falls while val_loss rises, the network learns its own images by heart. That is
overfitting. The article says: after 30 epochs the loss goes up and down, and that is overfitting.
But a wobble of the training loss is no sign of it; look at val_loss.

By the way: the training loss that Keras prints is an average over the epoch, including the early
batches when the model was worse. So val_loss may well be below loss at first.

Guess first: draw loss and val_loss for 30 epochs. Where would you stop?
See it:  grade lab ex6      Read more:  grade lesson ex6

Try your functions below `if __name__ == "__main__":`, then run:  grade ex6
"""

from typing import Any

import numpy as np


def train_with_validation(
    model: Any, x: np.ndarray, y: np.ndarray, epochs: int, fraction: float = 0.2
) -> dict[str, list[float]]:
    """Train with one call of model.fit, holding back a fraction of the images for validation.

    A compiled Keras model, images (n, ...), labels (n,) -> history.history of that fit: a dict of
    plain lists, one number per epoch. Every image is either trained on or held back, with its own
    label. The images come in mixed order; don't sort them by label, as both parts need all kinds.
    Give fit NumPy arrays, no tf.data.Dataset. Leave the batch size at Keras's 32, and don't stop
    early.

    >>> sorted(train_with_validation(model, images, labels, epochs=5))
    ['accuracy', 'loss', 'val_accuracy', 'val_loss']
    """
    raise NotImplementedError


def best_epoch(val_loss: list[float]) -> int:
    """The epoch with the smallest val_loss, counted from 1 as Keras prints it.

    A list of one or more numbers, one per epoch -> a whole number; on a tie the first such epoch.

    >>> best_epoch([0.5, 0.3, 0.4])
    2
    """
    raise NotImplementedError


def gap(history: dict[str, list[float]]) -> list[float]:
    """How far val_loss is above loss, epoch by epoch; negative where it is below.

    A dict as from train_with_validation -> a list or an array, one number per epoch, not rounded.
    "loss" and "val_loss" are always there, in any order; other keys depend on how the model was
    compiled.

    >>> gap({"loss": [0.75, 0.5], "val_loss": [0.5, 0.75]})
    [-0.25, 0.25]
    """
    raise NotImplementedError


def is_overfitting(history: dict[str, list[float]], patience: int = 3) -> bool:
    """Whether training goes on to get better, but only on the images that it trains on.

    A dict as from train_with_validation, and a number of epochs, 1 or more -> True if both hold:
    - since the best epoch (the first with the smallest val_loss) at least patience epochs have
      been run; none of them is better, or it would be the best;
    - the loss of the last epoch is below the loss of the best epoch.

    >>> is_overfitting({"loss": [0.7, 0.5, 0.4, 0.3], "val_loss": [0.6, 0.7, 0.7, 0.8]})
    True
    >>> is_overfitting({"loss": [0.7, 0.5, 0.4, 0.3], "val_loss": [0.6, 0.7, 0.7, 0.5]})
    False
    """
    raise NotImplementedError


if __name__ == "__main__":
    import keras

    from grader.datasets import fashion_mnist

    print(best_epoch([0.5, 0.3, 0.4]))

    (images, labels), _ = fashion_mnist.load_data()
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = train_with_validation(model, images / 255.0, labels, epochs=30)  # half a minute
    print(best_epoch(history["val_loss"]), is_overfitting(history))
