"""Rounds the accuracies to four decimals.

rest: solution
fails: reports_test_accuracy
"""

import keras


def compare(build, x, y, x_test, y_test, epochs, seed):
    def accuracy(divisor):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(x / divisor, y, epochs=epochs, verbose=0)
        return round(model.evaluate(x_test / divisor, y_test, verbose=0)[1], 4)

    return {"raw": accuracy(1), "scaled": accuracy(255)}
