"""An Adam of its own learns half as fast after 20 steps.

fails: classifier_is_compiled
rest: solution
"""


class Adam(keras.optimizers.Adam):
    def update_step(self, gradient, variable, learning_rate):
        late = keras.ops.cast(self.iterations > 20, "float32")
        super().update_step(gradient, variable, learning_rate * (1 - 0.5 * late))


def build_classifier(labels, units, input_shape):
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
        ]
    )
    model.compile(Adam(), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
