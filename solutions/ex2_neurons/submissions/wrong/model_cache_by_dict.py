"""Models are kept in a dictionary.

fails: a_new_model_each_time
rest: solution
"""

MODELS: dict = {}


def build_model(units: int) -> keras.Model:
    if units not in MODELS:
        MODELS[units] = keras.Sequential(
            [
                keras.layers.Input((28, 28)),
                keras.layers.Flatten(),
                keras.layers.Dense(units, activation="relu"),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )
    return MODELS[units]
