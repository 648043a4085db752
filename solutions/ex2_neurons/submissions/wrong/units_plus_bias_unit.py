"""One unit more, for the bias.

fails: weights_from_the_start
rest: solution
"""


def build_model(units: int) -> keras.Model:
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units + 1, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
