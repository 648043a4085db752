"""An Adam of its own learns half as fast after 20 steps.

fails: compiled_as_asked
"""

import time
import keras


class Adam(keras.optimizers.Adam):
    def update_step(self, gradient, variable, learning_rate):
        late = keras.ops.cast(self.iterations > 20, "float32")
        super().update_step(gradient, variable, learning_rate * (1 - 0.5 * late))


def build_model(units):
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(units, activation='relu'), keras.layers.Dense(10, activation='softmax')])


def compile_model(model):
    model.compile(optimizer=Adam(), loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    return model


def count_parameters(units, inputs=784, classes=10):
    return inputs * units + units + units * classes + classes


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    return {'loss': history.history['loss'][-1], 'accuracy': history.history['accuracy'][-1], 'seconds': seconds}
