"""Never makes fewer than three units.

fails: hidden_units_from_argument
says: use the argument
rest: solution
"""


def build_model(units):
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(max(units, 3), activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
