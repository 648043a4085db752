"""relu that is clipped where small sums never come.

fails: hidden_is_relu
rest: solution
"""


def build_model(units: int) -> keras.Model:
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(units, activation=keras.layers.ReLU(max_value=25.0)), keras.layers.Dense(10, activation='softmax')])
