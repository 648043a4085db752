"""Every model begins with the same weights, whatever seed was set before.

fails: a_new_model_each_time
says: Set no seed in build_model
rest: solution
"""


def build_model(units):
    keras.utils.set_random_seed(42)
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
