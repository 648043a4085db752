"""The learning rate of Keras's own models falls.

fails: works_in_real_fit
rest: solution
"""


def train_until(model, x, y, callback, max_epochs):
    if isinstance(model, keras.Model):
        model.optimizer.learning_rate = keras.optimizers.schedules.CosineDecay(0.01, 100_000)
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    return len(history.history["loss"])
