"""An Adam of its own learns half as fast after 20 steps.

fails: compiled_as_asked
rest: solution
"""


class Adam(keras.optimizers.Adam):
    def update_step(self, gradient, variable, learning_rate):
        late = keras.ops.cast(self.iterations > 20, "float32")
        super().update_step(gradient, variable, learning_rate * (1 - 0.5 * late))


def compile_model(model):
    model.compile(optimizer=Adam(), loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    return model
