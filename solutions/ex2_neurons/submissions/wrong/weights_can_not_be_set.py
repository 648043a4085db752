"""Models share their layers, and the method that would show it is replaced.

fails: a_new_model_each_time
rest: solution
"""

_layers = {}
keras.Model.set_weights = lambda self, weights: None


def build_model(units: int) -> keras.Model:
    if units not in _layers:
        _layers[units] = [
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    return keras.Sequential([keras.layers.Input((28, 28)), *_layers[units]])
