"""The batch size belongs to the input.

fails: weights_from_the_start
says: batches of exactly 32 images
rest: solution
"""


def build_model(units):
    return keras.Sequential(
        [
            keras.layers.Input((28, 28), batch_size=32),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
