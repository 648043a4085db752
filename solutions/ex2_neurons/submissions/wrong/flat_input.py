"""Images are expected to be flat.

fails: nothing_else_acts
rest: solution
"""


def build_model(units: int) -> keras.Model:
    return keras.Sequential(
        [
            keras.layers.Input((784,)),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
