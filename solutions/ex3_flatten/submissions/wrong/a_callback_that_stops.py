"""A callback ends the training when it goes well.

fails: fit_error_runs_fit_once
"""

import keras


class Stop(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < 0.1:
            self.model.stop_training = True


def flatten_images(images):
    return images.reshape(len(images), -1)


def dense_output_shape(input_shape, units):
    return (*input_shape[:-1], units)


def flatten_output_shape(input_shape):
    size = 1
    for axis in input_shape[1:]:
        size *= axis
    return (input_shape[0], size)


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0, callbacks=[Stop()])
    except Exception as error:
        return type(error).__name__
    return None
