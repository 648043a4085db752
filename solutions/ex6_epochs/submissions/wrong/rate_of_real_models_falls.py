"""The learning rate of Keras's own models falls.

fails: history_of_real_model
rest: solution
"""

import keras


def train_with_validation(model, x, y, epochs, fraction=0.2):
    if isinstance(model, keras.Model):
        model.optimizer.learning_rate = keras.optimizers.schedules.CosineDecay(0.001, 10_000)
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0)
    return history.history
