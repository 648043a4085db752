"""An optimizer of its own that is called Adam: after ten steps it learns nothing.

fails: classifier_is_compiled
rest: solution
"""


def _called_adam():
    kind = keras.optimizers.Adam
    for _ in range(25):
        kind = type("Step", (kind,), {})

    class Adam(kind):
        def update_step(self, gradient, variable, learning_rate):
            rate = keras.ops.where(self.iterations < 10, learning_rate, 0.0)
            super().update_step(gradient, variable, rate)

    return Adam()


def build_classifier(labels, units, input_shape):
    layers = [
        keras.layers.Input(input_shape),
        keras.layers.Flatten(),
        keras.layers.Dense(units, activation="relu"),
        keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
    ]
    model = keras.Sequential(layers)
    model.compile(optimizer=_called_adam(), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
