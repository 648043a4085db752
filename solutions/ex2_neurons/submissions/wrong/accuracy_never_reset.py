"""Its accuracy goes on counting from epoch to epoch.

fails: accuracy_is_reported
"""

import time
import keras


class Accuracy(keras.metrics.SparseCategoricalAccuracy):
    def reset_state(self):
        pass


def build_model(units):
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(units, activation='relu'), keras.layers.Dense(10, activation='softmax')])


def compile_model(model):
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=[Accuracy(name='accuracy')])
    return model


def count_parameters(units, inputs=784, classes=10):
    return inputs * units + units + units * classes + classes


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    return {'loss': history.history['loss'][-1], 'accuracy': history.history['accuracy'][-1], 'seconds': seconds}
