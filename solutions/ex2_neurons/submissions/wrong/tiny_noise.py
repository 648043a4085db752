"""Noise that is smaller than what rounding does.

fails: nothing_else_acts
says: is there a Dropout layer, or noise?
rest: solution
"""

def build_model(units):
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.GaussianNoise(1e-6),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
