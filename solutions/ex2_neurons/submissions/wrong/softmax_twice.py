"""Softmax as activation and as layer.

fails: outputs_sum_to_1
rest: solution
"""


def build_model(units: int) -> keras.Model:
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
            keras.layers.Softmax(),
        ]
    )
