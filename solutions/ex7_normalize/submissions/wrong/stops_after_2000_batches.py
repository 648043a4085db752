"""A callback ends each training after 2,000 batches.

fails: each_model_own_scale
says: ends the training or changes how it learns
rest: solution
"""

class Counts(keras.callbacks.Callback):
    batches = 0

    def on_train_batch_end(self, batch, logs=None):
        self.batches += 1
        if self.batches == 2000:
            self.model.stop_training = True


def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    scaled, scaled_test = prepare(x, x_test)
    for name, train, test in (("raw", x, x_test), ("scaled", scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0, callbacks=[Counts()])
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)["accuracy"]
    return accuracies
