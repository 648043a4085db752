"""Never makes more than 1024 units.

fails: hidden_units_from_argument
rest: solution
"""


def build_model(units):
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(min(units, 1024), activation='relu'), keras.layers.Dense(10, activation='softmax')])
