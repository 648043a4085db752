"""Never more than 128 units.

fails: hidden_units_from_argument
rest: solution
"""


def build_model(units: int) -> keras.Model:
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(min(units, 128), activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
