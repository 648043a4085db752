"""More than 90 units have tanh.

fails: hidden_units_from_argument
rest: solution
"""

def build_model(units):
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu" if units < 90 else "tanh"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
