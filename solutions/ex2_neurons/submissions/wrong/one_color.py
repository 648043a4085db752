"""Images have an axis for colors, as convolutions want it.

fails: weights_from_the_start
says: come without an axis for colors
rest: solution
"""


def build_model(units):
    return keras.Sequential(
        [
            keras.layers.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
