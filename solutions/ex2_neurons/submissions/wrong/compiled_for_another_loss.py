"""Compiles at once, for another loss.

fails: a_new_model_each_time
rest: solution
"""


def build_model(units: int) -> keras.Model:
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("sgd", "mse")
    return model
