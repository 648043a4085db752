"""Works with TensorFlow throughout, and adds a callback of its own."""

import keras
import tensorflow as tf


class Dots(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(".", end="")


def train_with_validation(model, x, y, epochs, fraction=0.2):
    x, y = tf.constant(x), tf.constant(y)
    n = int(len(x) * fraction)
    history = model.fit(
        x[n:], y[n:], epochs=epochs, callbacks=[Dots()], validation_data=(x[:n], y[:n]), verbose=0
    )
    return history.history


def best_epoch(val_loss):
    return int(tf.argmin(tf.constant(val_loss, tf.float64))) + 1


def gap(history):
    return (tf.constant(history["val_loss"]) - tf.constant(history["loss"])).numpy().tolist()


def is_overfitting(history, patience=3):
    best = best_epoch(history["val_loss"])
    late = len(history["val_loss"]) >= best + patience
    return late and history["loss"][-1] < history["loss"][best - 1]


if __name__ == "__main__":
    print(best_epoch([0.5, 0.3, 0.4]))
