"""Stops the model that it was given, not the callback's.

fails: holds_images_back
rest: solution
"""

import keras


def train_with_validation(model, x, y, epochs, fraction=0.2):
    def stop(epoch, logs):
        if epoch >= 40:
            model.stop_training = True

    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0,
                        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=stop)])
    return history.history
