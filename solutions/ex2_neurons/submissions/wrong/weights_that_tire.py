"""Its weights are variables of a class of its own, which changes nothing more after 300 steps.

fails: hidden_units_from_argument
rest: solution
"""

class Tired(type(keras.Variable(0.0))):
    def assign(self, value):
        if len(self._done) < 300:
            self._done.append(1)
            return super().assign(value)
        return value


def build_model(units):
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    for weight in model.weights:
        weight.__class__ = Tired
        weight._done = []
    return model
